"""What would break an appraiser's independence is refused on record, however explicitly a client asks for it."""

from __future__ import annotations

import pytest

from agent.cycle import run_cycle
from agent.engine import KernelEngine
from agent.models import Card, LeftAlone, PolicyViolation, Task
from agent.registry import registry
from agent.states import CardState
from agent.tenancy import tenant_scope
from engagement.mail.client_requests import INDEPENDENCE_OBJECTION
from engagement.mail.engine import MailEngine
from engagement.mail.models import Message
from tests.mail.cast import bring_in, furnish, letter

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desk(meridian, harborpine, now):
    furnish(meridian, now)
    furnish(harborpine, now, address="desk@harborpine.test")
    with registry.override(KernelEngine(), MailEngine()):
        yield meridian


def cards_after(tenant, now, text, **headers):
    bring_in(tenant, now, letter(text=text, **headers))
    run_cycle(tenant=tenant, now=now)
    with tenant_scope(tenant):
        return list(Card.objects.order_by("id"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Please have Omar Vane, the appraiser, removed from this file.",
        "Please tell the appraiser we need 450.",
        "Could you remove this appraiser from our panel before the next order?",
        "The value needs to come in at 640,000 to make the deal work.",
    ],
)
def test_an_explicit_wish_is_refused_with_the_sentence_and_the_rule(desk, harborpine, now, sentence):
    (card,) = cards_after(desk, now, f"Hi Priya,\n\nThanks for the update. {sentence}\n\nBest,\nTomás\n")
    assert (card.kind, card.state, card.rule) == (
        "create_task",
        CardState.BLOCKED,
        "appraiser_stays_independent",
    )
    assert card.rule_reason == INDEPENDENCE_OBJECTION
    assert [entry["quote"] for entry in card.evidence] == [sentence]
    assert card.reason.endswith("asks for what would break the appraiser's independence.")
    with tenant_scope(desk):
        message = Message.objects.get()
        assert card.evidence[0]["id"] == message.message_id
        assert message.newest_text[card.payload["start"] : card.payload["end"]] == sentence
        assert not Task.objects.exists()
        assert PolicyViolation.objects.get().rule == "appraiser_stays_independent"
    with tenant_scope(harborpine):
        assert not Card.objects.exists()


def test_a_request_in_such_a_mail_is_refused_with_both_sentences(desk, now):
    pressure = "The value needs to come in at 640,000."
    (card,) = cards_after(desk, now, f"Can you call me Thursday at 2pm? {pressure}\n")
    assert (card.state, card.rule) == (CardState.BLOCKED, "appraiser_stays_independent")
    assert [entry["quote"] for entry in card.evidence] == ["Can you call me Thursday at 2pm?", pressure]
    with tenant_scope(desk):
        assert not Task.objects.exists()


def test_it_is_refused_once(desk, now):
    text = "Please tell the appraiser we need 450.\n"
    cards_after(desk, now, text)
    run_cycle(tenant=desk, now=now)
    with tenant_scope(desk):
        assert Card.objects.count() == 1
        assert not Message.objects.awaiting_plan().exists()


def test_a_strangers_pressure_gets_no_card(desk, now):
    text = "Please tell the appraiser we need 450.\n"
    assert cards_after(desk, now, text, sender="Somebody <who@elsewhere.test>") == []
    with tenant_scope(desk):
        assert LeftAlone.objects.get().code == "independence"


@pytest.mark.parametrize(
    "text",
    [
        "Can you call me Thursday at 2pm about the appraiser's question?\n",
        "Please tell the appraiser that the gate code is 4501.\n",
        "Please remove the old phone number of the borrower. Can you call me?\n",
    ],
)
def test_what_presses_nobody_is_not_refused_for_it(desk, now, text):
    cards = cards_after(desk, now, text)
    assert all(card.rule != "appraiser_stays_independent" for card in cards)
