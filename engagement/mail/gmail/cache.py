"""Which messages at Gmail were dealt with: `is_processed` and `mark_processed` (spec P0.6, the fast look-up).

In the caller's scope. The unique keys of this table and of `gmail_messages` are the truth; asking here first saves the
units of fetching a message again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engagement.mail.gmail.models import GmailMessageId
from engagement.mail.gmail.states import Handling
from engagement.mail.models import Message

# How many polls may fail to get one message before it is given up, with a note for the operator.
MAX_ATTEMPTS = 10


@dataclass(frozen=True, kw_only=True)
class Processed:
    """One message at Gmail, and what became of it. `message_id` is its Message-ID, where it was read."""

    id: str
    handling: Handling
    thread_id: str = ""
    message_id: str = ""
    detail: str = ""


def is_processed(*, account_id: int, gmail_message_id: str) -> bool:
    """Whether a message needs no second look (`is_gmail_message_processed()`)."""
    return not find_unprocessed(account_id=account_id, ids=[gmail_message_id])


def find_unprocessed(*, account_id: int, ids: Iterable[str]) -> list[str]:
    """Those of the ids that were not dealt with yet, in their order. One query."""
    wanted = list(dict.fromkeys(ids))
    known = set(
        GmailMessageId.objects.filter(account_id=account_id, gmail_message_id__in=wanted)
        .exclude(handling=Handling.FAILING)
        .values_list("gmail_message_id", flat=True)
    )
    return [one for one in wanted if one not in known]


def mark_processed(*, account_id: int, entries: Sequence[Processed], now: datetime) -> None:
    """Write down what became of messages (`mark_gmail_message_processed()`); the same twice changes nothing."""
    if not entries:
        return
    message_ids = {entry.message_id for entry in entries if entry.message_id}
    stored = dict(Message.objects.filter(message_id__in=message_ids).values_list("message_id", "pk"))
    GmailMessageId.objects.bulk_create(
        [
            GmailMessageId(
                account_id=account_id,
                gmail_message_id=entry.id,
                gmail_thread_id=entry.thread_id,
                handling=entry.handling,
                detail=entry.detail[:500],
                message_id=stored.get(entry.message_id),
                processed_at=now,
            )
            for entry in {entry.id: entry for entry in entries}.values()
        ],
        update_conflicts=True,
        unique_fields=["tenant", "account", "gmail_message_id"],
        update_fields=["gmail_thread_id", "handling", "detail", "message", "processed_at"],
    )


def find_thread(*, account_id: int, message_id: str) -> str:
    """Gmail's name for the conversation that a message belongs to; empty where this mailbox does not have it."""
    known = GmailMessageId.objects.filter(account_id=account_id, message__message_id=message_id)
    return known.values_list("gmail_thread_id", flat=True).first() or ""


def note_failures(*, account_id: int, failures: dict[str, str], now: datetime) -> None:
    """Count a poll in which Gmail named messages and did not hand them over; after ten they are given up by name."""
    rows = GmailMessageId.objects.filter(account_id=account_id, gmail_message_id__in=failures)
    attempts = dict(rows.values_list("gmail_message_id", "attempts"))
    GmailMessageId.objects.bulk_create(
        [
            GmailMessageId(
                account_id=account_id,
                gmail_message_id=failing,
                handling=Handling.FAILING
                if attempts.get(failing, 0) + 1 < MAX_ATTEMPTS
                else Handling.REFUSED,
                detail=words[:500],
                attempts=attempts.get(failing, 0) + 1,
                processed_at=now,
            )
            for failing, words in failures.items()
        ],
        update_conflicts=True,
        unique_fields=["tenant", "account", "gmail_message_id"],
        update_fields=["handling", "detail", "attempts", "processed_at"],
    )
