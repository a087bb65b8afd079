"""A complete order raises nothing, whatever its stage."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from orders.rules import NOT_JUDGED, RULES, Found, judge_order, rule
from orders.states import Severity, Stage
from tests.orders.cast import NOW, order_facts, vendor_facts


@pytest.mark.parametrize("stage", Stage.values)
def test_a_complete_order_raises_nothing_in_any_stage(stage: str) -> None:
    facts = order_facts(
        stage=stage, vendor=vendor_facts(), delivered_at=NOW if stage in ("delivered", "closed") else None
    )
    assert judge_order(facts) == ()


def test_every_code_of_the_data_file_has_one_rule_with_its_words() -> None:
    texts = [
        (text["code"], text["severity"], text["message"])
        for text in json.loads(Path("orders/rules.json").read_text())
    ]
    assert sorted((rule.code, rule.severity, rule.template) for rule in RULES) == sorted(texts)
    assert all(rule.check.__doc__ for rule in RULES)


def test_a_rule_that_fails_is_a_blocking_finding_and_stops_no_other() -> None:
    @rule("REQ-206")
    def broken(facts):  # type: ignore[no-untyped-def]
        raise ZeroDivisionError("no such fact")

    @rule("REQ-210")
    def working(facts):  # type: ignore[no-untyped-def]
        yield Found()

    failed, found = judge_order(order_facts(), rules=(broken, working))
    assert (failed.code, failed.subject, failed.severity) == ("REQ-206", NOT_JUDGED, Severity.BLOCKING)
    assert "no such fact" in failed.evidence["error"]
    assert found.code == "REQ-210"


def test_a_fact_that_was_not_loaded_is_seen() -> None:
    findings = judge_order(order_facts(product_id=999))
    assert {finding.subject for finding in findings} == {NOT_JUDGED}
    assert "REQ-219" in {finding.code for finding in findings}


def test_an_order_from_long_ago_that_was_delivered_in_time_raises_nothing() -> None:
    facts = order_facts(
        stage=Stage.DELIVERED,
        ordered_at=NOW - timedelta(days=60),
        due_date=(NOW - timedelta(days=45)).date(),
        delivered_at=NOW - timedelta(days=46),
    )
    assert judge_order(facts) == ()
