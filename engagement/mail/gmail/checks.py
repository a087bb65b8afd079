"""What is wrong with the settings of Gmail, said when the program is checked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.mail.gmail.accounts import is_configured
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.vault import find_bad_keys

BAD_KEY, HALF_CONFIGURED, CANNOT_READ = "gmail.E001", "gmail.E002", "gmail.E003"
KEY_HINT = "Make one with `python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'`."


def check_settings(**kwargs: Any) -> list[checks.CheckMessage]:
    """Keys that are none, and a client that is named by half."""
    found: list[checks.CheckMessage] = [
        checks.Error(f"Entry {place} of GMAIL_TOKEN_KEYS is no Fernet key.", hint=KEY_HINT, id=BAD_KEY)
        for place in find_bad_keys()
    ]
    names = ("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GMAIL_TOKEN_KEYS")
    missing = [name for name in names if not getattr(settings, name)]
    # Keys alone are ready for a client that is yet to come.
    if missing and missing != list(names) and (settings.GOOGLE_CLIENT_ID or settings.GOOGLE_CLIENT_SECRET):
        found.append(
            checks.Error(
                f"Gmail is set up by half: {', '.join(missing)} is missing.",
                hint=f"Set all of {', '.join(names)}, or none. {KEY_HINT}",
                id=HALF_CONFIGURED,
            )
        )
    return found


def check_connected_mailboxes(*, databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Mailboxes that are connected while nothing is set that could open their tokens."""
    if "default" not in (databases or ()) or is_configured():
        return []
    count = 0
    for tenant in Tenant.objects.order_by("pk"):
        with tenant_scope(tenant):
            count += GmailAccount.objects.connected().count()
    if not count:
        return []
    return [
        checks.Error(
            f"{count} mailboxes are connected to Gmail and cannot be read: the settings of Gmail are missing.",
            hint="Set GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET and GMAIL_TOKEN_KEYS as they were.",
            id=CANNOT_READ,
        )
    ]
