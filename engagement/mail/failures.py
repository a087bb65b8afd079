"""Keeping what mail providers refused us, and the figures by which alerts judge mail (spec P0.7.3).

What an alert is, and when it is due, is the kernel's `agent.alerts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.db.models.fields.json import KT
from django.db.models.functions import TruncHour

from agent.models import Card, Event
from agent.registry import Cycle, Effect, Outcome
from engagement.mail.models import BounceSeverity, FailureKind, Message, ProviderFailure
from engagement.mail.routing import REFUSED

GMAIL = "gmail"
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FORTNIGHT = timedelta(days=14)
SENT, BOUNCED, COMPLAINED = "mail.message.sent", "mail.bounced", "mail.complained"


def record_provider_failure(*, card: Card, outcome: Outcome, now: datetime) -> ProviderFailure | None:
    """Keep an outcome in which the provider failed us; None when it did not.

    What the provider refuses for good is about the message, and what our own send mode refuses names no provider.
    """
    provider = outcome.result.get("provider")
    if not provider or outcome.effect not in (Effect.RETRY, Effect.UNKNOWN):
        return None
    status = outcome.result.get("status")
    kind = FailureKind.REFUSED if status else FailureKind.UNREACHABLE
    if outcome.effect == Effect.UNKNOWN:
        kind = FailureKind.NO_ANSWER
    return ProviderFailure.objects.create(
        provider=provider, kind=kind, status=status, detail=outcome.reason[:500], card=card, at=now
    )


def record_gmail_quota_error(*, status: int, detail: str, now: datetime) -> ProviderFailure:
    """Keep that Gmail refused a request because a quota is used up (429, or 403 with a rate-limit reason)."""
    return ProviderFailure.objects.create(
        provider=GMAIL, kind=FailureKind.QUOTA, status=status, detail=detail[:500], at=now
    )


def read_mail_health(*, cycle: Cycle, since: datetime) -> Mapping[str, float]:
    """What became of our messages, for `agent.alerts.facts.Mail`. Four statements.

    Addresses count once, however many reports name them; reports are counted when they were stored, because the date
    in a mail is its sender's.
    """
    return {
        **_count_outcomes(now=cycle.now, since=since),
        **_read_usual_hour(cycle.now),
        **_count_failures(cycle.now),
        "suspicious_24h": _count_suspicious(cycle.now),
    }


def _count_outcomes(*, now: datetime, since: datetime) -> dict[str, float]:
    told = Event.objects.filter(
        kind__in=[SENT, BOUNCED, COMPLAINED], occurred_at__gt=since, occurred_at__lte=now
    )
    address = KT("data__email")
    return told.aggregate(
        sent=Count("id", filter=Q(kind=SENT)),
        sent_1h=Count("id", filter=Q(kind=SENT, occurred_at__gt=now - HOUR)),
        hard_bounces=Count(
            address, distinct=True, filter=Q(kind=BOUNCED, data__severity=BounceSeverity.HARD)
        ),
        complaints=Count(address, distinct=True, filter=Q(kind=COMPLAINED)),
    )


def _read_usual_hour(now: datetime) -> dict[str, float]:
    """The mean of the hours of two weeks in which anything was sent, the last hour left out."""
    hours = list(
        Event.objects.filter(kind=SENT, occurred_at__gt=now - FORTNIGHT, occurred_at__lte=now - HOUR)
        .values_list(TruncHour("occurred_at"))
        .annotate(sent=Count("id"))
        .order_by()
        .values_list("sent", flat=True)
    )
    return {"usual_hour": sum(hours) / len(hours) if hours else 0.0, "usual_hours": len(hours)}


def _count_failures(now: datetime) -> dict[str, float]:
    is_quota = Q(kind=FailureKind.QUOTA)
    return ProviderFailure.objects.filter(at__gt=now - HOUR, at__lte=now).aggregate(
        provider_failures_15m=Count("id", filter=~is_quota & Q(at__gt=now - QUARTER)),
        quota_errors_1h=Count("id", filter=is_quota),
    )


def _count_suspicious(now: datetime) -> int:
    """Mail of the last day that is refused for what it is."""
    came_in = Message.objects.filter(stored_at__gt=now - DAY, stored_at__lte=now)
    return came_in.filter(category__in=REFUSED).count()
