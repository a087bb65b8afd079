"""What engagement contributes to the hourly cycle: check-ins for whoever has gone too long without a contact.

It proposes `send_email` cards and carries none out; the message is rendered and sent by `engagement.mail`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from agent.models import Event
from agent.models.cards import CardQuerySet
from agent.registry import Cycle, Engine, Hint, Left, Plan, Proposal, Report
from agent.services import cancel_cards
from agent.states import CardState, SendMode
from engagement import due as book
from engagement.models import Client, EngagementClock
from engagement.rules import (
    Due,
    check_in_priority,
    client_ref,
    contact_ref,
    evidence_for,
    reason_for,
    why_not_a_correspondent,
    why_not_again,
    why_not_an_account,
)
from engagement.services import refresh_engagement_compliance

TEMPLATE = "engagement/check_in"
STREAM = "relationship"
# The hint by which one hour tells the next that messages are already waiting for the cap.
SERVE_DEFERRED_FIRST = "serve_deferred_first"
CAP_RULE = "caps_hold"
# Events after which a contact may no longer be owed a check-in, and events that forbid one.
TOUCH_EVENTS = frozenset({"contact.touched", "contact.merged", "mail.reply.received"})
STOP_EVENTS = frozenset({"mail.bounced", "mail.unsubscribed", "contact.suppressed", "contact.left_company"})
# A full mailbox is no reason to stop; that it is one after three times, a suppression says.
SOFT_BOUNCE = "soft"


class EngagementEngine(Engine):
    """Keeps the 21-day contact with every contact and every account (spec P0.4).

    Loan officers and other restricted parties are written to like anybody else: keeping in touch is
    allowed, and the check-in's template says nothing of appraisers, values or assignments to anyone.
    """

    slug: ClassVar[str] = book.ENGINE
    label: ClassVar[str] = "21-day contact"

    def plan(self, cycle: Cycle) -> Plan:
        """One check-in for each contact that is due, for one reason or several; the others with why not."""
        is_rehearsal = cycle.send_mode == SendMode.DRY_RUN
        due_book = book.read_due(now=cycle.now, is_rehearsal=is_rehearsal)
        wanted: list[Due] = []
        left = [
            _left_account(client_ref(client), why_not_an_account(client))
            for client in due_book.closed_accounts
        ]
        left += [_unreachable(client) for client in due_book.unreachable_accounts]
        for due in due_book.people:
            why_not = why_not_a_correspondent(due.contact, due.address, now=cycle.now)
            if why_not is None and due.card is not None:
                why_not = why_not_again(due.card, is_rehearsal)
            if why_not is None:
                wanted.append(due)
            else:
                left.append(Left(subject=contact_ref(due.contact), code=why_not[0], reason=why_not[1]))
        wanted.sort(key=lambda due: book.work_order(due, cycle.now))
        room = _room_for_new(cycle, len(wanted))
        left += [_waits_for_capacity(due) for due in wanted[room:]]
        return Plan(
            proposals=tuple(_propose(due, cycle) for due in wanted[:room]),
            left_alone=tuple(left),
        )

    def facts(self, cycle: Cycle) -> Mapping[str, Any]:
        """`overdue_contacts`: people owed a contact and unserved (see `engagement.due.count_unserved`)."""
        return {"overdue_contacts": book.count_unserved(now=cycle.now)}

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:
        """Cancel check-ins whose occasion is gone: the contact was touched, or must not be written to."""
        stopped = _contacts_of(events, STOP_EVENTS)
        if stopped:
            cards = book.check_in_cards().filter(contact_id__in=stopped)
            self._cancel(cards, "This person can no longer be written to.", cycle)
        if any(event.kind in TOUCH_EVENTS for event in events):
            cards = book.check_in_cards().filter(contact_id__in=book.no_longer_owed(now=cycle.now))
            self._cancel(cards, "There has been contact since this was proposed.", cycle)

    def report(self, cycle: Cycle) -> Report:
        """Compliance in figures, and the hint that check-ins wait for the cap.

        Brings the clocks in line first when the limit of days was changed, so that the figures and the
        next plan speak of the limit now in force.
        """
        days = cycle.settings.engagement_days
        if EngagementClock.objects.of_another_limit(days).exists():
            refresh_engagement_compliance(engagement_days=days)
        statistics = book.engagement_statistics(now=cycle.now)
        figures = {
            "contacts": statistics.contacts,
            "overdue_contacts": statistics.overdue_contacts,
            "accounts": statistics.accounts,
            "overdue_accounts": statistics.overdue_accounts,
            "compliance": statistics.compliance,
        }
        waiting = book.check_in_cards().filter(state=CardState.DEFERRED, rule=CAP_RULE).count()
        return Report(figures=figures, hints=_capacity_hints(waiting))

    def _cancel(self, cards: CardQuerySet, reason: str, cycle: Cycle) -> None:
        cancel_cards(cards, actor=self.slug, reason=reason, now=cycle.now, run_id=cycle.run_id)


def _propose(due: Due, cycle: Cycle) -> Proposal:
    contact = contact_ref(due.contact)
    return Proposal(
        kind=book.CHECK_IN_KIND,
        subject=contact,
        contact=contact,
        payload={
            "template": TEMPLATE,
            "variables": {
                "first_name": due.contact.first_name,
                "full_name": due.contact.full_name,
                "client_name": due.client.name if due.client is not None else due.contact.full_name,
            },
            "to": due.address,
            "stream": STREAM,
        },
        reason=reason_for(due, cycle.now),
        evidence=evidence_for(due),
        dedupe_key=due.dedupe_key,
        priority=check_in_priority(due, cycle.now),
    )


def _room_for_new(cycle: Cycle, wanted: int) -> int:
    """How many new check-ins to propose: all, or what the cap leaves beside those that wait already."""
    waiting = sum(int(hint.data["waiting"]) for hint in cycle.hints_for(book.ENGINE, SERVE_DEFERRED_FIRST))
    return max(0, cycle.emails_per_hour - waiting) if waiting else wanted


def _capacity_hints(waiting: int) -> tuple[Hint, ...]:
    if not waiting:
        return ()
    reason = f"The hourly cap kept {_check_ins(waiting)} waiting; they go before new ones."
    return (Hint(engine=book.ENGINE, code=SERVE_DEFERRED_FIRST, reason=reason, data={"waiting": waiting}),)


def _check_ins(count: int) -> str:
    return "1 check-in" if count == 1 else f"{count} check-ins"


def _waits_for_capacity(due: Due) -> Left:
    reason = "Check-ins deferred by the hourly cap go first; this one is proposed when they have gone."
    return Left(subject=contact_ref(due.contact), code="waits_for_capacity", reason=reason)


def _unreachable(client: Client) -> Left:
    reason = f"There is nobody at {client} to write to. Add a person with a name and an e-mail address."
    return Left(subject=client_ref(client), code="nobody_to_write_to", reason=reason)


def _left_account(subject: Any, why_not: tuple[str, str]) -> Left:
    return Left(subject=subject, code=why_not[0], reason=why_not[1])


def _contacts_of(events: Iterable[Event], kinds: frozenset[str]) -> set[int]:
    """The contacts that events of these kinds are about, whether as their subject or in their data."""
    found: set[int] = set()
    for event in events:
        if event.kind not in kinds or event.data.get("severity") == SOFT_BOUNCE:
            continue
        if event.subject_kind == "contact":
            found.add(int(event.subject_id))
        elif event.data.get("contact_id"):
            found.add(int(event.data["contact_id"]))
    return found
