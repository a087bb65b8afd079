"""What dead processes and lost answers left behind: settled once, by whoever can tell, and left alone otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.executor import MAX_ATTEMPTS
from agent.models import Card, Intent
from agent.recovery import recover_cards
from agent.registry import Effect, Outcome, registry
from agent.services import set_system_switch
from agent.states import CardState
from agent.sweep import sweep_tenant
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from tests.agent.fakes import ParcelEngine, make_proposal

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LOST = Outcome(effect=Effect.UNKNOWN, reason="The answer was lost.")
FOUND = Outcome(effect=Effect.DONE, reason="Found in the courier's log.")
SOON = timedelta(minutes=1)


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


def ask_courier(parcels, *answers):
    """Have the courier give these answers, one an asking; returns the keys it was asked about."""
    asked, left = [], list(answers)

    def reconcile(intent, *, now):
        asked.append(intent.idempotency_key)
        return left.pop(0) if left else LOST

    parcels.courier.reconcile = reconcile
    return asked


def lose_answer(tenant, parcels, now):
    """Run a cycle whose one message is handed over and never answered for."""
    parcels.send = lambda intent: LOST
    run_cycle(tenant=tenant, now=now)
    assert read_card(tenant).state == CardState.UNKNOWN


def die_after_claim(tenant, now, *, attempts=1, intent_state="effecting"):
    """Leave the card as a process leaves it that died with it in hand."""
    with tenant_scope(tenant):
        Card.objects.update(
            state=CardState.EXECUTING,
            finished_at=None,
            claimed_at=now - timedelta(hours=1),
            attempts=attempts,
        )
        Intent.objects.update(state=intent_state, settled_at=None, fence=None)


def test_an_unknown_outcome_is_settled_as_soon_as_it_can_be_told(live, parcels, now):
    asked = ask_courier(parcels, LOST, FOUND)
    lose_answer(live, parcels, now)
    sweep_tenant(tenant=live, now=now + SOON)
    assert read_card(live).state == CardState.UNKNOWN
    sweep_tenant(tenant=live, now=now + 2 * SOON)
    card = read_card(live)
    assert (card.state, card.rule_reason) == (CardState.DONE, FOUND.reason)
    assert parcels.courier.recorded[-1] == (card.pk, Effect.DONE)
    sweep_tenant(tenant=live, now=now + 3 * SOON)
    assert len(asked) == 2


def test_an_unknown_outcome_is_not_asked_about_for_ever(live, parcels, now):
    asked = ask_courier(parcels)
    lose_answer(live, parcels, now)
    sweep_tenant(tenant=live, now=now + timedelta(days=8))
    assert asked == [] and read_card(live).state == CardState.UNKNOWN


def test_the_rival_is_not_asked_about(live, harborpine, parcels, now):
    asked = ask_courier(parcels, FOUND)
    lose_answer(live, parcels, now)
    sweep_tenant(tenant=harborpine, now=now + SOON)
    assert asked == [] and read_card(live).state == CardState.UNKNOWN


def test_nobody_is_asked_while_a_switch_is_on(live, parcels, now):
    asked = ask_courier(parcels, FOUND)
    lose_answer(live, parcels, now)
    set_system_switch(is_enabled=False, actor="Dana", reason="Look into it.", now=now)
    sweep_tenant(tenant=live, now=now + SOON)
    assert asked == [] and read_card(live).state == CardState.UNKNOWN
    set_system_switch(is_enabled=True, actor="Dana", reason="It is well.", now=now)
    sweep_tenant(tenant=live, now=now + 2 * SOON)
    assert read_card(live).state == CardState.DONE


def test_nobody_is_asked_under_a_simulated_clock(live, parcels, now):
    asked = ask_courier(parcels, FOUND)
    lose_answer(live, parcels, now)
    assert recover_cards(cycle=build_cycle(tenant=live, now=now + SOON, is_simulated=True)) == 0
    assert asked == []


def test_who_wants_to_be_left_alone_is_asked_about_one_card_a_round(live, parcels, now):
    parcels.proposals = [make_proposal(1), make_proposal(2), make_proposal(3)]
    parcels.send = lambda intent: LOST
    run_cycle(tenant=live, now=now)
    asked = ask_courier(parcels, replace(LOST, retry_after=SOON))
    recover_cards(cycle=build_cycle(tenant=live, now=now + SOON))
    assert len(asked) == 1


def test_a_handler_that_raises_keeps_no_other_card_from_being_settled(live, parcels, now):
    parcels.proposals = [make_proposal(1), make_proposal(2)]
    parcels.send = lambda intent: LOST
    run_cycle(tenant=live, now=now)
    answers = [FOUND]

    def reconcile(intent, *, now):
        if answers:
            return answers.pop()
        raise TimeoutError("The courier does not pick up.")

    parcels.courier.reconcile = reconcile
    recover_cards(cycle=build_cycle(tenant=live, now=now + SOON))
    with tenant_scope(live):
        assert sorted(Card.objects.values_list("state", flat=True)) == [CardState.DONE, CardState.UNKNOWN]


def test_an_answer_about_an_earlier_claim_changes_nothing(live, parcels, now):
    """Another process settled the card and claimed it again while this one was asking."""
    lose_answer(live, parcels, now)
    die_after_claim(live, now)

    def reconcile(intent, *, now):
        die_after_claim(live, now, attempts=2)
        return Outcome(effect=Effect.RETRY, reason="It never arrived.")

    parcels.courier.reconcile = reconcile
    recover_cards(cycle=build_cycle(tenant=live, now=now + SOON))
    card = read_card(live)
    assert (card.state, card.attempts) == (CardState.EXECUTING, 2)


def claim_anew(tenant):
    """What another process does with a card that it takes for abandoned."""
    with tenant_scope(tenant):
        assert Card.objects.filter(state=CardState.EXECUTING).update(attempts=2) == 1


def test_a_claim_that_was_taken_for_dead_begins_nothing(live, parcels, now):
    sent = []
    parcels.send = lambda intent: sent.append(1) or Outcome(effect=Effect.DONE)
    freeze = parcels.courier.freeze

    def overtaken(cards, cycle):
        transaction.on_commit(lambda: claim_anew(live))
        return freeze(cards, cycle)

    parcels.courier.freeze = overtaken
    report = run_cycle(tenant=live, now=now)
    assert report.state == "failed" and "under way elsewhere" in report.stop_detail
    card = read_card(live)
    assert (sent, card.attempts, card.effect_began) == ([], 2, False)


@pytest.mark.parametrize("effect", list(Effect))
def test_a_claim_that_was_taken_for_dead_during_its_effect_records_nothing(live, parcels, now, effect):
    def send(intent):
        claim_anew(live)
        return Outcome(effect=effect, reason="Too late.")

    parcels.send = send
    run_cycle(tenant=live, now=now)
    assert (read_card(live).state, parcels.courier.recorded) == (CardState.EXECUTING, [])
    with tenant_scope(live):
        assert Intent.objects.get().state == "effecting"


def test_a_time_to_come_back_is_the_next_try(live, parcels, now):
    busy = Outcome(effect=Effect.RETRY, reason="Busy.", retry_after=timedelta(minutes=42))
    parcels.send = lambda intent: busy
    run_cycle(tenant=live, now=now)
    card = read_card(live)
    assert (card.state, card.not_before) == (CardState.ALLOWED, now + timedelta(minutes=42))


def test_being_put_off_uses_up_no_try(live, parcels, now):
    busy = Outcome(effect=Effect.RETRY, reason="Busy.", retry_after=timedelta(0))
    outcomes = [busy] * (MAX_ATTEMPTS + 1) + [Outcome(effect=Effect.DONE, reason="Delivered.")]
    parcels.send = lambda intent: outcomes.pop(0)
    run_cycle(tenant=live, now=now)
    assert read_card(live).state == CardState.DONE and outcomes == []
