"""What people and domains may do to the kernel's rows: decide on cards, finish tasks, flip switches.

Each function is one transaction's work inside a tenant scope, except the switches, which are global. The cycle is
`agent.cycle`; nothing here carries out a card.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from agent.models import Card, Switch, SwitchChange, SystemConfig, Task, TaskState, Tenant
from agent.models.cards import CardQuerySet
from agent.moves import Move, MoveRefused, move_card, move_cards
from agent.registry import Content, Cycle, registry
from agent.states import OPEN_STATES, CardState
from agent.switches import build_cycle, hold_claims
from agent.tenancy import require_tenant_id


class ReasonMissing(ValueError):
    """A person must say why."""


class ContentChanged(RuntimeError):
    """What a person was shown is no longer what the card would do."""


class ContentUnavailable(RuntimeError):
    """What a card would do cannot be worked out as things stand; the message says why."""


class TaskClosed(RuntimeError):
    """The task has been finished or cancelled already."""


def cancel_cards(
    cards: CardQuerySet, *, actor: str, reason: str, now: datetime, run_id: int | None = None
) -> int:
    """Cancel those of the cards that are still open and not yet claimed, because their occasion is gone."""
    waiting = OPEN_STATES - {CardState.EXECUTING, CardState.UNKNOWN}
    moves = [
        Move(card=card, to=CardState.CANCELLED, reason=reason)
        for card in cards.filter(state__in=waiting).order_by("pk")
    ]
    return len(move_cards(moves, actor=actor, now=now, run_id=run_id))


def freeze_content(*, card: Card, now: datetime) -> Content:
    """The exact content that carrying out this card now would put into the world; nothing is kept.

    Raises `ContentUnavailable` with what its engine says against it.
    """
    return _freeze(card, _cycle_now(now))


def approve_card(*, card: Card, actor: str, now: datetime, seen_hash: str | None = None) -> Card:
    """Let a held card go ahead with exactly the content it has now; the approval expires (design, section 5).

    `seen_hash` is the hash of the content the person was shown; raises `ContentChanged` when it is another
    by now, and `ContentUnavailable` when there is none.
    """
    cycle = _cycle_now(now)
    content = _freeze(card, cycle)
    if seen_hash is not None and seen_hash != content.hash:
        raise ContentChanged(
            f"Card {card.pk} would do something else by now than what you were shown. Look at it again."
        )
    move_card(Move(card=card, to=CardState.ALLOWED, reason=f"Approved by {actor}."), actor=actor, now=now)
    card.approved_by = actor
    card.approved_hash = content.hash
    card.approval_expires_at = now + timedelta(hours=cycle.settings.approval_hours)
    card.save(update_fields=["approved_by", "approved_hash", "approval_expires_at"])
    return card


def reject_card(*, card: Card, actor: str, reason: str, now: datetime) -> Card:
    """Turn a held card down, with the person's reason."""
    _require_reason(reason)
    return move_card(Move(card=card, to=CardState.REJECTED, reason=reason.strip()), actor=actor, now=now)


def settle_unknown_card(*, card: Card, has_happened: bool, actor: str, reason: str, now: datetime) -> Card:
    """Say what became of an effect that nobody could tell; only a person or `reconcile` may."""
    _require_reason(reason)
    if card.state != CardState.UNKNOWN:
        raise MoveRefused(f"Card {card.pk} is {card.state}; only an unknown outcome can be settled by hand.")
    state = CardState.DONE if has_happened else CardState.FAILED
    return move_card(Move(card=card, to=state, reason=reason.strip()), actor=actor, now=now)


def complete_task(*, task: Task, actor: str, now: datetime) -> Task:
    """Record that a person has done their task; raises `TaskClosed` when it was closed already."""
    changed = Task.objects.filter(pk=task.pk, state=TaskState.OPEN).update(
        state=TaskState.DONE, done_by=actor, done_at=now
    )
    if not changed:
        raise TaskClosed(f"This task is closed already: {task.what}")
    task.state, task.done_by, task.done_at = TaskState.DONE, actor, now
    return task


def set_system_switch(
    *, is_enabled: bool, actor: str, reason: str, now: datetime, switch: Switch = Switch.AGENT
) -> SystemConfig:
    """Stop or resume every tenant's agent, or its mail alone. After this commits, no new claim can commit."""
    _require_reason(reason)
    values: dict[str, Any] = {"mail_enabled": is_enabled, "mail_reason": reason.strip()}
    if switch == Switch.AGENT:
        values = {
            "global_enabled": is_enabled,
            "reason": reason.strip(),
            "changed_by": actor,
            "changed_at": now,
        }
    with transaction.atomic():
        hold_claims()
        config, _ = SystemConfig.objects.update_or_create(pk=1, defaults=values)
        _keep_change(None, switch, is_enabled=is_enabled, actor=actor, reason=reason, now=now)
    return config


def set_tenant_switch(
    *,
    tenant: Tenant,
    is_enabled: bool,
    actor: str,
    reason: str,
    now: datetime,
    switch: Switch = Switch.AGENT,
) -> Tenant:
    """Stop or resume one tenant's agent, or its mail alone. After this commits, no new claim of it can commit."""
    _require_reason(reason)
    flag, why = (f"{switch.value}_enabled", f"{switch.value}_reason")
    setattr(tenant, flag, is_enabled)
    setattr(tenant, why, reason.strip())
    with transaction.atomic():
        hold_claims()
        tenant.save(update_fields=[flag, why])
        _keep_change(tenant, switch, is_enabled=is_enabled, actor=actor, reason=reason, now=now)
    return tenant


def _keep_change(
    tenant: Tenant | None, switch: Switch, *, is_enabled: bool, actor: str, reason: str, now: datetime
) -> None:
    SwitchChange.objects.create(
        company=tenant.slug if tenant else "",
        switch=switch,
        is_enabled=is_enabled,
        actor=actor,
        reason=reason.strip(),
        at=now,
    )


def _cycle_now(now: datetime) -> Cycle:
    """The circumstances in which a card of the open scope would be carried out between cycles."""
    return build_cycle(tenant=Tenant.objects.get(pk=require_tenant_id()), now=now)


def _freeze(card: Card, cycle: Cycle) -> Content:
    handler = registry.handlers().get(card.kind)
    if handler is None:
        raise ContentUnavailable("No engine carries out this kind of card any more.")
    try:
        (content,) = handler.freeze([card], cycle)
    except ValueError as error:
        # A domain refuses a card that it cannot put into words, and says why.
        raise ContentUnavailable(str(error)) from error
    return content


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing("Say why; the reason is kept with the decision.")
