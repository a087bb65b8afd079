"""One cycle, end to end, with a small domain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.cycle import preview_cycle, run_cycle
from agent.engine import KernelEngine
from agent.models import (
    Card,
    CardTransition,
    Event,
    Intent,
    LeftAlone,
    PolicyViolation,
    Preview,
    Reflection,
    Run,
    Task,
    Verdict,
)
from agent.registry import Evidence, Hint, Left, Ref, Report, registry
from agent.states import CardState, RunState
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def parcels():
    engine = ParcelEngine()
    with registry.override(KernelEngine(), engine):
        yield engine


def go_live(tenant):
    tenant.agent_settings = {"send_mode": "live"}
    tenant.save(update_fields=["agent_settings"])


def test_a_cycle_carries_out_what_the_rules_allow_and_says_so(meridian, harborpine, parcels, now):
    parcels.proposals = [make_proposal(1, kind="research"), make_proposal(2, kind="research")]
    report = run_cycle(tenant=meridian, now=now)
    assert report.state == RunState.COMPLETED
    assert report.cards["proposed"] == report.cards["allowed"] == report.cards["done"] == 2
    assert report.actions[0]["evidence"] == [{"type": "parcel", "id": "1", "quote": ""}]
    with tenant_scope(meridian):
        assert Event.objects.filter(kind="parcel.looked_up").count() == 2
        assert [
            t.new for t in CardTransition.objects.order_by("id") if t.card_id == Card.objects.first().pk
        ] == [
            "proposed",
            "allowed",
            "executing",
            "done",
        ]
        assert Verdict.objects.count() == 4
    with tenant_scope(harborpine):
        assert not Card.objects.exists()


def test_a_second_cycle_repeats_no_action(meridian, parcels, now):
    parcels.proposals = [make_proposal(1, kind="research")]
    run_cycle(tenant=meridian, now=now)
    again = run_cycle(tenant=meridian, now=now + timedelta(hours=1))
    assert again.cards["proposed"] == again.cards["done"] == 0
    assert again.cycle_number == 2


def test_a_dry_run_keeps_the_message_and_leaves_the_live_occasion_free(meridian, parcels, now):
    parcels.proposals = [make_proposal(1)]
    sent = []
    parcels.send = lambda intent: sent.append(bytes(intent.content))
    run_cycle(tenant=meridian, now=now)
    assert sent == []
    with tenant_scope(meridian):
        card = Card.objects.get()
        assert (card.state, card.is_rehearsal, card.result) == (CardState.DONE, True, {"rehearsed": True})
        assert bytes(Intent.objects.get().content) == b"Parcel 1"
    assert parcels.courier.recorded == []


def test_going_live_sends_what_was_only_rehearsed(meridian, parcels, now):
    parcels.proposals = [make_proposal(1)]
    run_cycle(tenant=meridian, now=now)
    go_live(meridian)
    sent = []

    def send(intent):
        sent.append(bytes(intent.content))
        return parcels.courier.settlement.__class__(effect="done", reason="Delivered.")

    parcels.send = send
    report = run_cycle(tenant=meridian, now=now + timedelta(hours=1))
    assert sent == [b"Parcel 1"]
    assert report.cards["done"] == 1
    run_cycle(tenant=meridian, now=now + timedelta(hours=2))
    assert sent == [b"Parcel 1"]


def test_a_simulated_clock_never_sends(meridian, parcels, now):
    go_live(meridian)
    parcels.proposals = [make_proposal(1)]
    parcels.send = lambda intent: pytest.fail("A simulated cycle sent a message.")
    report = run_cycle(tenant=meridian, now=now, is_simulated=True)
    assert report.cards["done"] == 1
    with tenant_scope(meridian):
        assert Card.objects.get().is_rehearsal


def test_a_simulated_clock_leaves_alone_what_waits_for_the_real_one(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "live", "max_emails_per_hour": 0}
    meridian.save(update_fields=["agent_settings"])
    parcels.proposals = [make_proposal(1)]
    run_cycle(tenant=meridian, now=now)
    run_cycle(tenant=meridian, now=now + timedelta(days=300), is_simulated=True)
    with tenant_scope(meridian):
        waiting = Card.objects.get(is_rehearsal=False)
        assert (waiting.state, waiting.not_before) == (CardState.DEFERRED, now + timedelta(hours=1))


def test_a_refusal_is_stored_with_its_rule_its_sentence_and_its_facts(meridian, parcels, now):
    parcels.proposals = [make_proposal(1, kind="create_task")]
    report = run_cycle(tenant=meridian, now=now)
    assert report.cards["blocked"] == 1
    assert report.reflection["blocked"][0]["rule"] == "no_human_task_unless_requested"
    with tenant_scope(meridian):
        verdict = Verdict.objects.get()
        assert "client asked" in verdict.reason
        assert verdict.facts["send_mode"] == "dry_run"
        # What holds for the whole tenant is kept with the verdicts of the cards that a rule asked it for.
        assert "overdue_contacts" not in verdict.facts
    parcels.proposals = [make_proposal(2, kind="research")]
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        assert Verdict.objects.filter(card__kind="research").first().facts["overdue_contacts"] == 0
        assert PolicyViolation.objects.get().rule == "no_human_task_unless_requested"
        assert not Task.objects.exists()


def test_a_task_needs_words_that_an_engine_has_verified(meridian, parcels, now):
    words = (Evidence(type="mail", id="<a@b>", quote="Please call me."),)
    parcels.proposals = [make_proposal(1, kind="create_task", evidence=words)]
    assert run_cycle(tenant=meridian, now=now).cards["held"] == 1  # nobody vouches: a person must decide
    parcels.known = {"ground_mail": "", "independence_objection": ""}
    parcels.proposals = [make_proposal(2, kind="create_task", evidence=words)]
    assert run_cycle(tenant=meridian, now=now).cards["done"] == 1
    with tenant_scope(meridian):
        assert Task.objects.get().what == "Look at parcel 2"


def test_a_card_that_fails_spoils_no_other_of_its_batch(meridian, parcels, now):
    parcels.proposals = [
        make_proposal(1, kind="research"),
        make_proposal(2, kind="research", payload={"fails": True}),
        make_proposal(3, kind="research"),
    ]
    report = run_cycle(tenant=meridian, now=now)
    assert (report.cards["done"], report.cards["failed"]) == (2, 1)
    with tenant_scope(meridian):
        assert Event.objects.filter(kind="parcel.looked_up").count() == 2
        assert "This parcel is broken." in Card.objects.get(state="failed").rule_reason


def test_rows_left_alone_are_kept_with_their_reason(meridian, parcels, now):
    parcels.left_alone = [
        Left(subject=Ref(kind="parcel", id="9", label="Parcel 9"), code="early", reason="Not due.")
    ]
    report = run_cycle(tenant=meridian, now=now)
    assert report.left_alone[0]["reason"] == "Not due."
    with tenant_scope(meridian):
        assert LeftAlone.objects.get().code == "early"


def test_the_hourly_cap_defers_and_the_next_hour_serves(meridian, parcels, now):
    meridian.agent_settings = {"send_mode": "live", "max_emails_per_hour": 2}
    meridian.save(update_fields=["agent_settings"])
    parcels.proposals = [make_proposal(number) for number in range(5)]
    first = run_cycle(tenant=meridian, now=now)
    assert (first.cards["done"], first.cards["deferred"]) == (2, 3)
    assert first.actions[-1]["rule"] == "caps_hold"
    second = run_cycle(tenant=meridian, now=now + timedelta(hours=1))
    assert (second.cards["done"], second.cards["deferred"]) == (2, 1)
    third = run_cycle(tenant=meridian, now=now + timedelta(hours=2))
    assert third.cards["done"] == 1


def test_engines_react_to_events_once(meridian, parcels, now):
    parcels.proposals = [make_proposal(1, kind="research")]
    run_cycle(tenant=meridian, now=now)
    run_cycle(tenant=meridian, now=now)
    assert parcels.seen == [("parcel.looked_up", "1")]


def test_a_reflection_tells_what_moved_and_passes_hints_to_the_next_plan(meridian, parcels, now):
    hint = Hint(engine="parcels", code="go_slow", reason="Too many parcels.")
    parcels.report_with = Report(figures={"waiting": 4}, hints=(hint,))
    report = run_cycle(tenant=meridian, now=now)
    assert {"figure": "parcels.waiting", "before": None, "after": 4} in report.reflection["moved"]
    given = []
    parcels.plan = lambda cycle: (
        given.extend(cycle.hints_for("parcels", "go_slow")) or ParcelEngine.plan(parcels, cycle)
    )
    run_cycle(tenant=meridian, now=now)
    assert [entry.reason for entry in given] == ["Too many parcels."]
    with tenant_scope(meridian):
        assert Reflection.objects.count() == 2


def test_a_preview_shows_the_next_cycle_and_changes_nothing(meridian, parcels, now):
    parcels.proposals = [make_proposal(1, kind="research"), make_proposal(2, kind="create_task")]
    preview = preview_cycle(tenant=meridian, now=now)
    assert [(action["kind"], action["state"]) for action in preview.actions] == [
        ("research", "allowed"),
        ("create_task", "blocked"),
    ]
    with tenant_scope(meridian):
        assert not Card.objects.exists() and not Run.objects.exists() and not Verdict.objects.exists()
        assert Preview.objects.count() == 1


def test_a_run_stores_its_drift_from_the_preview(meridian, parcels, now):
    parcels.proposals = [make_proposal(1, kind="research"), make_proposal(2, kind="research")]
    preview_cycle(tenant=meridian, now=now)
    parcels.shared = {"overdue_contacts": 3}
    parcels.proposals = [make_proposal(2, kind="research"), make_proposal(3, kind="research")]
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian):
        run = Run.objects.get()
        assert [entry["key"] for entry in run.drift["missing"]] == ["research:1"]
        assert [entry["key"] for entry in run.drift["added"]] == ["research:3"]
        assert [(entry["key"], entry["foreseen"]) for entry in run.drift["changed"]] == [
            ("research:2", "allowed")
        ]
        assert Preview.objects.get().run_id == run.pk


def test_an_engine_that_raises_fails_its_tenants_cycle_and_says_where(meridian, harborpine, parcels, now):
    def broken(cycle):
        if cycle.tenant == meridian:
            raise RuntimeError("The parcels are upside down.")
        return ParcelEngine.plan(parcels, cycle)

    parcels.plan = broken
    report = run_cycle(tenant=meridian, now=now)
    assert (report.state, report.stop_reason) == (RunState.FAILED, "error")
    assert "upside down" in report.stop_detail
    assert run_cycle(tenant=harborpine, now=now).state == RunState.COMPLETED
