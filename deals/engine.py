"""What deals contribute to the cycle: the business in sight. Deals themselves are worked by people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.db.models import Q, Sum

from agent.models import Event
from agent.registry import Cycle, Engine, Plan, Progress
from deals.correspondence import DealFinder
from deals.models import Deal, DealStage
from engagement.mail.links import LinksMail, link_mails

# How likely a deal of each open stage is won.
CHANCE_PERCENT = {
    DealStage.LEAD: 10,
    DealStage.QUALIFIED: 20,
    DealStage.DISCOVERY: 35,
    DealStage.PROPOSAL: 50,
    DealStage.NEGOTIATION: 75,
}
MONTHS = 12


class DealsEngine(LinksMail, Engine):
    """Tells what the open deals may bring."""

    slug: ClassVar[str] = "deals"
    label: ClassVar[str] = "Deals"
    finders = (DealFinder(),)

    def plan(self, cycle: Cycle) -> Plan:
        """Propose nothing: deals are followed up by people."""
        return Plan()

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:
        """Link mail to the deals it is about."""
        for finder in self.finders:
            link_mails(events, finder=finder, now=cycle.now)

    def progress(self, cycle: Cycle, *, since: datetime) -> Progress:
        """A month's share of the open deals' first year, each weighted by the chance of its stage. One statement.

        A deal whose client asked to be left alone until a later day is not in sight.
        """
        today = cycle.calendar.local_date(cycle.now)
        values = (
            Deal.objects.filter(stage__in=CHANCE_PERCENT, expected_value__isnull=False)
            .filter(Q(deferred_until_date__isnull=True) | Q(deferred_until_date__lte=today))
            .values_list("stage")
            .annotate(value=Sum("expected_value"))
        )
        year = sum((value * CHANCE_PERCENT[DealStage(stage)] / 100 for stage, value in values), Decimal(0))
        return Progress(in_sight=(year / MONTHS).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))
