"""Sections of an order's page that are reckoned when it is opened: the payer's credit, and what the vendor sees."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from agent.admin.display import badge, link_to, listing, meter, pairs, sentence, stack
from orders.credit import CreditVerdict, decide_credit
from orders.exposure import read_open_invoices
from orders.facts import OrderFacts
from orders.loading import DeskNotSetUp, read_order_facts
from orders.models import Order
from orders.rules.credit import amount_needed
from orders.vendor_view import vendor_view, withheld_fields
from orders.what_if import credit_what_if

_TONES = {CreditVerdict.APPROVE: "good", CreditVerdict.DECLINE: "bad"}
_WORDS = {CreditVerdict.APPROVE: "Approved", CreditVerdict.DECLINE: "Declined"}


def describe_credit(order: Order, now: datetime) -> SafeString:
    """The payer's limit and what uses it up, whether this order passes, and what would let it pass."""
    try:
        facts = read_order_facts(order.pk, now=now)
    except DeskNotSetUp as error:
        return sentence(str(error))
    decision = decide_credit(facts)
    if decision.verdict == CreditVerdict.NOT_APPLICABLE:
        return sentence(_why_not_asked(order))
    verdict = badge(_WORDS[decision.verdict], _TONES[decision.verdict])
    ways = credit_what_if(facts, read_open_invoices(facts))
    parts = [
        _gauge(facts),
        pairs([("Verdict", verdict), ("Payer", link_to(order.bill_to)), *_figures(facts)]),
    ]
    return stack(*parts, *([listing(ways)] if ways else []))


def _why_not_asked(order: Order) -> str:
    if order.payment_type != "bill":
        return f"Needs no credit: {order.get_payment_type_display() or 'no way to pay is stated'}."
    return "Nothing is left to decide about its credit."


def _gauge(facts: OrderFacts) -> SafeString:
    """How much of the limit is used with this order."""
    limit, used = facts.credit.credit_limit or Decimal(0), _used(facts)
    share = f" ({used * 100 / limit:.0f} %)" if limit else ""
    words = f"{used:,.2f} of {limit:,.2f} used with this order{share}"
    warning = limit * facts.desk.credit_warning_percent / 100
    return meter(used, warn_from=warning, bad_above=limit, words=words)


def _used(facts: OrderFacts) -> Decimal:
    return facts.credit.exposure + (amount_needed(facts) or Decimal(0))


def _figures(facts: OrderFacts) -> list[tuple[str, Any]]:
    credit, needed = facts.credit, amount_needed(facts)
    free = credit.available - (needed or Decimal(0))
    return [
        ("Limit", "No terms" if credit.credit_limit is None else _dollars(credit.credit_limit)),
        ("Open invoices", _dollars(credit.open_receivable)),
        ("Other orders without an invoice", _dollars(credit.unbilled)),
        ("Payments not applied", _dollars(-credit.credits) if credit.credits else ""),
        ("Available", _dollars(credit.available)),
        ("This order", "" if needed is None else _dollars(needed)),
        ("Left after it", _dollars(free)),
        (
            "Late",
            f"{_dollars(credit.late_amount)} beyond {facts.desk.past_due_days} days"
            if credit.late_count
            else "",
        ),
    ]


def _dollars(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def describe_vendor_view(order: Order) -> SafeString:
    """Every value that the vendor may see, and the names of those that are withheld."""
    withheld = [_label(field) for field in withheld_fields(order)]
    words = (
        f"Withheld: {', '.join(withheld)}." if withheld else "Nothing of what a vendor may see is withheld."
    )
    return stack(
        sentence(words), pairs((_label(field), _shown(order, field)) for field in vendor_view(order))
    )


def _shown(order: Order, field: str) -> Any:
    display = getattr(order, f"get_{field}_display", None)
    return display() if display else getattr(order, field)


def _label(field: str) -> str:
    name = str(Order._meta.get_field(field).verbose_name)
    return name[:1].upper() + name[1:]
