"""What quotes contribute to the cycle: the business in sight. Quotes themselves are worked by people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from django.db.models import Q, Sum

from agent.models import Event
from agent.registry import Cycle, Engine, Plan, Progress
from engagement.mail.links import LinksMail, link_mails
from quotes.correspondence import QuoteFinder
from quotes.models import Quote


class QuotesEngine(LinksMail, Engine):
    """Tells what the open quotes may bring."""

    slug: ClassVar[str] = "quotes"
    label: ClassVar[str] = "Quotes and bids"
    finders = (QuoteFinder(),)

    def plan(self, cycle: Cycle) -> Plan:
        """Propose nothing: quotes are followed up by people."""
        return Plan()

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:
        """Link mail to the quotes it is about."""
        for finder in self.finders:
            link_mails(events, finder=finder, now=cycle.now)

    def progress(self, cycle: Cycle, *, since: datetime) -> Progress:
        """The fees of the quotes that clients have, have not answered, and may still accept. One statement."""
        today = cycle.calendar.local_date(cycle.now)
        is_valid = Q(valid_until_date__isnull=True) | Q(valid_until_date__gte=today)
        fees = (
            Quote.objects.awaited().filter(is_valid).aggregate(sum=Sum("fee_amount", default=Decimal("0.00")))
        )
        return Progress(in_sight=fees["sum"])
