"""Whether we have what Gmail has: each finished day of a mailbox is counted, and what is missing is fetched.

Gmail's own estimate of a count is a guess, so the ids are listed and looked up one by one (in bulk). In the caller's
scope; asking Gmail is `engagement.mail.gmail.sync`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from engagement.mail.gmail.cache import find_unprocessed
from engagement.mail.gmail.models import GmailAccount, GmailDayCount

DAY = timedelta(days=1)
# A day is counted when it has been over for an hour: mail of its last minutes may still be on its way to us.
SETTLED = timedelta(hours=1)
# How far back a day is counted that nobody counted when it was over.
LOOK_BACK = 7


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One day's ids at Gmail, and those that we had not dealt with when it was counted."""

    day: date
    ids: tuple[str, ...]
    absent: tuple[str, ...]


def find_due_day(account: GmailAccount, *, now: datetime) -> date | None:
    """The first whole day since the mailbox was connected that is over and not counted yet (UTC). One query."""
    if account.connected_at is None:
        return None
    last = (now - SETTLED).astimezone(UTC).date() - DAY
    first = max(account.connected_at.astimezone(UTC).date() + DAY, last - DAY * (LOOK_BACK - 1))
    days = [first + DAY * number for number in range((last - first).days + 1)]
    counted = set(GmailDayCount.objects.filter(account=account, day__in=days).values_list("day", flat=True))
    return next((day for day in days if day not in counted), None)


def query_of(day: date) -> str:
    """The search for the messages of one day."""
    start = datetime.combine(day, time.min, tzinfo=UTC)
    return f"after:{int(start.timestamp())} before:{int((start + DAY).timestamp())} -in:drafts -in:chats"


def compare_day(*, account_id: int, day: date, ids: Sequence[str]) -> Counted:
    """Which of a day's messages were not dealt with. One query."""
    absent = find_unprocessed(account_id=account_id, ids=ids)
    return Counted(day=day, ids=tuple(ids), absent=tuple(absent))


def record_count(*, account_id: int, counted: Counted, now: datetime) -> GmailDayCount:
    """Write the count down, after what was absent has been asked for: what is missing still raises an alarm."""
    missing = len(find_unprocessed(account_id=account_id, ids=counted.absent))
    row, _ = GmailDayCount.objects.update_or_create(
        account_id=account_id,
        day=counted.day,
        defaults={
            "at_gmail": len(counted.ids),
            "recovered": len(counted.absent) - missing,
            "missing": missing,
            "checked_at": now,
        },
    )
    return row
