"""What is wrong with the installation's secrets, said when the program is checked for deployment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

GENERATED_KEY = "site.W001"
SHORT_SECRET = "site.W002"  # noqa: S105 - an id
UNSIGNED_WEBHOOK = "site.W003"
# What a token of 16 random bytes has in hexadecimal digits.
SHORTEST_SECRET = 32
SHARED_SECRETS = ("CRON_SECRET", "METRICS_TOKEN", "ALERT_WEBHOOK_SECRET")


def check_secret_key(**kwargs: Any) -> list[checks.CheckMessage]:
    """In production the key comes from outside: one made in `$AGENT_HOME` is lost with that folder."""
    if not settings.SECRET_KEY_IS_GENERATED:
        return []
    return [
        checks.Warning(
            "SECRET_KEY is not set, so a generated one in AGENT_HOME signs sessions and the links in messages.",
            hint="Set SECRET_KEY, the same for every process. For links of messages already sent, put the generated "
            "one into SECRET_KEY_FALLBACKS.",
            id=GENERATED_KEY,
        )
    ]


def check_shared_secrets(**kwargs: Any) -> list[checks.CheckMessage]:
    """A secret that opens an address to programs cannot be guessed."""
    return [
        checks.Warning(
            f"{name} has fewer than {SHORTEST_SECRET} characters and could be guessed.",
            hint="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'",
            id=SHORT_SECRET,
        )
        for name in SHARED_SECRETS
        if 0 < len(getattr(settings, name)) < SHORTEST_SECRET
    ]


def check_webhook_signature(**kwargs: Any) -> list[checks.CheckMessage]:
    """Who receives alerts can tell ours from anybody's."""
    if not settings.ALERT_WEBHOOK_URL or settings.ALERT_WEBHOOK_SECRET:
        return []
    return [
        checks.Warning(
            "ALERT_WEBHOOK_URL is set and ALERT_WEBHOOK_SECRET is not, so nobody can tell our alerts from forged ones.",
            hint="Set ALERT_WEBHOOK_SECRET, and have the receiver check X-Agent-Signature.",
            id=UNSIGNED_WEBHOOK,
        )
    ]
