"""Whether a payer may owe what one order adds (domain, 2.2). Pure: the figures are read under the payer's lock.

The rules that say why not, one code each, live in `orders.rules.credit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import models

from orders.facts import OrderFacts
from orders.rules.credit import amount_needed, is_held_for_lateness, takes_credit


class CreditVerdict(models.TextChoices):
    """What credit says to an order."""

    APPROVE = "approve", "Approve"
    DECLINE = "decline", "Decline"
    NOT_APPLICABLE = "not_applicable", "Not applicable"  # nothing is billed


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditDecision:
    """The verdict and the payer's figures in dollars, none of which counts the order itself."""

    verdict: CreditVerdict
    limit: Decimal | None
    """None: no terms."""
    exposure: Decimal
    available: Decimal | None
    """None without terms."""


def decide_credit(facts: OrderFacts) -> CreditDecision:
    """Approve only for an active payer with terms and room for the whole, not late and not on hold.

    An order whose amount is unknown is not approved.
    """
    credit, needed = facts.credit, amount_needed(facts)
    approved = (
        facts.bill_to.status == "active"
        and bool(credit.credit_limit)
        and needed is not None
        and needed <= credit.available
        and not is_held_for_lateness(facts)
        and not credit.held_by
    )
    verdict = CreditVerdict.APPROVE if approved else CreditVerdict.DECLINE
    return CreditDecision(
        verdict=verdict if takes_credit(facts) else CreditVerdict.NOT_APPLICABLE,
        limit=credit.credit_limit,
        exposure=credit.exposure,
        available=None if credit.credit_limit is None else credit.available,
    )
