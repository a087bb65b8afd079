"""Orders whose vendor may not have them: the best other vendor of the panel, offered once a person approves it.

Who may take a file is said by the rules (`orders.rules`); giving it to them by `orders.services.assignment`.
Part of `orders.engine`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from agent.models import Card
from agent.registry import (
    Content,
    Cycle,
    DatabaseHandler,
    Effect,
    Evidence,
    Left,
    Outcome,
    Plan,
    Proposal,
)
from agent.states import OPEN_STATES
from engagement.models import License, Vendor
from orders.addresses import normalise_state
from orders.client_mail import (
    PLAN_LIMIT,
    exceptions_by_order,
    occasions_taken,
    order_ref,
    why_not_again,
)
from orders.facts import OrderFacts, VendorFacts
from orders.loading import look_at_orders
from orders.models import Order, OrderException
from orders.panel import read_vendors
from orders.rules import RULES, judge_order
from orders.services.assignment import assign_vendor, start_assigning
from orders.services.stages import MoveRefused
from orders.states import Severity, Stage

REASSIGN_VENDOR = "reassign_vendor"
PRIORITY = 65
# What bars the vendor that has the file; and what is asked about a vendor that might get it.
BARRING_CODES = frozenset({"VND-501", "VND-502", "VND-503", "IND-404"})
_RULES = tuple(rule for rule in RULES if rule.code in BARRING_CODES | {"VND-504", "VND-505"})
# The vendor has not taken the file yet; from then on only a person takes it away.
OFFERED_STAGES = (Stage.ASSIGNED, Stage.NEGOTIATING)
# Vendors who may not take it, named with the reason.
OTHERS_TOLD = 5
APPROVAL = (
    "Taking an order from one vendor and offering it to another is a person's decision: approve or reject it."
)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One vendor of the panel against one order."""

    vendor: VendorFacts
    objections: tuple[str, ...]
    """What bars them; none for a vendor who may take the file."""
    warnings: tuple[str, ...]

    @property
    def load(self) -> int:
        """How many orders they have in hand."""
        return len(self.vendor.assignments)

    @property
    def words(self) -> str:
        """Why they are chosen, as an operator reads it."""
        in_hand = "1 order" if self.load == 1 else f"{self.load} orders"
        but = f" To be watched: {' '.join(self.warnings)}" if self.warnings else ""
        return f"{self.vendor.name} passes every rule for it and has {in_hand} in hand.{but}"


def rank_vendors(facts: OrderFacts, vendors: Collection[VendorFacts]) -> list[Candidate]:
    """All vendors but the order's own, those who may take it first: with fewest warnings, then least to do. Pure."""
    candidates = [_judge(facts, vendor) for vendor in vendors if vendor.id != facts.order.vendor_id]
    return sorted(
        candidates,
        key=lambda one: (bool(one.objections), len(one.warnings), one.load, one.vendor.name, one.vendor.id),
    )


def _judge(facts: OrderFacts, vendor: VendorFacts) -> Candidate:
    offered = replace(facts, order=replace(facts.order, vendor_id=vendor.id), vendor=vendor)
    found = judge_order(offered, rules=_RULES)
    return Candidate(
        vendor=vendor,
        objections=tuple(one.message for one in found if one.severity == Severity.BLOCKING),
        warnings=tuple(one.message for one in found if one.severity != Severity.BLOCKING),
    )


def plan_reassignments(cycle: Cycle) -> Plan:
    """A held card for each order that was offered to a vendor who may not have it. A fixed number of statements."""
    by_order = _barred()
    if not by_order:
        return Plan()
    several = look_at_orders(by_order, now=cycle.now)
    panel = _panel(several)
    ranked = {facts.order.id or 0: rank_vendors(facts, _licensed(facts, panel)) for facts in several}
    keys = {
        _key(found, candidate): candidate
        for pk, found in by_order.items()
        for candidate in ranked[pk]
        if not candidate.objections
    }
    known = occasions_taken(keys, cycle)
    proposals, left_alone = [], []
    for facts in several:
        found, candidates = by_order[facts.order.id or 0], ranked[facts.order.id or 0]
        answer = _propose(facts, found, candidates, known)
        if isinstance(answer, Left):
            left_alone.append(answer)
        else:
            proposals.append(answer)
    return Plan(proposals=tuple(proposals[:PLAN_LIMIT]), left_alone=tuple(left_alone))


def _barred() -> dict[int, list[OrderException]]:
    rows = OrderException.objects.open().blocking().filter(code__in=BARRING_CODES)
    rows = rows.filter(order__stage__in=OFFERED_STAGES, order__vendor__isnull=False)
    return exceptions_by_order(rows)


def _panel(several: Sequence[OrderFacts]) -> dict[int, VendorFacts]:
    """The active vendors with a licence in a state of the orders, by id. Seven statements."""
    states = {normalise_state(facts.order.state) for facts in several}
    ids = License.objects.filter(state__in=states, vendor__is_active=True).values_list("vendor_id", flat=True)
    return read_vendors(set(ids), several[0].desk.today)


def _licensed(facts: OrderFacts, panel: Mapping[int, VendorFacts]) -> list[VendorFacts]:
    """Those of the panel who ever held a licence where the property is; nobody else comes into question."""
    state = normalise_state(facts.order.state)
    return [vendor for vendor in panel.values() if any(held.state == state for held in vendor.licenses)]


def _key(found: Sequence[OrderException], candidate: Candidate) -> str:
    order = found[0].order
    since = max(row.opened_at for row in found)
    return f"reassign:{order.pk}:{order.vendor_id}:{candidate.vendor.id}:{since:%Y%m%dT%H%M%S}"


def _propose(
    facts: OrderFacts,
    found: Sequence[OrderException],
    candidates: Sequence[Candidate],
    known: Mapping[str, Card],
) -> Proposal | Left:
    """The best vendor whom no person has turned down for this; or why there is none."""
    order = found[0].order
    entitled = [candidate for candidate in candidates if not candidate.objections]
    cards = [known[key] for candidate in entitled if (key := _key(found, candidate)) in known]
    waiting = next((card for card in cards if card.state in OPEN_STATES), None)
    if waiting is not None:
        return Left(subject=order_ref(order), code="reassignment_known", reason=why_not_again(waiting))
    free = [candidate for candidate in entitled if _key(found, candidate) not in known]
    if not free or order.vendor_fee is None:
        return Left(subject=order_ref(order), code="no_other_vendor", reason=_why_nobody(order, candidates))
    return _proposal(facts, found, free[0], [one for one in candidates if one is not free[0]])


def _why_nobody(order: Order, candidates: Sequence[Candidate]) -> str:
    if order.vendor_fee is None:
        return "Nobody knows the vendor's fee, so it can be offered to no other vendor. Enter the fee."
    barred = " ".join(text for one in candidates[:OTHERS_TOLD] for text in one.objections)
    return f"No other vendor of the panel may take it, or each was turned down by a person. {barred}".strip()


def _proposal(
    facts: OrderFacts, found: Sequence[OrderException], chosen: Candidate, others: Sequence[Candidate]
) -> Proposal:
    order = found[0].order
    due = due_date_for(facts, order.vendor_due_date)
    return Proposal(
        kind=REASSIGN_VENDOR,
        subject=order_ref(order),
        payload={
            "order": order.pk,
            "from_vendor": order.vendor_id,
            "vendor": chosen.vendor.id,
            "vendor_name": chosen.vendor.name,
            "vendor_fee": str(order.vendor_fee),
            "vendor_due_date": due.isoformat(),
            "why_chosen": chosen.words,
            "why_not_others": [_why_not(one) for one in others[:OTHERS_TOLD]],
            "approval": APPROVAL,
        },
        reason=f"{order.vendor} may not have order {order}: {' '.join(row.message for row in found)} {chosen.words}",
        evidence=tuple(Evidence(type="exception", id=row.code, quote=row.message) for row in found),
        dedupe_key=_key(found, chosen),
        priority=PRIORITY,
    )


def _why_not(candidate: Candidate) -> str:
    return (
        " ".join(candidate.objections)
        or f"{candidate.vendor.name} could take it too: {candidate.load} in hand."
    )


def due_date_for(facts: OrderFacts, agreed: date | None) -> date:
    """The vendor's day as it was, while it is still to come; else the product's usual time from today."""
    desk = facts.desk
    if agreed is not None and agreed >= desk.today:
        return agreed
    return desk.calendar.add_business_days(desk.today, facts.product.turn_time_days if facts.product else 1)


class ReassignVendorHandler(DatabaseHandler):
    """Takes an order back from its vendor and offers it to another one."""

    kind = REASSIGN_VENDOR
    label = "Offer an order to another vendor"

    def freeze(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Content]:
        """What a person approves: the order, both vendors, the fee and the day."""
        return [
            Content(body=json.dumps(_terms(card), sort_keys=True).encode(), details=_terms(card))
            for card in cards
        ]

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        """Move the order, unless it stands elsewhere by now or the other vendor is barred meanwhile."""
        terms = _terms(card)
        order = Order.objects.select_for_update(no_key=True).get(pk=terms["order"])
        if order.vendor_id != terms["from_vendor"] or order.stage not in OFFERED_STAGES:
            return Outcome(
                effect=Effect.FAILED, reason=f"Order {order} is not offered to that vendor any more."
            )
        actor = card.approved_by or "agent"
        try:
            order = start_assigning(order=order, actor=actor, now=cycle.now, reason=card.reason[:300])
            assign_vendor(
                order=order,
                vendor=Vendor.objects.get(pk=terms["vendor"]),
                vendor_fee=Decimal(terms["vendor_fee"]),
                vendor_due_date=date.fromisoformat(terms["vendor_due_date"]),
                actor=actor,
                now=cycle.now,
            )
        except MoveRefused as refusal:
            # The savepoint of this card takes back the first move, too.
            raise RuntimeError(str(refusal)) from refusal
        return Outcome(effect=Effect.DONE, reason=f"Order {order} is offered to {terms['vendor_name']}.")


def _terms(card: Card) -> dict[str, str | int]:
    names = ("order", "from_vendor", "vendor", "vendor_name", "vendor_fee", "vendor_due_date")
    return {name: card.payload[name] for name in names}
