"""Nobody is written to who said no: a machine that does everything in any order, and opt-outs amid many senders.

The provider is a process of its own, and its log says what left. What people said is remembered in plain Python
(`Memory`), so that no table of ours decides what was right.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test import Client as Browser
from hypothesis import HealthCheck, Phase, seed
from hypothesis import settings as circumstances
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agent.engine import KernelEngine
from agent.executor import execute_cards
from agent.models import Card, Intent, IntentState, Tenant
from agent.recovery import recover_cards
from agent.registry import registry
from agent.services import approve_card
from agent.states import CardState
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from engagement.mail.models import EmailSuppression, SuppressionReason, SuppressionScope
from engagement.mail.opt_out import link_of_card
from engagement.mail.preferences import end_pause, find_recipient, pause_messages
from engagement.mail.providers.resend import KEY_LIFETIME
from engagement.mail.suppression import NewSuppression, lift_suppressions, suppress_addresses
from engagement.models import ContactAddress
from tests.engagement.cast import make_card
from tests.fakes.running import API_KEY, MailProvider, mail_provider
from tests.mail.cast import ORDERS, bring_in, delivery_report, letter
from tests.proof.correspondence import (
    ADDRESSES,
    FOREVER,
    OPTIONAL,
    PEOPLE,
    PERSON_OF,
    RELATIONSHIP,
    STREAMS,
    Desk,
    Interruption,
    Letter,
    Memory,
    make_desk,
    plan_letters,
    prolong,
    propose,
)
from tests.proof.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

STEPS_A_RUN = 50
WHY = "They rang us on Monday and asked to be written to again."
addresses, people = st.sampled_from(ADDRESSES), st.sampled_from(sorted(PEOPLE))
streams, days = st.sampled_from(STREAMS), st.integers(1, 60)
choices = st.sets(st.sampled_from(sorted(OPTIONAL)))
refusals = st.sampled_from(["one_click", "stop_mail", "pause", "complaint", "hard_bounce", "legal"])


class Correspondence(RuleBasedStateMachine):
    """One company that writes to a few people, who say whatever they like whenever they like."""

    stage: ClassVar[SimpleNamespace]

    @initialize()
    def begin(self) -> None:
        self.now: datetime = self.stage.now
        self.tenant = make_desk(f"desk-{next(self.stage.numbers)}", self.now)
        self.memory, self.letters = Memory(), dict[int, Letter]()
        self.waiting_for_proof: set[int] = set()
        self.first_claimed_at: dict[int, datetime] = {}
        self.cancelled: set[int] = set()
        self.numbers = count()
        with tenant_scope(self.tenant):
            rows = ContactAddress.objects.select_related("contact")
            self.contacts = {row.email_normalised: row.contact for row in rows}

    @property
    def provider(self) -> MailProvider:
        return self.stage.provider

    # What the desk does.

    @rule(wanted=st.lists(st.tuples(addresses, streams), min_size=1, max_size=8))
    def plan(self, wanted: list[tuple[str, str]]) -> None:
        letters = [Letter(address, stream, self.now) for address, stream in wanted]
        numbers = [next(self.numbers) for _ in letters]
        proposals = [
            propose(one, self.contacts[one.address], number)
            for one, number in zip(letters, numbers, strict=True)
        ]
        plan_letters(self.tenant, proposals, self.now)
        with tenant_scope(self.tenant):
            cards = {card.dedupe_key: card for card in Card.objects.exclude(pk__in=self.letters)}
        for one, number in zip(letters, numbers, strict=True):
            card = cards[f"proof:{number}"]
            self.letters[card.pk] = one
            assert card.state == self.state_of(one, CardState.ALLOWED), (one, card.rule_reason)

    @rule(address=addresses, stream=streams)
    def hold(self, address: str, stream: str) -> None:
        one = Letter(address, stream, self.now)
        with tenant_scope(self.tenant):
            proposal = propose(one, self.contacts[address], next(self.numbers))
            self.letters[make_card(proposal, self.now, state=CardState.HELD).pk] = one

    @precondition(lambda self: self.cards_in(CardState.HELD))
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(self.cards_in(CardState.HELD)))
        with tenant_scope(self.tenant):
            approve_card(card=Card.objects.get(pk=chosen), actor="Dana", now=self.now)

    @rule()
    def carry_out(self) -> None:
        self.carry_out_with(Interruption())

    @rule(
        moment=st.sampled_from(["last look", "socket"]), refusal=refusals, address=addresses, stream=streams
    )
    def write_while_they_say_no(self, moment: str, refusal: str, address: str, stream: str) -> None:
        self.begin_anew(PERSON_OF[address])
        self.plan([(address, stream)])
        told = self.refuse(refusal, address)
        interruption = Interruption(moment, told.happens)
        self.carry_out_with(interruption, afterwards=told.remember)

    @precondition(lambda self: self.cards_in(CardState.ALLOWED))
    @rule()
    def lose_an_answer(self) -> None:
        self.provider.order("reset", times=1)
        self.carry_out_with(Interruption(), may_lose=True)
        self.provider.order()

    @precondition(lambda self: self.waiting_for_proof)
    @rule()
    def ask_again(self) -> None:
        expected = {
            pk
            for pk in self.waiting_for_proof
            if self.may_leave(pk, even_answered=True) and self.now - self.first_claimed_at[pk] < KEY_LIFETIME
        }
        recover_cards(cycle=build_cycle(tenant=self.tenant, now=self.now))
        assert set(self.read_taken()) == expected
        self.waiting_for_proof -= expected

    @rule(step=st.sampled_from([timedelta(minutes=1), *(timedelta(days=n) for n in (1, 3, 8, 31))]))
    def let_time_pass(self, step: timedelta) -> None:
        self.now += step
        while self.now.weekday() > 4:
            self.now += timedelta(days=1)
        plan_letters(self.tenant, (), self.now)

    # What people, mail servers and operators do.

    @rule(refusal=refusals, address=addresses)
    def say_no(self, refusal: str, address: str) -> None:
        told = self.refuse(refusal, address)
        told.happens()
        told.remember()

    @precondition(lambda self: self.links())
    @rule(data=st.data(), wanted=choices)
    def choose(self, data: st.DataObject, wanted: set[str]) -> None:
        card = data.draw(st.sampled_from(self.links()))
        self.post(card, {"act": "choose", "stream": sorted(wanted)})
        self.memory.opted_out[self.letters[card].person] = set(OPTIONAL - wanted)

    @precondition(lambda self: self.links())
    @rule(data=st.data())
    def look(self, data: st.DataObject) -> None:
        answer = Browser().get(self.path_of(data.draw(st.sampled_from(self.links()))))
        assert answer.status_code == 200

    @precondition(lambda self: self.links())
    @rule(data=st.data(), length=st.none() | days)
    def pause_or_resume(self, data: st.DataObject, length: int | None) -> None:
        card = data.draw(st.sampled_from(self.links()))
        with tenant_scope(self.tenant):
            recipient = find_recipient(card)
            if length is None:
                end_pause(recipient=recipient, now=self.now)
                self.memory.paused.pop(self.letters[card].person, None)
                return
            until = self.now + timedelta(days=length)
            pause_messages(recipient=recipient, until=until, now=self.now)
        self.memory.paused[self.letters[card].person] = until

    @rule(address=addresses)
    def bounce_softly(self, address: str) -> None:
        self.bring_report(address, "4.2.2")
        self.memory.bounce_softly(address, self.now)

    @rule(address=addresses, length=st.none() | days)
    def close_an_address(self, address: str, length: int | None) -> None:
        until = None if length is None else self.now + timedelta(days=length)
        self.suppress(address, SuppressionReason.OPERATOR, until=until)
        prolong(self.memory.closed_by_operator, address, until or FOREVER)

    @rule(
        address=addresses, scope=st.sampled_from([SuppressionScope.RELATIONSHIP, SuppressionScope.MARKETING])
    )
    def note_an_opt_out(self, address: str, scope: SuppressionScope) -> None:
        self.suppress(address, SuppressionReason.UNSUBSCRIBE, scope=scope)
        self.memory.opted_out[PERSON_OF[address]].add(str(scope))

    @rule(reason=st.sampled_from(SuppressionReason), person=people)
    def lift(self, reason: SuppressionReason, person: str) -> None:
        contact = self.contacts[PEOPLE[person][0]]
        with tenant_scope(self.tenant):
            rows = list(EmailSuppression.objects.unlifted().filter(reason=reason, contact=contact))
            lift_suppressions(rows, actor="Dana", reason=WHY, now=self.now, acknowledged=reason)
        self.memory.lift(reason, person)

    @rule(person=people)
    def begin_anew(self, person: str) -> None:
        for reason in SuppressionReason:
            self.lift(reason, person)

    # What must be true after each of these.

    @invariant()
    def nothing_left_unasked(self) -> None:
        type(self).stage.steps += 1
        assert not self.read_taken()

    @invariant()
    def only_what_is_closed_for_good_was_cancelled(self) -> None:
        new = set(self.cards_in(CardState.CANCELLED)) - self.cancelled
        assert {self.memory.closed_until(self.letters[pk], self.now) for pk in new} <= {FOREVER}
        self.cancelled |= new

    # How.

    def carry_out_with(
        self,
        interruption: Interruption,
        *,
        afterwards: Callable[[], None] = lambda: None,
        may_lose: bool = False,
    ) -> None:
        """Carry out what is allowed; exactly what may leave by what was said must leave, each once."""
        waiting = self.cards_in(CardState.ALLOWED)
        before = {pk for pk in waiting if self.may_leave(pk)}
        with registry.override(KernelEngine(), Desk(interruption=interruption)):
            execute_cards(cycle=build_cycle(tenant=self.tenant, now=self.now))
        if interruption.has_happened_to is not None:
            afterwards()
        expected = {pk for pk in before if self.may_leave(pk)}
        if interruption.moment == "socket" and interruption.has_happened_to is not None:
            expected.add(interruption.has_happened_to)  # it was under way already
        taken = self.read_taken()
        with tenant_scope(self.tenant):
            states = dict(Card.objects.filter(pk__in=waiting).values_list("pk", "state"))
        lost = {pk for pk, state in states.items() if state == CardState.UNKNOWN}
        assert len(lost) == (1 if may_lose and expected else 0)
        assert sorted([*taken, *lost]) == sorted(expected)
        for pk in set(waiting) - expected - self.answered():
            assert states[pk] in (self.state_of(self.letters[pk], CardState.ALLOWED), CardState.CANCELLED)
        self.waiting_for_proof |= lost
        # A key counts from the claim that made it, also when that claim was sent back at its last look.
        for pk in lost | {interruption.has_happened_to} - {None}:
            self.first_claimed_at.setdefault(pk, self.now)

    def refuse(self, refusal: str, address: str) -> SimpleNamespace:
        """A way to say no that any of them may use at any time: how it happens, and what is remembered of it."""
        person, memory, now = PERSON_OF[address], self.memory, self.now
        card = next((pk for pk in self.links() if self.letters[pk].address == address), None)
        if refusal == "one_click" and card is not None:
            return SimpleNamespace(
                happens=lambda: self.post(card, {"List-Unsubscribe": "One-Click"}),
                remember=lambda: memory.opted_out[person].add(self.letters[card].stream),
            )
        ways: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
            "stop_mail": (lambda: self.bring_stop(address), lambda: self.remember_stop(person, now)),
            "pause": (
                lambda: self.suppress(address, SuppressionReason.PAUSE, until=now + timedelta(days=9)),
                lambda: prolong(memory.paused, person, now + timedelta(days=9)),
            ),
            "complaint": (
                lambda: self.suppress(address, SuppressionReason.COMPLAINT),
                lambda: memory.complained.add(person),
            ),
            "hard_bounce": (lambda: self.bring_report(address, "5.1.1"), lambda: memory.gone.add(address)),
            "legal": (
                lambda: self.suppress(address, SuppressionReason.LEGAL),
                lambda: memory.legal.add(person),
            ),
        }
        happens, remember = ways.get(refusal, ways["stop_mail"])
        return SimpleNamespace(happens=happens, remember=remember)

    def may_leave(self, pk: int, *, even_answered: bool = False) -> bool:
        one = self.letters[pk]
        answered = self.memory.is_answered(one) and not even_answered
        return self.memory.closed_until(one, self.now) is None and not answered

    def answered(self) -> set[int]:
        return {pk for pk, one in self.letters.items() if self.memory.is_answered(one)}

    def state_of(self, one: Letter, open_state: CardState) -> CardState:
        """What the rules must make of the letter now."""
        until = self.memory.closed_until(one, self.now)
        if until is None:
            return open_state
        return CardState.BLOCKED if until == FOREVER else CardState.DEFERRED

    def cards_in(self, state: CardState) -> list[int]:
        with tenant_scope(self.tenant):
            return list(Card.objects.filter(state=state).order_by("pk").values_list("pk", flat=True))

    def links(self) -> list[int]:
        """The cards whose messages carry a link."""
        return [pk for pk, one in self.letters.items() if one.stream in OPTIONAL]

    def read_taken(self) -> list[int]:
        """The cards of the messages that the provider took since the last look into its log, checked for whom."""
        found = []
        for entry in filter(lambda entry: entry["event"] == "taken", map(json.loads, self.stage.log)):
            pk = card_of(entry)
            assert entry["recipients"] == [self.letters[pk].address]
            found.append(pk)
        return found

    def path_of(self, card: int) -> str:
        return urlsplit(link_of_card(tenant_id=self.tenant.pk, card_id=card)).path

    def post(self, card: int, form: dict[str, object]) -> None:
        answer = Browser(enforce_csrf_checks=True).post(self.path_of(card), form)
        assert answer.status_code == 200, answer.content

    def suppress(self, address: str, reason: SuppressionReason, **how: object) -> None:
        with tenant_scope(self.tenant):
            suppress_addresses([NewSuppression(email_normalised=address, reason=reason, **how)], now=self.now)

    def bring_report(self, address: str, status: str) -> None:
        name = f"<{next(self.stage.numbers)}@mx.test>"
        report = delivery_report(
            (address, status), message_id=name, original="<ours@meridianvs.test>", date=self.date()
        )
        bring_in(self.tenant, self.now, report)

    def bring_stop(self, address: str) -> None:
        name = f"<{next(self.stage.numbers)}@mail.test>"
        stop = letter(sender=address, to=ORDERS, text="STOP\n", message_id=name, date=self.date())
        bring_in(self.tenant, self.now, stop)

    def remember_stop(self, person: str, now: datetime) -> None:
        self.memory.opted_out[person] = set(OPTIONAL)
        self.memory.replied_at[person] = now

    def date(self) -> str:
        return format_datetime(self.now.astimezone(UTC))


@pytest.fixture
def provider(tmp_path, settings):
    with mail_provider(tmp_path / "provider.jsonl") as running:
        settings.RESEND_API_KEY, settings.RESEND_API_URL = API_KEY, running.http
        settings.PUBLIC_URL = "https://agent.example.com"
        yield running


def test_no_order_of_events_lets_a_message_reach_a_suppressed_address(provider, system_config, now, proof):
    rival = make_desk("rival", now)
    with tenant_scope(rival):
        entries = [
            NewSuppression(email_normalised=address, reason=SuppressionReason.LEGAL) for address in ADDRESSES
        ]
        suppress_addresses(entries, now=now)
    with provider.log.open() as log:
        stage = SimpleNamespace(provider=provider, log=log, now=now, numbers=count(), steps=0)
        machine = seed(proof.seed)(type("Proof", (Correspondence,), {"stage": stage}))
        run(machine, proof.size(short=6, long=240))
    assert stage.steps >= proof.size(short=250, long=10_000)
    assert len(provider.taken) > stage.steps // 20


def run(machine: type[Correspondence], times: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=circumstances(
            max_examples=times,
            stateful_step_count=STEPS_A_RUN,
            deadline=None,
            database=None,
            # Shrinking a failure takes minutes; add `Phase.shrink` when there is one.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_has_not_begun_when_an_opt_out_returns_never_leaves(provider, system_config, now, proof):
    desk, chance = make_desk("desk", now), proof.random("opt-outs amid senders")
    owners = write_letters(desk, proof.size(short=90, long=1500), now)
    leaving = chance.sample(sorted(PEOPLE), len(PEOPLE) - 1)
    begun: dict[str, set[int]] = {}
    with senders(desk, proof.size(short=4, long=8), now):
        for number, person in enumerate(leaving, start=1):
            share = number * len(owners) // (3 * len(PEOPLE))
            wait_until(lambda share=share: len(provider.taken) >= share, "messages to leave")
            card = next(pk for pk, owner in owners.items() if owner == person)
            link = link_of_card(tenant_id=desk.pk, card_id=card)
            answer = Browser().post(urlsplit(link).path, {"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200
            with tenant_scope(desk):
                under_way = Intent.objects.exclude(state=IntentState.READY)
                begun[person] = set(under_way.values_list("card_id", flat=True))
    taken = [card_of(entry) for entry in provider.taken]
    assert len(taken) == len(set(taken))
    with tenant_scope(desk):
        states = dict(Card.objects.values_list("pk", "state"))
    for pk, person in owners.items():
        allowed = person not in begun or pk in begun[person]
        assert (pk in taken) is allowed, (pk, person, states[pk])
        assert (states[pk] == CardState.DONE) is allowed, (pk, person, states[pk])
    assert len(taken) < len(owners), "The proof needs messages that an opt-out stopped."


def write_letters(desk: Tenant, how_many: int, now: datetime) -> dict[int, str]:
    """Allowed messages, the people in turn; whose each card is."""
    owners = {}
    with tenant_scope(desk):
        contacts = {
            row.email_normalised: row.contact for row in ContactAddress.objects.select_related("contact")
        }
        for number in range(how_many):
            address = ADDRESSES[number % len(ADDRESSES)]
            proposal = propose(Letter(address, RELATIONSHIP, now), contacts[address], number)
            owners[make_card(proposal, now, state=CardState.ALLOWED).pk] = PERSON_OF[address]
    return owners


@contextmanager
def senders(desk: Tenant, size: int, now: datetime) -> Iterator[None]:
    """So many threads that send what is allowed while the block runs, and until nothing is left."""
    failures: list[BaseException] = []

    def work() -> None:
        try:
            execute_cards(cycle=build_cycle(tenant=desk, now=now))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(size)]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join()
    assert not failures
    execute_cards(cycle=build_cycle(tenant=desk, now=now))


def card_of(entry: dict[str, Any]) -> int:
    """The card whose message the provider took."""
    return int(entry["message_id"].partition("@")[0].rpartition("-")[2])
