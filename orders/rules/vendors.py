"""The vendor's right to take the file: licence and insurance on the days that matter (VND-…)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orders.addresses import ZIP_PREFIXES, normalise_state
from orders.facts import OrderFacts
from orders.rules.base import Found, rule
from orders.states import Stage


def day_of_report(facts: OrderFacts) -> date:
    """The day until which the vendor must be entitled: delivery, or the due date, and never a day already past."""
    order, today = facts.order, facts.desk.today
    if order.delivered_at is not None:
        return facts.desk.local_date(order.delivered_at)
    return max(today, order.due_date or today)


@rule("VND-501")
def vendor_has_no_licence(facts: OrderFacts) -> Iterator[Found]:
    """The vendor has no licence of the property's state that holds until the report is due."""
    vendor, state = facts.vendor, normalise_state(facts.order.state)
    needs_none = facts.product is not None and not facts.product.min_credential
    if vendor is None or needs_none or state not in ZIP_PREFIXES or facts.order.stage == Stage.CANCELLED:
        return
    day = day_of_report(facts)
    licences = [licence for licence in vendor.licenses if licence.state == state]
    if not any(licence.covers(day) for licence in licences):
        ended = max((licence.expires_date for licence in licences), default=None)
        yield Found(
            values={"vendor": vendor.name, "state": state, "date": day.isoformat()},
            evidence={"expires_date": ended.isoformat() if ended else None},
        )


@rule("VND-503")
def vendor_is_not_insured(facts: OrderFacts) -> Iterator[Found]:
    """The vendor's errors-and-omissions insurance ends before the report is due, or covers too little."""
    vendor = facts.vendor
    if vendor is None or facts.order.stage == Stage.CANCELLED:
        return
    day, minimum = day_of_report(facts), facts.desk.eo_minimum_amount
    enough = [p for p in vendor.eo_policies if p.per_claim_limit is None or p.per_claim_limit >= minimum]
    if not any(policy.covers(day) for policy in enough):
        ended = max((policy.expires_date for policy in enough), default=None)
        yield Found(
            values={"vendor": vendor.name, "date": ended.isoformat() if ended else "before it began"},
            evidence={"day": day.isoformat(), "least_per_claim": f"{minimum:.2f}"},
        )
