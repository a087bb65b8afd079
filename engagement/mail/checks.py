"""What is wrong with the settings of mail, said when the program is checked for deployment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from engagement.mail.providers import is_signing_secret

NO_LINK = "mail.W001"
NO_WEBHOOKS = "mail.E001"
BAD_KEY = "mail.E002"


def check_public_url(**kwargs: Any) -> list[checks.CheckMessage]:
    """Messages offer one click to opt out only over HTTPS, and only at an address that is known (RFC 8058)."""
    if settings.PUBLIC_URL.startswith("https://"):
        return []
    return [
        checks.Warning(
            "PUBLIC_URL names no address that recipients of mail can open, so messages carry no one-click opt-out.",
            hint="Set it to the address of this program as people outside reach it, such as https://agent.example.com. "
            "Until then they can opt out by answering only, which large mail providers hold against a sender.",
            id=NO_LINK,
        )
    ]


def check_signing_secret(**kwargs: Any) -> list[checks.CheckMessage]:
    """Who sends through Resend must hear of its bounces and complaints, and only from Resend."""
    secret = settings.RESEND_SIGNING_SECRET
    if not secret and settings.RESEND_API_KEY:
        return [
            checks.Error(
                "RESEND_API_KEY is set and RESEND_SIGNING_SECRET is not, so what Resend says of bounces and complaints "
                "is refused.",
                hint="In Resend, add a webhook to /api/webhooks/resend and set its signing secret (whsec_...).",
                id=NO_WEBHOOKS,
            )
        ]
    if secret and not is_signing_secret(secret):
        return [
            checks.Error(
                "RESEND_SIGNING_SECRET is no signing secret, so every event of Resend's is refused.",
                hint="Copy it from the webhook's page in Resend; it begins with whsec_.",
                id=BAD_KEY,
            )
        ]
    return []
