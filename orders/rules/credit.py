"""Credit: whether the payer may order, and owes no more than it may (domain, 2.2 and CRD-…).

All amounts are reckoned without this order; `orders.loading` reads them under the lock on the payer's terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orders.facts import ClientFacts, OrderFacts
from orders.rules.base import Found, rule
from orders.states import ASSIGNED_STAGES, SETTLED_STAGES

NOTHING = Decimal("0.00")
PAID_BEFORE_WORK = frozenset({"card", "cod", "borrower_pay"})


def takes_credit(facts: OrderFacts) -> bool:
    """Whether the order is billed, and credit for it is still a question."""
    return facts.order.payment_type == "bill" and facts.order.stage not in SETTLED_STAGES


def amount_needed(facts: OrderFacts) -> Decimal | None:
    """What this order adds to the exposure: what is left of its invoice, or its total; None when that is unknown."""
    own = facts.credit.own_invoice_balance
    return own if own is not None else facts.order.total_amount


@rule("CRD-301")
def client_may_not_order(facts: OrderFacts) -> Iterator[Found]:
    """The payer, or the client that orders, is not active or has no agreement in force."""
    if facts.order.stage in SETTLED_STAGES:
        return
    parties = {facts.bill_to.id: ("", facts.bill_to)}
    parties.setdefault(facts.client.id, ("ordered_by", facts.client))
    for subject, party in parties.values():
        reason = _why_not(party, facts)
        if reason:
            yield Found(
                subject=subject,
                values={"client": party.name, "status": reason},
                evidence={"status": party.status},
            )


def _why_not(party: ClientFacts, facts: OrderFacts) -> str:
    if party.status != "active":
        return "a prospect, not a client yet" if party.status == "prospect" else party.status
    if party.agreement_expires_date is None:
        return "without an agreement"
    if party.agreement_expires_date < facts.desk.today:
        return f"without an agreement since {party.agreement_expires_date}"
    return ""


@rule("CRD-302")
def client_has_no_terms(facts: OrderFacts) -> Iterator[Found]:
    """A billed order of a payer without credit terms, or with prepaid ones."""
    if takes_credit(facts) and not facts.credit.credit_limit:
        limit = facts.credit.credit_limit
        yield Found(
            values={"client": facts.bill_to.name},
            evidence={"credit_limit": None if limit is None else f"{limit:.2f}"},
        )


@rule("CRD-303")
def credit_is_exhausted(facts: OrderFacts) -> Iterator[Found]:
    """The payer would owe more than it may. Exactly the limit passes."""
    needed, credit = amount_needed(facts), facts.credit
    if takes_credit(facts) and credit.credit_limit and needed is not None and needed > credit.available:
        values = {
            "total": f"{needed:,.2f}",
            "available": f"{max(credit.available, NOTHING):,.2f}",
            "limit": f"{credit.credit_limit:,.2f}",
        }
        yield Found(values=values, evidence=_exposure(facts))


@rule("CRD-304")
def credit_is_nearly_exhausted(facts: OrderFacts) -> Iterator[Found]:
    """The payer would come close to its limit, and not above it."""
    needed, credit = amount_needed(facts), facts.credit
    if not takes_credit(facts) or not credit.credit_limit or needed is None or needed > credit.available:
        return
    used = (credit.exposure + needed) * 100 / credit.credit_limit
    if used >= facts.desk.credit_warning_percent:
        yield Found(values={"client": facts.bill_to.name, "pct": f"{used:.0f}"}, evidence=_exposure(facts))


def _exposure(facts: OrderFacts) -> dict[str, str]:
    credit = facts.credit
    return {
        "open_receivable": f"{credit.open_receivable:.2f}",
        "unbilled": f"{credit.unbilled:.2f}",
        "credits": f"{credit.credits:.2f}",
        "exposure": f"{credit.exposure:.2f}",
        "limit": f"{credit.credit_limit:.2f}",
    }


def is_held_for_lateness(facts: OrderFacts) -> bool:
    """Whether undisputed invoices are so late, and so large, that nothing more is billed."""
    return facts.credit.late_amount >= facts.desk.past_due_amount and facts.credit.late_count > 0


@rule("CRD-305")
def invoices_are_late(facts: OrderFacts) -> Iterator[Found]:
    """Undisputed invoices are past due beyond the desk's days, with a balance that matters."""
    if takes_credit(facts) and is_held_for_lateness(facts):
        count, days = facts.credit.late_count, facts.desk.past_due_days
        invoices = "1 invoice is" if count == 1 else f"{count} invoices are"
        yield Found(
            message=f"{invoices} over {days} days late ({facts.credit.late_amount:,.2f}).",
            evidence={"oldest_due_date": str(facts.credit.oldest_due_date)},
        )


@rule("CRD-306")
def an_invoice_is_past_due(facts: OrderFacts) -> Iterator[Found]:
    """Something undisputed is past due, but not so late or so large that it holds the order."""
    credit = facts.credit
    if not takes_credit(facts) or is_held_for_lateness(facts) or credit.past_due_amount <= 0:
        return
    if credit.oldest_due_date is not None:
        days = (facts.desk.today - credit.oldest_due_date).days
        yield Found(
            values={"days": days},
            message="Oldest invoice is 1 day late." if days == 1 else "",
            evidence={"amount": f"{credit.past_due_amount:.2f}"},
        )


@rule("CRD-307")
def client_is_on_credit_hold(facts: OrderFacts) -> Iterator[Found]:
    """A person holds the payer's orders."""
    if facts.credit.held_by and facts.order.stage not in SETTLED_STAGES:
        yield Found(values={"user": facts.credit.held_by, "reason": facts.credit.hold_reason})


@rule("CRD-308")
def payment_is_not_authorised(facts: OrderFacts) -> Iterator[Found]:
    """A vendor has the file, and the payment that must come first has not been authorised."""
    order = facts.order
    if order.payment_type in PAID_BEFORE_WORK and order.working_stage in ASSIGNED_STAGES:
        if not order.payment_authorised:
            yield Found(evidence={"payment_type": order.payment_type, "stage": order.stage})


@rule("CRD-309")
def somebody_else_pays(facts: OrderFacts) -> Iterator[Found]:
    """Another client than the one that orders is to pay; no client has agreed to that in general."""
    if facts.bill_to.id != facts.client.id and facts.order.stage not in SETTLED_STAGES:
        yield Found(values={"a": facts.bill_to.name, "b": facts.client.name})


@rule("CRD-310")
def late_invoices_are_disputed(facts: OrderFacts) -> Iterator[Found]:
    """All that is past due is under dispute, so it does not hold the order."""
    credit = facts.credit
    if takes_credit(facts) and credit.disputed_past_due_amount > 0 and credit.past_due_amount == 0:
        yield Found(evidence={"disputed": f"{credit.disputed_past_due_amount:.2f}"})
