"""What would have to change for credit to approve an order, as sentences for the operator. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from orders.credit import CreditVerdict, decide_credit
from orders.facts import OpenInvoice, OrderFacts
from orders.rules.credit import amount_needed, is_held_for_lateness

ZERO = Decimal("0.00")


def credit_what_if(facts: OrderFacts, invoices: Sequence[OpenInvoice]) -> tuple[str, ...]:
    """The ways in which credit would approve the order, the likeliest first; none where it does or nothing is billed.

    `invoices` are the payer's open ones without the order's own. Nobody is expected to pay what they dispute.
    """
    if decide_credit(facts).verdict != CreditVerdict.DECLINE:
        return ()
    needed = amount_needed(facts)
    if needed is None:
        return ("Credit can be decided once the order has a total.",)
    before_all = _what_people_must_do(facts)
    ways = [[*before_all, *way] for way in _ways(facts, needed, invoices)]
    sentences = [f"Passes if {_joined(way)}." for way in ways]
    if not before_all:
        sentences.append("Needs no credit if it is paid by card before the work.")
    return tuple(sentences)


def _what_people_must_do(facts: OrderFacts) -> list[str]:
    """What no payment and no limit can replace."""
    name, steps = facts.bill_to.name, []
    if facts.bill_to.status != "active":
        steps.append(f"{name} is made an active client")
    if facts.credit.held_by:
        steps.append(f"the hold on {name} is released")
    return steps


def _ways(facts: OrderFacts, needed: Decimal, invoices: Sequence[OpenInvoice]) -> list[list[str]]:
    """By payment alone; and by a higher limit, with the payment that ends the hold for lateness."""
    missing = max(needed - facts.credit.available, ZERO) if facts.credit.credit_limit else None
    late = _late_to_pay(facts, invoices)
    if missing is None:
        return [[*_paid(late), _limit(facts, needed, late)]]
    ways = []
    payments = _enough_for(missing, late, invoices)
    if payments is not None:
        ways.append(_paid(payments))
    if missing > _sum(late):
        ways.append([*_paid(late), _limit(facts, needed, late)])
    return ways


def _late_to_pay(facts: OrderFacts, invoices: Sequence[OpenInvoice]) -> list[OpenInvoice]:
    """The fewest late invoices whose payment ends the hold for lateness."""
    if not is_held_for_lateness(facts):
        return []
    last = facts.desk.today - timedelta(days=facts.desk.past_due_days)
    late = [each for each in invoices if each.due_date < last and not each.is_disputed]
    chosen, rest = [], facts.credit.late_amount
    for invoice in sorted(late, key=lambda each: (-each.balance_due, each.due_date)):
        if rest < facts.desk.past_due_amount:
            break
        chosen.append(invoice)
        rest -= invoice.balance_due
    return chosen


def _enough_for(
    missing: Decimal, late: Sequence[OpenInvoice], invoices: Sequence[OpenInvoice]
) -> list[OpenInvoice] | None:
    """The late ones, and the fewest others whose payment makes the room that is missing; None when all do not.

    Where one does, it is the one due first.
    """
    missing -= _sum(late)
    others = [each for each in invoices if each not in late and not each.is_disputed]
    if missing <= 0:
        return list(late)
    by_age = sorted(others, key=lambda each: (each.due_date, each.invoice_number))
    one = next((each for each in by_age if each.balance_due >= missing), None)
    if one is not None:
        return [*late, one]
    chosen: list[OpenInvoice] = []
    for invoice in sorted(by_age, key=lambda each: -each.balance_due):
        if _sum(chosen) >= missing:
            break
        chosen.append(invoice)
    return [*late, *chosen] if _sum(chosen) >= missing else None


def _limit(facts: OrderFacts, needed: Decimal, paid: Sequence[OpenInvoice]) -> str:
    return f"the limit is {facts.credit.exposure - _sum(paid) + needed:,.2f}"


def _paid(invoices: Sequence[OpenInvoice]) -> list[str]:
    numbers = [each.invoice_number for each in sorted(invoices, key=lambda each: each.due_date)]
    if not numbers:
        return []
    return [f"invoice {numbers[0]} is paid" if len(numbers) == 1 else f"invoices {_joined(numbers)} are paid"]


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _sum(invoices: Sequence[OpenInvoice]) -> Decimal:
    return sum((each.balance_due for each in invoices), ZERO)
