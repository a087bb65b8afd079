"""What `tests.mutations` takes away of the order desk."""

from __future__ import annotations

from tests.mutation_base import changes_of

OVERRIDES = [
    *changes_of(
        "orders/overrides.py",
        "tests/orders/test_overrides.py::test_an_override_is_void_when_the_order_changes",
        override_is_void_on_change=("    if hash_of(now) != hash_of(override.basis):", "    if False:"),
        override_rests_on_the_payer=('    "bill_to_id": "payer",\n', ""),
    ),
    *changes_of(
        "orders/overrides.py",
        "tests/orders/test_overrides.py::test_a_look_after_its_time_ends_an_override_before_the_planner_does",
        override_expires=("    if override.is_expired:", "    if False:"),
    ),
    *changes_of(
        "orders/overrides.py",
        "tests/orders/test_override_approval.py::test_a_large_order_waits_for_a_second_person",
        "tests/orders/test_override_approval.py::test_more_than_twice_the_limit_needs_a_second_person",
        large_override_takes_two=("    if total is not None and total > TOTAL_FOR_ONE:", "    if False:"),
        far_above_the_limit_takes_two=(
            "    if credit.exposure + needed > LIMITS_FOR_ONE * limit:",
            "    if False:",
        ),
    ),
    *changes_of(
        "orders/services/overrides.py",
        "tests/orders/test_override_approval.py::test_a_large_order_waits_for_a_second_person",
        "tests/orders/test_override_approval.py::test_of_two_people_who_agree_at_once_one_is_the_second_person",
        second_person_is_another=("    if row.requested_by == actor:", "    if False:"),
        second_person_is_one=("    if row.state != OverrideState.AWAITING:", "    if False:"),
    ),
    *changes_of(
        "orders/services/overrides.py",
        "tests/orders/test_override_rights.py",
        override_is_of_what_was_seen=("    if seen != seen_hash(record):", "    if False:"),
        some_codes_are_never_overridden=("        if row.code in NOT_OVERRIDABLE:", "        if False:"),
    ),
    *changes_of(
        "orders/services/override_rights.py",
        "tests/orders/test_override_rights.py",
        agent_never_overrides=("person.get_username() == AGENT or not", "not"),
        overriding_takes_the_permission=(" or not person.has_perm(PERMISSION):", ":"),
        overriding_takes_the_company=("    return any(tenant.pk ==", "    return True or any(tenant.pk =="),
        ceiling_of_overrides=("    if ceiling is not None and total > ceiling:", "    if False:"),
    ),
    *changes_of(
        "orders/services/override_moves.py",
        "tests/orders/test_overrides.py::test_a_withdrawn_override_blocks_again_at_once",
        "tests/orders/test_overrides.py::test_whoever_changes_an_order_voids_its_override_in_the_same_transaction",
        what_ends_covers_nothing=(
            "    OrderException.objects.filter(override__in=overrides).update(override=None)\n",
            "",
        ),
    ),
    *changes_of(
        "orders/services/queue.py",
        "tests/orders/test_overrides.py::test_whoever_changes_an_order_voids_its_override_in_the_same_transaction",
        changing_an_order_voids_its_override=("    if reason == JobReason.CHANGED:", "    if False:"),
    ),
    *changes_of(
        "orders/decisions.py",
        "tests/orders/test_overrides.py::test_an_override_is_void_when_the_order_changes",
        look_asks_whether_the_override_stands=(
            'stored["override_id"] if stored["override_id"] in in_force else None',
            'stored["override_id"]',
        ),
    ),
    *changes_of(
        "orders/engine.py",
        "tests/orders/test_overrides.py::test_an_expired_override_is_ended_by_the_cycle_and_its_order_blocks_again",
        planner_finds_what_has_run_out=(
            "        proposals += [propose_expiry(override, priority=PRIORITY) for override in run_out]\n",
            "",
        ),
    ),
    *changes_of(
        "orders/migrations/0004_overrides.py",
        "tests/orders/test_overrides.py::test_what_an_override_may_not_change_is_refused_by_the_table_too",
        changes_schema=True,
        table_wants_two_people=('("approved_by", models.F("requested_by"))', '("approved_by", "-")'),
    ),
]

FIXES = [
    *changes_of(
        "orders/rules/pricing.py",
        "tests/orders/test_fixes.py::test_fixes_never_raise_what_a_client_pays_beyond_the_limit",
        raised_total_is_bounded=(" and is_effective and tie - total <= facts.desk.upward_fix_limit", ""),
    ),
    *changes_of(
        "orders/rules/pricing.py",
        "tests/orders/test_pricing_rules.py::test_a_quoted_fee_is_not_set_above_the_one_that_was_accepted",
        fee_above_the_accepted_one_is_not_set=(
            "    return accepted is None or fee <= accepted",
            "    return True",
        ),
    ),
    *changes_of(
        "orders/rules/fees.py",
        "tests/orders/test_fixes.py::test_fixes_never_raise_what_a_client_pays_beyond_the_limit",
        raised_fee_is_bounded_without_a_total=(" or quoted - fee <= facts.desk.upward_fix_limit", " or True"),
    ),
    *changes_of(
        "orders/rules/__init__.py",
        "tests/orders/test_fixes.py::test_what_a_person_took_back_is_changed_by_no_other_rule",
        what_was_taken_back_stays=(
            "    taken_back = {change.field for finding in found",
            "    taken_back = {'' for finding in found",
        ),
    ),
    *changes_of(
        "orders/fixes.py",
        "tests/orders/test_validate_orders.py::test_a_fix_is_only_offered_once_work_is_agreed",
        fixes_wait_once_work_is_agreed=("return facts.order.is_in_intake and", "return"),
    ),
]

CREDIT_AND_INDEPENDENCE = [
    *changes_of(
        "orders/loading.py",
        "tests/orders/test_credit.py::test_two_raised_totals_judged_at_once_never_both_pass",
        credit_is_decided_under_a_lock=("(rows.select_for_update() if lock else rows)", "rows"),
    ),
    *changes_of(
        "orders/loading.py",
        "tests/orders/test_credit_changes.py::"
        "test_a_hold_neither_waits_for_an_order_that_is_judged_nor_is_missed_by_it",
        judging_locks_no_keys=("select_for_update(no_key=True)", "select_for_update()"),
    ),
    *changes_of(
        "orders/services/credit.py",
        "tests/orders/test_credit_changes.py::test_a_change_is_told_and_the_payers_open_orders_decided_again",
        credit_is_decided_again=("    look_again_at_payers(client_ids=[client.pk], now=now)\n", ""),
    ),
    *changes_of(
        "orders/vendor_view.py",
        "tests/orders/test_vendor_view.py",
        pressure_is_withheld_from_the_vendor=("*pressing, ", ""),
        estimates_are_withheld_from_the_vendor=(", *told_estimates(order)", ""),
    ),
]
