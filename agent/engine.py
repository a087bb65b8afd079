"""The kernel's own engine: it plans nothing, carries out `create_task`, and reports on cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db.models import Count
from django.utils.dateparse import parse_datetime

from agent.bulk import insert_rows
from agent.models import Card, Intent, LeftAlone, Preview, RateLimit, Task, TaskState
from agent.registry import Cycle, DatabaseHandler, Effect, Engine, Expiring, Handler, Outcome, Plan, Report
from agent.rest.models import KeptAnswer
from agent.states import OPEN_STATES, CardState


class CreateTask(DatabaseHandler):
    """Puts a task on the list of people, with the client's words and the mail they stand in."""

    kind: ClassVar[str] = "create_task"
    label: ClassVar[str] = "Create a task for a person"

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        """Write one task."""
        (outcome,) = self.apply_all([card], cycle)
        return outcome

    def apply_all(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Outcome]:
        """Write the tasks, in one statement."""
        rows = [_task_of(card) for card in cards]
        keys = insert_rows(Task, rows, state=TaskState.OPEN, created_at=cycle.now, done_by="")
        return [
            Outcome(effect=Effect.DONE, reason=f"Task created: {row['what']}", result={"task": key})
            for row, key in zip(rows, keys, strict=True)
        ]


def _task_of(card: Card) -> dict[str, Any]:
    """The payload is the proposer's; the rules have verified its grounds."""
    payload: Mapping[str, Any] = card.payload
    return {
        "card_id": card.pk,
        "what": payload["what"][:300],
        "contact_id": card.contact_id,
        "contact_label": card.contact_label,
        "subject_kind": card.subject_kind,
        "subject_id": card.subject_id,
        "subject_label": card.subject_label,
        "assignee": payload.get("assignee", ""),
        "role": payload["role"],
        "due_at": _moment(payload.get("due_at")),
        "due_end_at": _moment(payload.get("due_end_at")),
        "due_words": payload.get("due_words", "")[:200],
        "message_id": payload.get("message_id", ""),
        "quote": payload.get("quote", ""),
    }


class KernelEngine(Engine):
    """What the kernel itself contributes to a cycle."""

    slug: ClassVar[str] = "agent"
    label: ClassVar[str] = "Agent"

    def plan(self, cycle: Cycle) -> Plan:
        """Propose nothing: work comes from the domains."""
        return Plan()

    def handlers(self) -> Sequence[Handler]:
        return (CreateTask(),)

    def report(self, cycle: Cycle) -> Report:
        """How many cards stand open, and how many tasks people have before them."""
        states = Card.objects.filter(state__in=OPEN_STATES).values_list("state").annotate(cards=Count("id"))
        by_state = dict(states)
        figures = {
            f"cards_{state}": by_state.get(state, 0)
            for state in (CardState.HELD, CardState.DEFERRED, CardState.UNKNOWN)
        }
        return Report(figures={**figures, "tasks_open": Task.objects.open().count()})

    def expiring(self) -> Sequence[Expiring]:
        """What explains an hour but proves nothing. The runbook's table says the same in words, and what stays."""
        return (
            Expiring(
                name="windows of caps",
                age=timedelta(days=35),
                rows=lambda before: RateLimit.objects.filter(window_start__lt=before),
            ),
            Expiring(
                name="previews",
                age=timedelta(days=30),
                rows=lambda before: Preview.objects.filter(made_at__lt=before),
            ),
            Expiring(
                name="rows left alone",
                age=timedelta(days=90),
                rows=lambda before: LeftAlone.objects.filter(at__lt=before),
            ),
            Expiring(
                name="bodies of rehearsed messages",
                age=timedelta(days=90),
                rows=lambda before: Intent.objects.filter(
                    settled_at__lt=before, card__is_rehearsal=True
                ).exclude(content=b""),
                blank={"content": b""},
            ),
            Expiring(
                name="answers kept for repeated requests",
                age=timedelta(days=1),
                rows=lambda before: KeptAnswer.objects.filter(at__lt=before),
            ),
        )


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
