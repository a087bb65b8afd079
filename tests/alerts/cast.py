"""An engine that reports what a test says of the mail, and rows that make conditions hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from agent.alerts.models import Watched
from agent.models import Card, PolicyViolation, Reflection, Run, Tenant, Trigger
from agent.registry import Cycle, Engine, Plan
from agent.states import CardState, RunState
from agent.tenancy import tenant_scope

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Pulse(Engine):
    """An engine that only has a health; it keeps from when it was asked to count."""

    slug: ClassVar[str] = "pulse"
    label: ClassVar[str] = "Pulse"

    figures: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[str, datetime]] = field(default_factory=list)
    breaks_for: str = ""

    def plan(self, cycle: Cycle) -> Plan:
        return Plan()

    def health(self, cycle: Cycle, *, since: datetime) -> Mapping[str, float]:
        self.asked.append((cycle.tenant.slug, since))
        if cycle.tenant.slug == self.breaks_for:
            raise ValueError("The pulse cannot be felt.")
        return self.figures


def set_settings(tenant: Tenant, **settings) -> None:
    tenant.agent_settings = {**tenant.agent_settings, **settings}
    Tenant.objects.filter(pk=tenant.pk).update(agent_settings=tenant.agent_settings)


def see_enabled(tenant: Tenant, since: datetime) -> None:
    """As if the tenant's agent had been watched, and enabled, for a while."""
    with tenant_scope(tenant):
        Watched.objects.update_or_create(tenant_id=tenant.pk, defaults={"enabled_since": since})


def add_run(tenant: Tenant, at: datetime, state: RunState = RunState.COMPLETED, **changes) -> Run:
    with tenant_scope(tenant):
        last = Run.objects.order_by("-id").values_list("fence", flat=True).first() or 0
        return Run.objects.create(
            **{
                "trigger": Trigger.MANUAL,
                "state": state,
                "cycle_at": at,
                "started_at": at,
                "finished_at": at,
                "fence": last + 1,
                **changes,
            }
        )


def add_card(tenant: Tenant, run: Run, state: CardState, number: int, at: datetime, **changes) -> Card:
    with tenant_scope(tenant):
        return Card.objects.create(
            **{
                "kind": "send_email",
                "engine": "pulse",
                "state": state,
                "dedupe_key": f"card-{number}",
                "subject_kind": "parcel",
                "subject_id": str(number),
                "subject_label": f"Parcel {number}",
                "reason": "It is due.",
                "not_before": at,
                "proposed_at": at,
                "claimed_at": at,
                "run": run,
                **changes,
            }
        )


def add_refusals(tenant: Tenant, at: datetime, count: int, rule: str = "no_spam") -> None:
    """That many actions refused, one second after the other until `at`."""
    run = add_run(tenant, at)
    card = add_card(tenant, run, CardState.BLOCKED, int(at.timestamp()), at, finished_at=at)
    with tenant_scope(tenant):
        PolicyViolation.objects.bulk_create(
            PolicyViolation(card=card, rule=rule, reason="No.", at=at - timedelta(seconds=number))
            for number in range(count)
        )


def add_figures(tenant: Tenant, at: datetime, **figures: float) -> None:
    """A reflection with figures, `engine__name=value`."""
    run = add_run(tenant, at)
    with tenant_scope(tenant):
        Reflection.objects.create(
            run=run, at=at, figures={name.replace("__", "."): value for name, value in figures.items()}
        )
