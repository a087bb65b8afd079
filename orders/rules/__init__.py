"""The rules of the order desk: one pure function each, all run every time.

Adding one: write it in the module of its kind with its code from `rules.json`, and name it in `RULES`. A rule looks at
`OrderFacts` only; what it needs and is not there is added to `orders.facts` and read in `orders.loading`.
"""

from __future__ import annotations

from collections.abc import Collection

from orders.facts import OrderFacts
from orders.fixes import safe_fixes_allowed, with_changes
from orders.rules import credit, fees, independence, neighbours, pricing, requirements, scope, vendors
from orders.rules.base import NOT_JUDGED, NOT_OVERRIDABLE, Finding, Found, Rule, rule

__all__ = [
    "NOT_JUDGED",
    "NOT_OVERRIDABLE",
    "RULES",
    "RULES_VERSION",
    "Finding",
    "Found",
    "Rule",
    "fix_order",
    "judge_order",
    "rule",
]

# Kept with every exception and fix; changes with the meaning of any rule.
RULES_VERSION = "2026.12"

# The order is that of the fixes: what was ordered, then fee, tech fee and total, then everything else.
RULES: tuple[Rule, ...] = (
    scope.product_is_unknown,
    scope.legacy_form_is_named,
    pricing.amount_cannot_be_billed,
    pricing.fee_is_missing,
    fees.fee_is_not_the_quoted_one,
    fees.fee_was_raised_after_acceptance,
    pricing.amount_is_negative,
    pricing.tech_fee_is_not_the_agreed_one,
    pricing.total_is_not_the_sum,
    pricing.total_is_below_the_fee,
    fees.fee_differs_a_little,
    fees.fee_differs_a_lot,
    fees.there_is_no_price,
    fees.another_price_list_was_used,
    fees.margin_is_too_small,
    scope.rush_is_not_priced_as_needed,
    scope.complexity_is_not_priced,
    neighbours.add_on_product_stands_alone,
    requirements.address_is_incomplete,
    requirements.borrower_cannot_be_reached,
    requirements.nobody_lets_the_appraiser_in,
    requirements.fha_case_number_is_missing,
    requirements.va_assigns_its_own_orders,
    requirements.loan_number_is_missing,
    requirements.loan_is_not_described,
    requirements.engagement_is_not_described,
    scope.due_date_is_too_soon,
    requirements.contract_is_missing,
    scope.product_does_not_fit,
    neighbours.order_looks_like_a_duplicate,
    requirements.state_is_not_served,
    requirements.borrower_looks_like_somebody_else,
    requirements.access_is_unclear,
    neighbours.portal_offer_is_gone,
    requirements.payment_type_is_missing,
    credit.client_may_not_order,
    credit.client_has_no_terms,
    credit.credit_is_exhausted,
    credit.credit_is_nearly_exhausted,
    credit.invoices_are_late,
    credit.an_invoice_is_past_due,
    credit.client_is_on_credit_hold,
    credit.payment_is_not_authorised,
    credit.somebody_else_pays,
    credit.late_invoices_are_disputed,
    independence.text_asks_for_a_value,
    independence.estimate_is_visible_to_the_vendor,
    independence.loan_production_has_a_say,
    independence.vendor_is_not_independent,
    vendors.vendor_has_no_licence,
    vendors.vendor_is_not_certified,
    vendors.vendor_is_not_insured,
    vendors.papers_of_the_vendor_are_due,
    vendors.vendor_is_overcommitted,
)


def judge_order(facts: OrderFacts, *, rules: tuple[Rule, ...] = RULES) -> tuple[Finding, ...]:
    """Everything that is wrong with one order, by code. No rule stops another."""
    findings = [finding for each in rules for finding in each.judge(facts)]
    return tuple(sorted(findings, key=lambda finding: finding.key))


def fix_order(
    facts: OrderFacts,
    found: Collection[Finding],
    *,
    refused: Collection[tuple[str, str]] = (),
    rules: tuple[Rule, ...] = RULES,
) -> tuple[OrderFacts, tuple[Finding, ...]]:
    """One pass of safe fixes: the facts after it, and the findings whose fixes were made.

    `found` is what is wrong before it. Each rule sees what the fixes before it left. `refused` names findings whose
    fix a person took back: what it changed is changed by no other rule either. Nothing is fixed once work is agreed or
    an invoice is out (domain, 2.1.5).
    """
    # The first fix is one of what was found: without any, the pass would make none.
    if not safe_fixes_allowed(facts) or not any(finding.fix for finding in found):
        return facts, ()
    taken_back = {change.field for finding in found if finding.key in refused for change in finding.fix}
    made: list[Finding] = []
    for each in rules:
        for finding in each.judge(facts):
            if finding.fix and taken_back.isdisjoint(change.field for change in finding.fix):
                facts = with_changes(facts, finding.fix)
                made.append(finding)
    return facts, tuple(made)
