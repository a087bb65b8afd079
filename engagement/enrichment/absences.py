"""What automatic replies say of their senders: that they are away until a day, or have left for good.

`offers_of` is pure; `note_absences` runs inside a tenant scope. Whom a reply names in somebody's place is
`engagement.enrichment.people`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta, tzinfo

from engagement.details import YES, Offer
from engagement.enrichment.signatures import is_trusted
from engagement.mail.models import Message, Tier
from engagement.models import DetailField
from engagement.services import Taken, offer_details

# A day further off is a slip of the pen, and would silence us for good.
LONGEST_ABSENCE = timedelta(days=400)


def note_absences(messages: Iterable[Message], *, zone: tzinfo, now: datetime) -> Taken:
    """Keep what automatic replies of contacts say of them; the same replies twice change nothing.

    `zone` is the desk's, in which a day begins that they name without a time. Whoever has left is written to by no
    engine any more; whoever is away, when they are back.
    """
    return offer_details((offer for message in messages for offer in offers_of(message, zone)), now=now)


def offers_of(message: Message, zone: tzinfo) -> Iterable[Offer]:
    """What one automatic reply says of its sender. A shared mailbox neither leaves nor goes on holiday."""
    reply = message.reading.get("auto_reply")
    if (
        not reply
        or message.tier != Tier.AUTO_REPLY
        or not is_trusted(message)
        or message.contact.is_shared_mailbox
    ):
        return
    if reply.get("left_company"):
        yield _offer(message, DetailField.HAS_LEFT, YES)
    back_at = _moment_of(reply.get("return_date"), zone)
    if back_at is not None and message.sent_at < back_at <= message.sent_at + LONGEST_ABSENCE:
        yield _offer(message, DetailField.AWAY_UNTIL, back_at.isoformat())


def _offer(message: Message, field: DetailField, value: str) -> Offer:
    return Offer(
        contact_id=message.contact_id,
        field=field,
        value=value,
        by=message.from_address,
        message_id=message.message_id,
        evidence=message.newest_text or message.subject,
        said_at=message.sent_at,
    )


def _moment_of(text: object, zone: tzinfo) -> datetime | None:
    """The moment that an ISO date or date and time names; a date alone is the start of that day."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return (
        moment if moment.tzinfo else datetime.combine(moment.date(), moment.time() or time.min, tzinfo=zone)
    )
