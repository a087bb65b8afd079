"""Reading what the conditions judge: a fixed number of set-based statements a tenant, whatever the size of its book.

Figures that cost a look at the whole book are those of the last reflection; figures of minutes come from the
engines' `health`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings as deployment
from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from agent.alerts.demotion import figures_count_from
from agent.alerts.facts import Lowered, Mail, PlatformFacts, TenantFacts
from agent.alerts.models import Demotion, Heartbeat, Notice, PlatformNotice, Watched
from agent.alerts.notices import NOBODY
from agent.alerts.rules import BY_FIGURES, BY_MAIL, DAY, HELD_AFTER, HOUR, NOTICE_LATE, UNKNOWN_AFTER, WEEK
from agent.alerts.states import AlertKind, NoticeState
from agent.leases import read_live_token
from agent.models import Card, Lease, PolicyViolation, Reflection, Run, SystemConfig, Tenant
from agent.registry import registry
from agent.states import CardState, RunState, SendMode
from agent.switches import OFF_WORDS, build_cycle, read_environment_stop
from agent.tenant_settings import AgentSettings, InvalidAgentSettings

# A run in one of these is a cycle that came to its end; a refused attempt (locked) is none.
FINISHED = (RunState.COMPLETED, RunState.FAILED, RunState.STOPPED)
DIED = (RunState.FAILED, RunState.ABANDONED)
COUNTED = (RunState.COMPLETED, *DIED)
# Figures of a reflection older than this say nothing of now; that none is newer is an alert of its own.
FIGURES_AGE = timedelta(hours=3)
HOURS_OF_WEEK = 168


def read_tenant(*, tenant: Tenant, now: datetime) -> TenantFacts:
    """Inside the tenant's scope: what the conditions may know of it."""
    try:
        settings, error = tenant.settings, ""
    except InvalidAgentSettings as invalid:
        settings, error = AgentSettings(), str(invalid)
    since = figures_count_from(earliest=now - WEEK)
    runs, refusals, cards = _Runs.read(now), _Refusals.read(now, since), _Cards.read(now, settings)
    lease_since, holder = _read_lease(tenant.pk)
    figures = _read_figures(now)
    refused_notices, notice_error = _read_refused(Notice, now)
    return TenantFacts(
        now=now,
        tenant=tenant.name,
        send_mode=settings.send_mode if not error else SendMode.DRY_RUN,
        is_enabled=tenant.agent_enabled,
        enabled_since=_see_enabled(tenant, now),
        settings_error=error,
        cycles_24h=runs.cycles,
        failed_24h=runs.failed,
        last_error=runs.last_error,
        last_finished_at=runs.last_finished_at,
        abandoned_in_a_row=runs.abandoned_in_a_row,
        lease_since=lease_since,
        lease_holder=holder,
        refusals_1h=refusals.last_hour,
        refusals_usual=refusals.usual,
        refusals_counted=refusals.counted,
        refused_most=refusals.most,
        unknown_cards=cards.unknown,
        oldest_unknown_at=cards.oldest_unknown_at,
        held_messages=cards.held,
        refused_notices=refused_notices,
        notice_error=notice_error,
        stops=_read_stops(tenant),
        figures=figures,
        mail=Mail() if error else _read_mail(tenant, now, since),
        lowered=read_lowered(),
        unknown=frozenset(kind for kind, figure in BY_FIGURES.items() if figure not in figures)
        | (BY_MAIL if error else frozenset[AlertKind]()),
    )


def read_lowered() -> Lowered | None:
    """Inside a scope: the last demotion that nobody has raised again."""
    last = Demotion.objects.filter(raised_at__isnull=True).order_by("-at", "-id").first()
    if last is None:
        return None
    return Lowered(
        from_mode=SendMode(last.from_mode), to_mode=SendMode(last.to_mode), sentence=last.sentence, at=last.at
    )


def read_platform(*, now: datetime, unjudged: Mapping[str, str]) -> PlatformFacts:
    """What the conditions may know of the installation; `unjudged` are the tenants that could not be read, and why."""
    stops = {}
    environment = read_environment_stop()
    if environment is not None:
        stops["environment"] = environment.detail
    system = SystemConfig.objects.filter(pk=1).first()
    if system is None:
        stops["console"] = (
            "The system switch is missing from the database, so all stands still. Resume in the console."
        )
    elif not system.global_enabled:
        stops["console"] = f"All work is stopped in the console: {_ended(system.reason)}"
    if system is not None and not system.mail_enabled:
        stops["mail"] = (
            f"Mail is stopped for every company in the console: {_ended(system.mail_reason)} Other work goes on."
        )
    if deployment.EMAIL_SEND_DISABLED.strip().lower() not in OFF_WORDS:
        stops["mail, environment"] = "EMAIL_SEND_DISABLED is on, so no message leaves. Other work goes on."
    hearts = dict(Heartbeat.objects.values_list("heart", "beat_at"))
    refused_notices, notice_error = _read_refused(PlatformNotice, now)
    return PlatformFacts(
        now=now,
        stops=stops,
        hearts=hearts,
        unjudged=unjudged,
        refused_notices=refused_notices,
        notice_error=notice_error,
    )


@dataclass(frozen=True, kw_only=True)
class _Runs:
    cycles: int
    failed: int
    last_error: str
    last_finished_at: datetime | None
    abandoned_in_a_row: int

    @classmethod
    def read(cls, now: datetime) -> _Runs:
        """Two statements: a day's cycles counted, and the last few looked at."""
        day = Run.objects.filter(state__in=[*FINISHED, *DIED], started_at__gt=now - DAY).aggregate(
            cycles=Count("id", filter=Q(state__in=COUNTED)),
            failed=Count("id", filter=Q(state__in=DIED)),
            last=Max("finished_at", filter=Q(state__in=FINISHED)),
        )
        newest = list(
            Run.objects.filter(fence__isnull=False)
            .exclude(state=RunState.RUNNING)
            .order_by("-id")
            .values_list("state", "stop_detail")[:10]
        )
        states = [state for state, _ in newest]
        alive = (place for place, state in enumerate(states) if state != RunState.ABANDONED)
        errors = (detail for state, detail in newest if state in DIED and detail)
        return cls(
            cycles=day["cycles"],
            failed=day["failed"],
            last_error=next(errors, "")[:300],
            last_finished_at=day["last"],
            abandoned_in_a_row=next(alive, len(states)),
        )


@dataclass(frozen=True, kw_only=True)
class _Refusals:
    last_hour: int = 0
    usual: float = 0
    counted: int = 0
    most: str = ""

    @classmethod
    def read(cls, now: datetime, since: datetime) -> _Refusals:
        """One statement: a week's refused actions by rule, apart for the last hour. `since` may cut that hour short."""
        recent = Q(at__gt=now - HOUR)
        rows = list(
            PolicyViolation.objects.filter(was_blocked=True, at__gt=now - HOUR - WEEK, at__lte=now)
            .values("rule")
            .annotate(
                recent=Count("id", filter=recent),
                counted=Count("id", filter=recent & Q(at__gt=since)),
                before=Count("id", filter=~recent),
            )
            .order_by("-recent", "rule")
        )
        if not rows:
            return cls()
        return cls(
            last_hour=sum(row["recent"] for row in rows),
            usual=sum(row["before"] for row in rows) / HOURS_OF_WEEK,
            counted=sum(row["counted"] for row in rows),
            most=rows[0]["rule"].replace("_", " "),
        )


@dataclass(frozen=True, kw_only=True)
class _Cards:
    unknown: int
    oldest_unknown_at: datetime | None
    held: int

    @classmethod
    def read(cls, now: datetime, settings: AgentSettings) -> _Cards:
        """One statement. A held card waits since its end minus the hours of an approval."""
        patience = min(HELD_AFTER, timedelta(hours=settings.approval_hours) / 2)
        unknown = Q(state=CardState.UNKNOWN, claimed_at__lte=now - UNKNOWN_AFTER)
        held = Q(
            state=CardState.HELD,
            kind__in=registry.outbound_kinds(),
            held_until__lte=now + timedelta(hours=settings.approval_hours) - patience,
        )
        counts = Card.objects.filter(state__in=[CardState.UNKNOWN, CardState.HELD]).aggregate(
            unknown=Count("id", filter=unknown),
            oldest=Min("claimed_at", filter=unknown),
            held=Count("id", filter=held),
        )
        return cls(unknown=counts["unknown"], oldest_unknown_at=counts["oldest"], held=counts["held"])


def _read_stops(tenant: Tenant) -> dict[str, str]:
    """The tenant's switches that a person turned off; an agent that was never enabled bears no reason, and is none."""
    stops = {}
    if not tenant.agent_enabled and tenant.agent_reason:
        stops["agent"] = f"The agent of this company is stopped: {_ended(tenant.agent_reason)}"
    if not tenant.mail_enabled:
        stops["mail"] = f"Mail is stopped for this company: {_ended(tenant.mail_reason)} Other work goes on."
    return stops


def _ended(reason: str) -> str:
    return f"{reason.strip().rstrip('.') or 'no reason given'}."


def _read_refused(book: type[Notice] | type[PlatformNotice], now: datetime) -> tuple[int, str]:
    """How many notices of this audience nobody has accepted for long, and what was said of the last one."""
    notices = book._default_manager
    late = Q(state=NoticeState.READY, frozen_at__lte=now - NOTICE_LATE)
    given_up = Q(state=NoticeState.GIVEN_UP, frozen_at__gt=now - WEEK) & ~Q(error=NOBODY)
    since_taken = Exists(notices.filter(channel=OuterRef("channel"), sent_at__gt=OuterRef("frozen_at")))
    errors = list(
        notices.filter(late | given_up & ~since_taken).order_by("-id").values_list("error", flat=True)
    )
    return len(errors), errors[0] if errors else ""


def _read_lease(tenant_id: int) -> tuple[datetime | None, str]:
    """Since when, and by whom, the lease is held; None while nobody holds it."""
    if read_live_token(tenant_id) is None:
        return None, ""
    row = Lease.objects.values_list("acquired_at", "holder").first()
    return row if row is not None else (None, "")


def _see_enabled(tenant: Tenant, now: datetime) -> datetime | None:
    """Since when the agent has been seen enabled; the first look, and each change, is written down."""
    seen = Watched.objects.values_list("enabled_since", flat=True).first()
    if tenant.agent_enabled == (seen is not None):
        return seen
    since = now if tenant.agent_enabled else None
    Watched.objects.update_or_create(tenant_id=tenant.pk, defaults={"enabled_since": since})
    return since


def _read_figures(now: datetime) -> Mapping[str, float]:
    """The figures of the last reflection, while they are young enough to judge by."""
    newest = Reflection.objects.order_by("-id").values_list("at", "figures").first()
    return newest[1] if newest is not None and now - newest[0] < FIGURES_AGE else {}


def _read_mail(tenant: Tenant, now: datetime, since: datetime) -> Mail:
    """What the engines say of the tenant's messages; figures that no condition names are left out."""
    cycle = build_cycle(tenant=tenant, now=now)
    told: dict[str, Any] = {}
    for engine in registry:
        told |= engine.health(cycle, since=since)
    known = {known.name for known in fields(Mail)}
    return Mail(**{name: value for name, value in told.items() if name in known})
