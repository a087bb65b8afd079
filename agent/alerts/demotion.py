"""Automatic demotion: figures that say mail does harm lower the tenant's send mode. Only a person raises it.

`decide_lowering` is pure. `lower_send_mode` writes under the lock of the tenant's row, which every claim holds in
share mode: after it commits, no claim commits under the old mode, and what is claimed already reads the mode once
more before it leaves. Sources: reliability notes (f4), issue "Automatic demotion".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db.models import F, Max
from django.db.models.functions import Coalesce, Greatest

from agent.alerts.facts import Mail, TenantFacts
from agent.alerts.models import Demotion
from agent.alerts.rules import COMPLAINT_FLOOR, SENT_FLOOR, VOLUME_HISTORY, is_spike
from agent.alerts.states import DemotionCause
from agent.models import Tenant
from agent.states import SendMode
from agent.switches import hold_claims
from agent.tenant_settings import parse_send_mode

logger = structlog.get_logger(__name__)

# Who has set a mode that no person has.
ACTOR = "the agent itself"
BOUNCE_LIMIT = 0.05
COMPLAINT_LIMIT = 0.003
# Higher than the alert's: a busy Monday deserves a look, not a stop.
VOLUME_LIMIT, VOLUME_MIN = 4, 40
POLICY_MIN = 30
_LEAST_TO_MOST = tuple(SendMode)
# One step: what is odd continues slowly, under the caps of `limited_live`. The last step stops it for clients.
ONE_STEP = {SendMode.LIVE: SendMode.LIMITED_LIVE, SendMode.LIMITED_LIVE: SendMode.INTERNAL_ONLY}
# All the way: each further message to a client would do the harm again. Messages wait, none is lost.
ALL_THE_WAY = dict.fromkeys((SendMode.LIVE, SendMode.LIMITED_LIVE), SendMode.INTERNAL_ONLY)


@dataclass(frozen=True, kw_only=True)
class Lowering:
    """That the send mode is to be lowered: why, by which figures, and from each mode to which."""

    cause: DemotionCause
    because: str
    steps: Mapping[SendMode, SendMode]
    numbers: Mapping[str, float] = field(default_factory=dict)


def decide_lowering(facts: TenantFacts) -> Lowering | None:
    """The gravest reason to lower the tenant's send mode, or None. Modes that reach no client stay as they are."""
    if facts.send_mode not in ALL_THE_WAY:
        return None
    return _find_harm(facts.mail) or _find_odd(facts)


def _find_harm(mail: Mail) -> Lowering | None:
    """Complaints and bounces, on a sample that allows a verdict (pitfall A4)."""
    if mail.sent < SENT_FLOOR:
        return None
    if mail.complaints >= max(COMPLAINT_FLOOR, COMPLAINT_LIMIT * mail.sent):
        return Lowering(
            cause=DemotionCause.COMPLAINTS,
            because=f"{mail.complaints:.0f} recipients of {mail.sent:.0f} messages reported them as spam "
            "(the limit is 0.3 %)",
            steps=ALL_THE_WAY,
            numbers={"complaints": mail.complaints, "sent": mail.sent},
        )
    if mail.hard_bounces >= BOUNCE_LIMIT * mail.sent:
        return Lowering(
            cause=DemotionCause.HARD_BOUNCES,
            because=f"{mail.hard_bounces:.0f} of {mail.sent:.0f} messages bounced for good (the limit is 5 %)",
            steps=ALL_THE_WAY,
            numbers={"bounces": mail.hard_bounces, "sent": mail.sent},
        )
    return None


def _find_odd(facts: TenantFacts) -> Lowering | None:
    """Far more than usual was sent, or refused, within an hour."""
    mail = facts.mail
    if mail.usual_hours >= VOLUME_HISTORY and mail.sent_1h >= max(VOLUME_MIN, VOLUME_LIMIT * mail.usual_hour):
        return Lowering(
            cause=DemotionCause.SEND_VOLUME,
            because=f"{mail.sent_1h:.0f} messages left within an hour, and usual are {mail.usual_hour:.1f}",
            steps=ONE_STEP,
            numbers={"sent": mail.sent_1h, "usual": mail.usual_hour},
        )
    if facts.refusals_counted >= POLICY_MIN and is_spike(facts.refusals_counted, facts):
        return Lowering(
            cause=DemotionCause.POLICY_BLOCKS,
            because=f"{facts.refusals_counted} actions were refused within an hour, and usual are "
            f"{facts.refusals_usual:.1f}",
            steps=ONE_STEP,
            numbers={"refused": facts.refusals_counted, "usual": facts.refusals_usual},
        )
    return None


def lower_send_mode(*, tenant: Tenant, lowering: Lowering, now: datetime) -> Demotion | None:
    """Inside the tenant's scope: write the safer mode and keep why; None when the mode is safe by now."""
    hold_claims()
    locked = Tenant.objects.select_for_update().get(pk=tenant.pk)
    mode = parse_send_mode(locked.agent_settings.get("send_mode", SendMode.DRY_RUN))
    target = lowering.steps.get(mode)
    if target is None:
        return None
    sentence = f"The send mode was lowered from {mode} to {target}, because {lowering.because}."
    Tenant.objects.filter(pk=tenant.pk).update(
        agent_settings={**locked.agent_settings, "send_mode": str(target)},
        send_mode_by=ACTOR,
        send_mode_why=sentence,
    )
    logger.warning(
        "send_mode_lowered", tenant=tenant.slug, mode_from=mode, mode_to=target, cause=lowering.cause
    )
    return Demotion.objects.create(
        cause=lowering.cause,
        from_mode=mode,
        to_mode=target,
        sentence=sentence,
        numbers=dict(lowering.numbers),
        at=now,
    )


def note_raised_mode(*, tenant: Tenant, mode: SendMode, now: datetime) -> int:
    """Inside a scope: note that the mode stands above what demotions left; returns how many of them that ends.

    Seen from the mode itself, so it does not matter by which door the person came; the console says who, and why.
    """
    is_known = tenant.send_mode_by != ACTOR
    lower = [stage for stage in _LEAST_TO_MOST if _LEAST_TO_MOST.index(stage) < _LEAST_TO_MOST.index(mode)]
    return Demotion.objects.filter(raised_at__isnull=True, to_mode__in=lower).update(
        raised_at=now,
        raised_by=tenant.send_mode_by if is_known else "",
        raised_why=tenant.send_mode_why if is_known else "",
    )


def figures_count_from(*, earliest: datetime) -> datetime:
    """Inside a scope: from when figures count for the next demotion: no answer is given twice to the same ones."""
    newest = Max(Greatest("at", Coalesce(F("raised_at"), F("at"))))
    last: datetime | None = Demotion.objects.aggregate(last=newest)["last"]
    return max(earliest, last or earliest)
