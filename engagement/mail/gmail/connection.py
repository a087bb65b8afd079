"""How the console words a mailbox's connection to Gmail."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from engagement.mail.gmail.accounts import read_connection_status
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.states import ConnectionStatus
from engagement.mail.models import Mailbox

TONES = {
    ConnectionStatus.CONNECTED: "good",
    ConnectionStatus.TOKEN_EXPIRED: "bad",
    ConnectionStatus.REVOKED: "bad",
    ConnectionStatus.NOT_CONFIGURED: "quiet",
}


def describe_connection(mailbox: Mailbox) -> dict[str, Any]:
    """What the form of a mailbox says of Gmail, and where its buttons lead."""
    status = read_connection_status(mailbox_id=mailbox.pk)
    account_id = GmailAccount.objects.filter(mailbox=mailbox).values_list("pk", flat=True).first()
    is_new = status == ConnectionStatus.NOT_CONFIGURED
    return {
        "gmail_status": f"{status.label}.",
        "gmail_verb": "Connect Gmail" if is_new else "Connect Gmail again",
        "gmail_connect_url": reverse("gmail:connect", args=[mailbox.pk]),
        "gmail_account_url": account_id and reverse("admin:gmail_gmailaccount_change", args=[account_id]),
    }
