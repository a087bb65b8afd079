"""What is wrong with the settings of mail, said when the program is checked for deployment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

NO_LINK = "mail.W001"


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
