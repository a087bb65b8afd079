"""What becomes of a card whose effect leaves: done, tried again, failed, or unknown and left to a person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.executor import execute_cards
from agent.limits import read_left
from agent.models import Card, CardTransition, Intent, Run
from agent.moves import Move, MoveRefused, move_card, move_cards
from agent.registry import Effect, Outcome, registry
from agent.services import approve_card, cancel_cards, reject_card, settle_unknown_card
from agent.states import CardState
from agent.sweep import reap_runs, sweep_tenant
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def parcels():
    engine = ParcelEngine(proposals=[make_proposal(1)])
    with registry.override(KernelEngine(), engine):
        yield engine


@pytest.fixture
def live(meridian):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    return meridian


def read_card(tenant):
    with tenant_scope(tenant):
        return Card.objects.get()


def emails_left(tenant, now):
    with tenant_scope(tenant):
        return read_left(build_cycle(tenant=tenant, now=now))["send_email"].count


def test_a_delivered_message_is_recorded_and_counted(live, parcels, now):
    parcels.send = lambda intent: Outcome(effect=Effect.DONE, reason="Delivered.", result={"provider": "p-1"})
    run_cycle(tenant=live, now=now)
    card = read_card(live)
    assert (card.state, card.result, card.attempts) == (CardState.DONE, {"provider": "p-1"}, 1)
    assert parcels.courier.recorded == [(card.pk, Effect.DONE)]
    assert emails_left(live, now) == 49


def test_a_refusal_before_any_effect_is_tried_again_with_the_same_bytes_and_key(live, parcels, now):
    seen = []

    def send(intent):
        seen.append((intent.idempotency_key, bytes(intent.content)))
        return Outcome(effect=Effect.RETRY if len(seen) == 1 else Effect.DONE, reason="Busy.")

    parcels.send = send
    run_cycle(tenant=live, now=now)
    card = read_card(live)
    assert (card.state, card.not_before) == (CardState.ALLOWED, now + timedelta(minutes=5))
    assert emails_left(live, now) == 50
    run_cycle(tenant=live, now=now + timedelta(minutes=6))
    assert read_card(live).state == CardState.DONE
    assert len(seen) == 2 and seen[0] == seen[1]
    assert emails_left(live, now) == 49


def test_tries_come_to_an_end_and_are_not_begun_again(live, parcels, now):
    parcels.send = lambda intent: Outcome(effect=Effect.RETRY, reason="Busy.")
    for hour in range(5):
        run_cycle(tenant=live, now=now + timedelta(hours=hour))
    card = read_card(live)
    assert card.state == CardState.FAILED and "5 tries" in card.rule_reason
    run_cycle(tenant=live, now=now + timedelta(hours=6))
    with tenant_scope(live):
        assert Card.objects.count() == 1


def test_a_failure_before_any_effect_frees_the_occasion(meridian, parcels, now):
    parcels.proposals = [make_proposal(1, kind="research", payload={"fails": True})]
    run_cycle(tenant=meridian, now=now)
    parcels.proposals = [make_proposal(1, kind="research")]
    assert run_cycle(tenant=meridian, now=now).cards["done"] == 1


def test_a_card_whose_engine_is_gone_waits_for_it(meridian, parcels, now):
    parcels.proposals = [make_proposal(1, kind="research", not_before=now + timedelta(minutes=1))]
    run_cycle(tenant=meridian, now=now)
    with registry.override(KernelEngine()):
        assert run_cycle(tenant=meridian, now=now + timedelta(hours=1)).state == "completed"
    assert read_card(meridian).state == CardState.ALLOWED


def test_an_unknown_outcome_is_never_sent_again_by_itself(live, parcels, now):
    sent = []

    def send(intent):
        sent.append(1)
        raise TimeoutError("The line went dead after the last dot.")

    parcels.send = send
    for hour in range(3):
        run_cycle(tenant=live, now=now + timedelta(hours=hour))
    card = read_card(live)
    assert (card.state, len(sent)) == (CardState.UNKNOWN, 1)
    assert "went dead" in card.rule_reason
    assert emails_left(live, now) == 49
    with tenant_scope(live):
        settle_unknown_card(
            card=card, has_happened=True, actor="Dana", reason="It is in the Sent folder.", now=now
        )
        assert CardTransition.objects.order_by("-id").first().actor == "Dana"


def test_a_process_that_stood_still_after_its_last_look_begins_nothing(live, parcels, now, monkeypatch):
    """Whatever it looked at may have changed; the card is claimed anew, under another look."""
    sent, looks = [], []
    parcels.send = lambda intent: sent.append(len(looks)) or Outcome(effect=Effect.DONE, reason="Delivered.")
    freeze = parcels.courier.freeze

    def claim(cards, cycle):
        monkeypatch.setattr("agent.executor.LOOK_HOLDS_SECONDS", 0.0 if not looks else 3600.0)
        looks.append(1)
        return freeze(cards, cycle)

    parcels.courier.freeze = claim
    run_cycle(tenant=live, now=now)
    card = read_card(live)
    assert (card.state, card.attempts, sent) == (CardState.DONE, 2, [2])
    assert emails_left(live, now) == 49
    with tenant_scope(live):
        moves = CardTransition.objects.filter(old=CardState.EXECUTING).order_by("id")
        assert [move.new for move in moves] == [CardState.ALLOWED, CardState.DONE]
        assert "stood still" in moves[0].reason


def test_a_held_card_runs_when_a_person_approves_it_and_only_with_that_content(live, parcels, now):
    parcels.known = {}
    parcels.card_facts = lambda cards, cycle: [
        {} for _ in cards
    ]  # every fact is missing: the rules hold the card
    run_cycle(tenant=live, now=now)
    with tenant_scope(live):
        card = Card.objects.get()
        assert card.state == CardState.HELD
        approve_card(card=card, actor="Dana", now=now)
        Card.objects.update(subject_label="Parcel 1, changed meanwhile")
    sent = []
    parcels.send = lambda intent: sent.append(bytes(intent.content)) or Outcome(effect=Effect.DONE)
    sweep_tenant(tenant=live, now=now)
    assert (read_card(live).state, sent) == (CardState.HELD, [])
    with tenant_scope(live):
        approve_card(card=Card.objects.get(), actor="Dana", now=now)
    sweep_tenant(tenant=live, now=now)
    assert (read_card(live).state, sent) == (CardState.DONE, [b"Parcel 1, changed meanwhile"])


def test_an_approval_that_has_expired_counts_for_nothing(live, parcels, now):
    parcels.card_facts = lambda cards, cycle: [{} for _ in cards]
    run_cycle(tenant=live, now=now)
    with tenant_scope(live):
        approve_card(card=Card.objects.get(), actor="Dana", now=now)
    parcels.send = lambda intent: pytest.fail("An expired approval sent a message.")
    sweep_tenant(tenant=live, now=now + timedelta(hours=73))
    assert read_card(live).state == CardState.HELD


def test_a_card_that_nobody_decides_on_expires(live, parcels, now):
    parcels.card_facts = lambda cards, cycle: [{} for _ in cards]
    run_cycle(tenant=live, now=now)
    parcels.proposals = []
    run_cycle(tenant=live, now=now + timedelta(hours=73))
    assert read_card(live).state == CardState.EXPIRED


def test_a_rejection_needs_a_reason_and_is_final(live, parcels, now):
    parcels.card_facts = lambda cards, cycle: [{} for _ in cards]
    run_cycle(tenant=live, now=now)
    with tenant_scope(live):
        card = Card.objects.get()
        with pytest.raises(ValueError, match="why"):
            reject_card(card=card, actor="Dana", reason="", now=now)
        reject_card(card=card, actor="Dana", reason="Not now.", now=now)
        with pytest.raises(MoveRefused):
            approve_card(card=card, actor="Eve", now=now)


def test_a_move_from_the_wrong_state_is_refused(live, parcels, now):
    run_cycle(tenant=live, now=now)
    with tenant_scope(live):
        card = Card.objects.get()
        with pytest.raises(MoveRefused):
            move_card(Move(card=card, to=CardState.ALLOWED, reason="Again!"), actor="test", now=now)
        assert (
            move_cards([Move(card=card, to=CardState.EXECUTING, reason="Again!")], actor="test", now=now)
            == []
        )


def test_a_move_that_had_to_wait_logs_the_state_it_found_then(live, harborpine, parcels, now):
    """Whoever cancels saw the card held; it has been approved when their turn comes, and that is what they end."""
    parcels.card_facts = lambda cards, cycle: [{} for _ in cards]
    run_cycle(tenant=live, now=now)
    card = read_card(live)

    def cancel():
        try:
            with tenant_scope(live):
                return cancel_cards(Card.objects.all(), actor="Eve", reason="Gone.", now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with tenant_scope(live), connection.cursor() as cursor:
            move_card(Move(card=card, to=CardState.ALLOWED, reason="Approved."), actor="Dana", now=now)
            cancelling = pool.submit(cancel)
            while not cancelling.done():
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    break
        assert cancelling.result() == 1
    with tenant_scope(live):
        last = CardTransition.objects.order_by("-id").first()
        assert (last.old, last.new) == (CardState.ALLOWED, CardState.CANCELLED)
    with tenant_scope(harborpine):
        assert not CardTransition.objects.exists()


def test_the_rival_can_move_nothing(live, harborpine, parcels, now):
    parcels.card_facts = lambda cards, cycle: [{} for _ in cards]
    run_cycle(tenant=live, now=now)
    card = read_card(live)
    with tenant_scope(harborpine), pytest.raises(MoveRefused):
        reject_card(card=card, actor="Rival", reason="Ours now.", now=now)
    with tenant_scope(harborpine):
        assert cancel_cards(Card.objects.all(), actor="Rival", reason="Ours.", now=now) == 0
    assert read_card(live).state == CardState.HELD


def test_a_card_that_cannot_be_put_into_words_is_held_and_keeps_no_other_back(meridian, parcels, now):
    freeze = parcels.courier.freeze

    def choosy(cards, cycle):
        if any(card.subject_id == "1" for card in cards):
            raise ValueError("Parcel 1 has no label.")
        return freeze(cards, cycle)

    parcels.courier.freeze = choosy
    parcels.proposals = [make_proposal(1), make_proposal(2)]
    report = run_cycle(tenant=meridian, now=now)
    assert (report.cards["held"], report.cards["done"]) == (1, 1)
    with tenant_scope(meridian):
        assert "no label" in Card.objects.get(state=CardState.HELD).rule_reason


def test_cancelling_leaves_claimed_and_finished_cards_alone(live, parcels, now):
    run_cycle(tenant=live, now=now)
    with tenant_scope(live):
        assert cancel_cards(Card.objects.all(), actor="test", reason="Gone.", now=now) == 0


def test_what_a_dead_process_left_is_settled_by_reconcile(live, parcels, now):
    run_cycle(tenant=live, now=now)
    with tenant_scope(live):
        Card.objects.update(state=CardState.EXECUTING, finished_at=None)
        Intent.objects.update(state="effecting", settled_at=None)
    parcels.courier.settlement = Outcome(effect=Effect.DONE, reason="Found in the courier's log.")
    run_cycle(tenant=live, now=now)
    card = read_card(live)
    assert (card.state, card.rule_reason) == (CardState.DONE, "Found in the courier's log.")


def test_runs_of_dead_processes_are_reaped(live, harborpine, parcels, now):
    run_cycle(tenant=live, now=now)
    with tenant_scope(live):
        Run.objects.update(state="running", finished_at=None)
    assert reap_runs(tenant=harborpine, now=now) == 0
    assert reap_runs(tenant=live, now=now) == 1
    with tenant_scope(live):
        assert Run.objects.get().stop_reason == "process_died"


def test_many_cards_cost_no_more_statements_than_few(live, harborpine, parcels, now):
    counts = []
    for tenant, number in ((live, 3), (harborpine, 45)):
        type(tenant).objects.filter(pk=tenant.pk).update(agent_settings={"send_mode": "dry_run"})
        tenant.refresh_from_db()
        parcels.proposals = [make_proposal(n) for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            run_cycle(tenant=tenant, now=now)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_rehearsal_is_done_with_its_claim_and_every_move_is_on_record(meridian, parcels, now):
    run_cycle(tenant=meridian, now=now)
    card = read_card(meridian)
    assert (card.state, card.attempts, card.result) == (CardState.DONE, 1, {"rehearsed": True})
    assert card.claimed_at == card.finished_at == now
    with tenant_scope(meridian):
        moves = CardTransition.objects.order_by("id").values_list("old", "new", "reason")
        assert list(moves)[2:] == [
            (CardState.ALLOWED, CardState.EXECUTING, "Claimed."),
            (CardState.EXECUTING, CardState.DONE, "Rehearsed: kept and shown, not sent."),
        ]
        intent = Intent.objects.get()
        assert (intent.state, intent.settled_at, bytes(intent.content)) == ("settled", now, b"Parcel 1")


def test_no_card_is_claimed_on_the_way_to_a_state_that_no_effect_ends_in(meridian, parcels, now):
    run_cycle(tenant=meridian, now=now)
    with tenant_scope(meridian), pytest.raises(ValueError, match="cannot become held"):
        move = Move(card=Card.objects.get(), to=CardState.HELD, reason="?", is_claimed_first=True)
        move_cards([move], actor="test", now=now)


def test_a_batch_of_rehearsals_costs_eight_statements(meridian, parcels, now):
    """Scope, claim lock, switches, cards, attention, verdicts, moves and intents: one each."""
    parcels.proposals = [make_proposal(n, not_before=now + timedelta(minutes=1)) for n in range(20)]
    run_cycle(tenant=meridian, now=now)
    with CaptureQueriesContext(connection) as captured:
        execute_cards(cycle=build_cycle(tenant=meridian, now=now + timedelta(minutes=2)))
    asked = [query["sql"] for query in captured]
    batch = asked[asked.index("BEGIN") + 1 : asked.index("COMMIT")]
    assert len(batch) == 8, batch
    with tenant_scope(meridian):
        assert Card.objects.filter(state=CardState.DONE).count() == 20
