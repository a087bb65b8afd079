"""The words of a connection to Gmail, and of what became of each of its messages. No ORM here."""

from __future__ import annotations

from django.db import models


class ConnectionStatus(models.TextChoices):
    """Whether we may use a mailbox at Gmail (spec P0.7.1)."""

    CONNECTED = "connected", "Connected"
    TOKEN_EXPIRED = "token_expired", "Must be connected again"  # noqa: S105 - Google asks for the person anew
    REVOKED = "revoked", "Access was withdrawn"  # at Google, by the owner or an administrator
    NOT_CONFIGURED = "not_configured", "Not connected"  # never, or disconnected here


class Handling(models.TextChoices):
    """What became of one message at Gmail."""

    STORED = "stored", "Stored"  # it may have been stored before, from another mailbox
    REFUSED = "refused", "Refused"  # cannot be taken; `detail` says why
    GONE = "gone", "Gone"  # deleted before we read it
    FAILING = "failing", "Not handed over yet"  # Gmail names it and fails to give it
    SENT = "sent", "Sent by us"


# Messages that are nobody's correspondence: unfinished, unwanted, thrown away, or of the chat.
LEFT_OUT_LABELS = frozenset({"DRAFT", "SPAM", "TRASH", "CHAT"})
SENT_LABEL = "SENT"

SCOPE_READ = "https://www.googleapis.com/auth/gmail.readonly"
SCOPE_SEND = "https://www.googleapis.com/auth/gmail.send"
