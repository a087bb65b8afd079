"""Each rule at its border, with a near miss and a missing fact."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent import rules
from agent.rules import RULES, Action, Facts, MissingFact, judge_action
from agent.states import VerdictKind
from agent.tenant_settings import AgentSettings
from tests.conftest import NOW

NEXT_HOUR = NOW + timedelta(hours=1)
NEXT_DAY = NOW + timedelta(days=1)
FACTS = {
    "next_hour": NEXT_HOUR,
    "send_mode": "live",
    "cap_left": 5,
    "cap_until": NEXT_HOUR,
    "mail_stop": "",
    "sensitive": "",
    "sensitive_message": "",
    "domain_objection": "",
    "answer_objection": "",
    "thread_answered_at": None,
    "domain_answered_until": None,
    "messages_in_fortnight": 0,
    "overdue_contacts": 0,
    "goals_set": True,
    "goals_behind": True,
    "pipeline_thin": False,
    "next_business_day": NEXT_DAY,
    "opens_at": None,
    "recipient": "person@client.test",
    "recipient_is_contact": True,
    "suppressed": "",
    "suppressed_until": None,
    "replied_at": None,
    "proposed_at": NOW,
    "unresolved_variables": [],
    "is_deliverable": True,
    "messages_to_contact": 0,
    "ground_mail": "",
    "independence_objection": "",
}

ANSWER = {"in_reply_to": "<1@client.test>", "stream": "transactional"}


def judgement_of(kind="send_email", *, without=(), evidence=(), payload=None, is_rehearsal=False, **facts):
    action = Action(
        kind=kind,
        engine="test",
        contact_id=1,
        is_rehearsal=is_rehearsal,
        evidence_types=frozenset(evidence),
        payload=payload or {},
    )
    known = {name: value for name, value in (FACTS | facts).items() if name not in without}
    return judge_action(action, Facts(known), AgentSettings())


def judge(kind="send_email", **case):
    judgement = judgement_of(kind, **case)
    return judgement.ruling.kind, judgement.rule


ALLOWED = (VerdictKind.ALLOW, "")


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ({"kind": "create_task"}, (VerdictKind.BLOCK, "no_human_task_unless_requested")),
        (
            {"kind": "create_task", "evidence": ["touch"]},
            (VerdictKind.BLOCK, "no_human_task_unless_requested"),
        ),
        ({"kind": "create_task", "evidence": ["mail"]}, ALLOWED),
        (
            {"kind": "create_task", "evidence": ["mail"], "ground_mail": "The quote is not in the mail."},
            (VerdictKind.BLOCK, "no_human_task_unless_requested"),
        ),
        (
            {"kind": "create_task", "evidence": ["mail"], "without": ["ground_mail"]},
            (VerdictKind.HOLD, "no_human_task_unless_requested"),
        ),
        (
            {"kind": "create_task", "evidence": ["mail"], "independence_objection": "It asks for a value."},
            (VerdictKind.BLOCK, "appraiser_stays_independent"),
        ),
        (
            {"kind": "create_task", "evidence": ["mail"], "without": ["independence_objection"]},
            (VerdictKind.HOLD, "appraiser_stays_independent"),
        ),
        (
            {"kind": "create_task", "evidence": ["compliance_deadline"], "ground_compliance_deadline": ""},
            ALLOWED,
        ),
        (
            {
                "kind": "create_task",
                "evidence": ["mail", "safety_escalation"],
                "ground_mail": "No such mail.",
                "ground_safety_escalation": "",
            },
            ALLOWED,
        ),
        ({"kind": "research"}, ALLOWED),
        ({"kind": "research", "overdue_contacts": 1}, (VerdictKind.DEFER, "research_after_engagement")),
        (
            {"kind": "research", "overdue_contacts": 9, "payload": {"purpose": "contact_discovery"}},
            ALLOWED,
        ),
        (
            {"kind": "research", "without": ["overdue_contacts"]},
            (VerdictKind.HOLD, "research_after_engagement"),
        ),
        ({"kind": "research", "goals_set": False}, (VerdictKind.DEFER, "research_after_engagement")),
        ({"kind": "research", "goals_behind": False}, (VerdictKind.DEFER, "research_after_engagement")),
        ({"kind": "research", "goals_behind": False, "pipeline_thin": True}, ALLOWED),
        ({"kind": "research", "goals_set": False, "payload": {"purpose": "contact_discovery"}}, ALLOWED),
        (
            {"kind": "research", "without": ["goals_set"]},
            (VerdictKind.HOLD, "research_after_engagement"),
        ),
        (
            {"kind": "research", "without": ["goals_behind"]},
            (VerdictKind.HOLD, "research_after_engagement"),
        ),
        (
            {"kind": "research", "goals_behind": False, "without": ["pipeline_thin"]},
            (VerdictKind.HOLD, "research_after_engagement"),
        ),
        ({"kind": "research", "cap_left": 0}, (VerdictKind.DEFER, "caps_hold")),
        ({}, ALLOWED),
        ({"recipient": ""}, (VerdictKind.BLOCK, "recipient_is_known")),
        ({"recipient_is_contact": False}, (VerdictKind.BLOCK, "recipient_is_known")),
        ({"suppressed": "They opted out."}, (VerdictKind.BLOCK, "recipient_is_not_suppressed")),
        (
            {"suppressed": "A pause.", "suppressed_until": NEXT_HOUR},
            (VerdictKind.DEFER, "recipient_is_not_suppressed"),
        ),
        ({"without": ["suppressed"]}, (VerdictKind.HOLD, "recipient_is_not_suppressed")),
        ({"unresolved_variables": ["first_name"]}, (VerdictKind.BLOCK, "message_is_complete")),
        ({"replied_at": NOW}, ALLOWED),
        (
            {"replied_at": NOW + timedelta(seconds=1)},
            (VerdictKind.BLOCK, "client_has_not_replied_since"),
        ),
        (
            {"payload": {"approval": "A person decides."}},
            (VerdictKind.HOLD, "approval_is_asked_for"),
        ),
        ({"payload": {"approval": ""}}, ALLOWED),
        ({"messages_to_contact": 1}, (VerdictKind.DEFER, "contact_is_not_crowded")),
        ({"messages_in_fortnight": 2}, ALLOWED),
        ({"messages_in_fortnight": 3}, (VerdictKind.DEFER, "contact_is_not_crowded")),
        # What an order owes them is sent however often we have written.
        ({"messages_to_contact": 9, "payload": {"stream": "transactional"}}, ALLOWED),
        ({"mail_stop": "Mail is stopped."}, (VerdictKind.DEFER, "mail_is_running")),
        ({"mail_stop": "Mail is stopped.", "is_rehearsal": True}, ALLOWED),
        ({"mail_stop": "Mail is stopped.", "kind": "research"}, ALLOWED),
        ({"sensitive": "a password"}, (VerdictKind.BLOCK, "nothing_sensitive_leaves")),
        ({"sensitive_message": "a password"}, (VerdictKind.BLOCK, "nothing_sensitive_leaves")),
        ({"sensitive": "a password", "kind": "research"}, (VerdictKind.BLOCK, "nothing_sensitive_leaves")),
        ({"sensitive": "a password", "kind": "create_task", "evidence": ["mail"]}, ALLOWED),
        ({"kind": "sandbox_job"}, ALLOWED),
        ({"kind": "sandbox_job", "cap_left": 0}, (VerdictKind.DEFER, "caps_hold")),
        ({"opens_at": NEXT_DAY}, (VerdictKind.DEFER, "message_keeps_business_hours")),
        (
            {"opens_at": NEXT_DAY, "payload": {"stream": "marketing"}},
            (VerdictKind.DEFER, "message_keeps_business_hours"),
        ),
        ({"opens_at": NEXT_DAY, "payload": {"stream": "transactional"}}, ALLOWED),
        ({"opens_at": NEXT_DAY, "is_rehearsal": True}, ALLOWED),
        ({"opens_at": NEXT_DAY, "kind": "research"}, ALLOWED),
        ({"without": ["opens_at"]}, (VerdictKind.HOLD, "message_keeps_business_hours")),
        # Of two reasons to wait the opening of the window says until when.
        ({"opens_at": NEXT_DAY, "cap_left": 0}, (VerdictKind.DEFER, "message_keeps_business_hours")),
        ({"answer_objection": "A bounce.", "payload": ANSWER}, (VerdictKind.BLOCK, "machines_get_no_answer")),
        (
            {"answer_objection": "A bounce.", "payload": ANSWER, "is_rehearsal": True},
            (VerdictKind.BLOCK, "machines_get_no_answer"),
        ),
        ({"answer_objection": "A bounce."}, ALLOWED),
        ({"without": ["answer_objection"], "payload": ANSWER}, (VerdictKind.HOLD, "machines_get_no_answer")),
        ({"thread_answered_at": NOW, "payload": ANSWER}, (VerdictKind.HOLD, "answers_keep_their_distance")),
        ({"thread_answered_at": NOW}, ALLOWED),
        ({"thread_answered_at": NOW, "payload": ANSWER, "is_rehearsal": True}, ALLOWED),
        (
            {"domain_answered_until": NEXT_HOUR, "payload": ANSWER},
            (VerdictKind.DEFER, "answers_keep_their_distance"),
        ),
        ({"domain_answered_until": NEXT_HOUR}, ALLOWED),
        (
            {"without": ["domain_answered_until"], "payload": ANSWER},
            (VerdictKind.HOLD, "answers_keep_their_distance"),
        ),
        ({"domain_objection": "No SPF record."}, (VerdictKind.DEFER, "sending_domain_is_proven")),
        ({"domain_objection": "No SPF record.", "is_rehearsal": True}, ALLOWED),
        ({"domain_objection": "No SPF record.", "kind": "research"}, ALLOWED),
        ({"without": ["domain_objection"]}, (VerdictKind.HOLD, "sending_domain_is_proven")),
        ({"is_deliverable": False}, (VerdictKind.DEFER, "delivery_matches_the_plan")),
        ({"is_deliverable": False, "is_rehearsal": True}, ALLOWED),
        ({"cap_left": 0}, (VerdictKind.DEFER, "caps_hold")),
        ({"cap_left": 0, "is_rehearsal": True}, ALLOWED),
        # The strictest wins, whatever its place in the order.
        (
            {"cap_left": 0, "suppressed": "They opted out."},
            (VerdictKind.BLOCK, "recipient_is_not_suppressed"),
        ),
        ({"cap_left": 0, "without": ["recipient"]}, (VerdictKind.HOLD, "recipient_is_known")),
    ],
)
def test_a_rule_at_its_border(case, expected):
    assert judge(**case) == expected


@pytest.mark.parametrize(
    ("case", "until"),
    [
        ({"opens_at": NEXT_DAY}, NEXT_DAY),
        ({"kind": "research", "overdue_contacts": 2, "goals_set": False}, NEXT_HOUR),
        ({"kind": "research", "goals_set": False}, NEXT_DAY),
        ({"kind": "research", "goals_behind": False}, NEXT_DAY),
    ],
)
def test_a_card_that_waits_waits_until_its_reason_may_be_gone(case, until):
    assert judgement_of(**case).ruling.until == until


def test_without_a_goal_the_operator_reads_how_to_set_one():
    assert "Set one under Goals" in judgement_of(kind="research", goals_set=False).ruling.reason


def test_every_rule_says_in_one_sentence_what_it_holds():
    for rule in RULES:
        assert rule.__doc__ and rule.__doc__.strip().endswith(".") and "\n" not in rule.__doc__.strip(), rule


def test_a_rule_that_raises_holds_the_card():
    def broken_rule(action, facts, limits):
        raise ZeroDivisionError("No.")

    action = Action(
        kind="x", engine="x", contact_id=None, is_rehearsal=False, evidence_types=frozenset(), payload={}
    )
    judgement = judge_action(action, Facts({}), AgentSettings(), rules=(broken_rule,))
    assert judgement.ruling.kind == VerdictKind.HOLD
    assert "broken_rule" in judgement.ruling.reason


def test_a_rule_on_trial_is_recorded_and_decides_nothing(monkeypatch):
    def strict_rule(action, facts, limits):
        return rules.block("Never.")

    monkeypatch.setattr(rules, "OBSERVED", frozenset({"strict_rule"}))
    action = Action(
        kind="x", engine="x", contact_id=None, is_rehearsal=False, evidence_types=frozenset(), payload={}
    )
    judgement = judge_action(action, Facts({}), AgentSettings(), rules=(strict_rule,))
    assert judgement.ruling.kind == VerdictKind.ALLOW
    assert judgement.results == (("strict_rule", "block", "Never."),)


def test_a_missing_fact_is_not_an_empty_one():
    with pytest.raises(MissingFact, match="suppressed"):
        Facts({})["suppressed"]
