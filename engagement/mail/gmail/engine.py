"""What Gmail contributes to the cycle: no cards, but the health of its mailboxes, and what may be cleaned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import Count, Q, Sum

from agent.registry import Cycle, Engine, Expiring, Plan
from engagement.mail.gmail.models import GmailAccount, GmailConsent, GmailDayCount, GmailMessageId
from engagement.mail.gmail.states import ConnectionStatus

# Four rings of the schedule without a success.
SILENCE = timedelta(minutes=20)
RECENT = timedelta(days=2)


class GmailEngine(Engine):
    """Looks after the mailboxes at Gmail."""

    slug: ClassVar[str] = "gmail"
    label: ClassVar[str] = "Gmail"

    def plan(self, cycle: Cycle) -> Plan:
        """Mail is read every few minutes and not by the hour; there is nothing to propose."""
        return Plan()

    def health(self, cycle: Cycle, *, since: datetime) -> Mapping[str, float]:
        """Mailboxes that we lost or do not hear of, and mail that is missing. Two statements."""
        silent = Q(status=ConnectionStatus.CONNECTED) & Q(
            Q(succeeded_at__lte=cycle.now - SILENCE)
            | Q(succeeded_at__isnull=True, connected_at__lte=cycle.now - SILENCE)
        )
        lost = Q(status__in=[ConnectionStatus.REVOKED, ConnectionStatus.TOKEN_EXPIRED])
        mailboxes = GmailAccount.objects.aggregate(
            mailboxes_lost=Count("id", filter=lost), mailboxes_silent=Count("id", filter=silent)
        )
        counts = GmailDayCount.objects.filter(checked_at__gt=cycle.now - RECENT, checked_at__lte=cycle.now)
        mail = counts.aggregate(
            mail_recovered=Sum("recovered", default=0), mail_missing=Sum("missing", default=0)
        )
        return {**mailboxes, **mail}

    def expiring(self) -> Sequence[Expiring]:
        """What was dealt with long ago, the days' counts of a year, and consents that nobody came back from."""
        return (
            Expiring(
                name="gmail_message_ids",
                age=timedelta(days=60),
                rows=lambda before: GmailMessageId.objects.ended_before(before),
            ),
            Expiring(
                name="gmail_day_counts",
                age=timedelta(days=365),
                rows=lambda before: GmailDayCount.objects.filter(checked_at__lt=before),
            ),
            Expiring(
                name="gmail_consents",
                age=timedelta(days=1),
                rows=lambda before: GmailConsent.objects.filter(begun_at__lt=before),
            ),
        )
