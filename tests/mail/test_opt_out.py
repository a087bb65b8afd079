"""The link in a message: one click stops such messages, looking changes nothing, and choices hold for the person."""

from __future__ import annotations

import json
import re
import threading
from datetime import datetime, time, timedelta
from itertools import count
from urllib.parse import urlsplit

import pytest
from django.core.checks import run_checks
from django.core.signing import Signer
from django.db import connection, connections
from django.test import Client as Browser
from django.utils import timezone

from agent.executor import execute_cards
from agent.models import Card, Event
from agent.registry import Evidence, Proposal, Ref, registry
from agent.states import CardState
from agent.switches import build_cycle
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.mail.models import EmailSuppression, SuppressionReason, SuppressionScope
from engagement.mail.opt_out import SALT, link_of_card
from engagement.mail.sending import SendEmail, send_email_facts
from engagement.mail.suppression import NewSuppression, suppress_addresses
from engagement.models import Contact
from tests.engagement.cast import make_card, make_contact
from tests.mail.cast import ORDERS, TOMAS, furnish, make_cycle

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

AT_HOME = "tomas@home.example.com"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
occasions = count()


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL = "https://agent.example.com"


@pytest.fixture
def desk(meridian, now):
    furnish(meridian, now)
    return meridian


@pytest.fixture
def rival(harborpine, now):
    furnish(harborpine, now, address="desk@harborpine.test")
    return harborpine


@pytest.fixture
def browser():
    """Somebody whom we know nothing of; a missing CSRF token would be noticed."""
    return Browser(enforce_csrf_checks=True)


def message_to(tenant, now, *, address=TOMAS, stream="relationship", state=CardState.DONE):
    """A card that writes to Tomás, and the path of the link in its message."""
    with tenant_scope(tenant):
        contact = Contact.objects.get(addresses__email_normalised=address)
        who = Ref(kind="contact", id=str(contact.pk), label=str(contact))
        proposal = Proposal(
            kind="send_email",
            subject=who,
            contact=who,
            payload={"template": "engagement/check_in", "variables": {}, "to": address, "stream": stream},
            reason="It is time.",
            evidence=(Evidence(type="touch", id="1"),),
            dedupe_key=f"occasion:{next(occasions)}",
        )
        card = make_card(proposal, now, state=state)
    return card, urlsplit(link_of_card(tenant_id=tenant.pk, card_id=card.pk)).path


def open_streams(tenant, now, address=TOMAS):
    """The streams in which the rules would let a message to the address leave."""
    cards = {
        stream: message_to(tenant, now, address=address, stream=stream, state=CardState.PROPOSED)[0]
        for stream in ("transactional", "relationship", "marketing")
    }
    with tenant_scope(tenant):
        facts = send_email_facts(list(cards.values()), make_cycle(tenant, now))
    return {stream for stream, known in zip(cards, facts, strict=True) if not known["suppressed"]}


def words_of(answer):
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_looking_at_the_page_a_hundred_times_changes_nothing(desk, now, browser):
    _, path = message_to(desk, now)
    for _ in range(50):
        answer = browser.get(path)
        assert answer.status_code == 200 and browser.head(path).status_code == 200
    assert "Stop these messages" in words_of(answer)
    with tenant_scope(desk):
        assert not EmailSuppression.objects.exists() and not Event.objects.exists()


def test_one_click_stops_the_stream_for_the_person_without_a_log_in(desk, rival, now, browser):
    _, path = message_to(desk, now)
    waiting, _ = message_to(desk, now, address=AT_HOME, state=CardState.ALLOWED)
    other, _ = message_to(desk, now, stream="marketing", state=CardState.HELD)
    for _ in range(2):
        answer = browser.post(path, ONE_CLICK)
        assert answer.status_code == 200 and not answer.cookies
        assert "Done. We have stopped these messages." in words_of(answer)
    with tenant_scope(desk):
        row = EmailSuppression.objects.get()
        assert (row.email_normalised, row.reason, row.scope) == (TOMAS, "unsubscribe", "relationship")
        assert row.contact == Contact.objects.get(addresses__email_normalised=TOMAS)
        assert Event.objects.filter(kind="contact.suppressed").count() == 1
        states = dict(Card.objects.values_list("pk", "state"))
        assert (states[waiting.pk], states[other.pk]) == (CardState.CANCELLED, CardState.HELD)
    for address in (TOMAS, AT_HOME):
        assert open_streams(desk, now, address) == {"transactional", "marketing"}
    assert open_streams(rival, now) == {"transactional", "relationship", "marketing"}


def test_a_link_that_is_not_ours_finds_nothing_and_says_what_to_do(desk, rival, now, browser):
    card, path = message_to(desk, now)
    owed, _ = message_to(desk, now, stream="transactional")
    head, _, token = path.rpartition("/")
    tokens = [
        token[:-1],
        token + "x",
        "x",
        token.replace(f"{desk.pk}-", f"{rival.pk}-", 1),
        Signer(salt="another purpose", sep=".").sign(f"{desk.pk}-{card.pk}"),
        Signer(salt=SALT, sep=".", key="another key").sign(f"{desk.pk}-{card.pk}"),
        Signer(salt=SALT, sep=".").sign(f"{desk.pk}-{card.pk} "),
        Signer(salt=SALT, sep=".").sign(f"{desk.pk}-999999999"),
        Signer(salt=SALT, sep=".").sign(f"999999999-{card.pk}"),
        Signer(salt=SALT, sep=".").sign(f"{rival.pk}-{card.pk}"),
        Signer(salt=SALT, sep=".").sign(f"{desk.pk}-{owed.pk}"),
    ]
    pages = set()
    for forged in tokens:
        for answer in (browser.get(f"{head}/{forged}"), browser.post(f"{head}/{forged}", ONE_CLICK)):
            assert answer.status_code == 404, forged
            pages.add(words_of(answer))
    (words,) = pages
    assert "This link does not work" in words and "answering one of them" in words
    for tenant in (desk, rival):
        with tenant_scope(tenant):
            assert not EmailSuppression.objects.exists()


def test_a_link_outlives_a_change_of_the_key(desk, now, browser, settings):
    _, path = message_to(desk, now)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one, which signed nothing yet"
    assert browser.post(path, ONE_CLICK).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert browser.post(path, ONE_CLICK).status_code == 404


def test_the_page_is_kept_from_caches_indexes_frames_and_other_sites(desk, now, browser):
    _, path = message_to(desk, now)
    for address in (path, f"{path}x"):
        answer = browser.get(address)
        assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer" and answer["X-Robots-Tag"] == "noindex"
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert not answer.cookies
    assert browser.put(path).status_code == 405


def test_the_page_names_the_company_and_hides_most_of_the_address(desk, now, browser):
    _, path = message_to(desk, now)
    words = words_of(browser.get(path))
    assert f"Messages from {desk.name}" in words and "th…@bluemesacu.test" in words
    assert TOMAS not in words and str(desk.pk) not in words.split()


def test_streams_are_chosen_and_chosen_back(desk, now, browser):
    _, path = message_to(desk, now)
    for wanted in (["marketing"], [], ["relationship"], ["relationship", "marketing"]):
        answer = browser.post(path, {"act": "choose", "stream": wanted})
        assert answer.status_code == 200 and "Your choice is saved." in words_of(answer)
        assert open_streams(desk, now) == {"transactional", *wanted}
        page = browser.get(path).content.decode()
        ticked = set(re.findall(r'name="stream" value="(\w+)" checked', page))
        assert ticked == set(wanted)
    with tenant_scope(desk):
        lifted = EmailSuppression.objects.exclude(lifted_at=None)
        assert set(lifted.values_list("lifted_by", flat=True)) == {"the recipient"}
        assert not EmailSuppression.objects.unlifted().exists()


def test_everything_is_stopped_at_once_but_what_orders_need(desk, now, browser):
    _, path = message_to(desk, now, stream="marketing")
    assert "but those about your orders" in words_of(browser.post(path, {"act": "stop_all"}))
    assert open_streams(desk, now) == {"transactional"}
    with tenant_scope(desk):
        assert EmailSuppression.objects.get().scope == SuppressionScope.NON_TRANSACTIONAL


def test_a_pause_holds_until_the_day_and_can_be_moved_and_ended(desk, now, browser):
    _, path = message_to(desk, now)
    waiting, _ = message_to(desk, now, state=CardState.ALLOWED)
    today = timezone.now().astimezone(desk.zone).date()
    for days in (60, 30):
        day = today + timedelta(days=days)
        answer = browser.post(path, {"act": "pause", "until": day.isoformat()})
        assert f"Paused until {day.day} {day:%B %Y}" in words_of(answer)
    starts_at = datetime.combine(day, time.min, tzinfo=desk.zone)
    assert open_streams(desk, starts_at - timedelta(seconds=1)) == {"transactional"}
    assert open_streams(desk, starts_at) == {"transactional", "relationship", "marketing"}
    with tenant_scope(desk):
        assert Card.objects.get(pk=waiting.pk).state == CardState.ALLOWED
        (facts,) = send_email_facts([waiting], make_cycle(desk, now))
        assert facts["suppressed_until"] == starts_at
    assert "The pause is over." in words_of(browser.post(path, {"act": "resume"}))
    assert open_streams(desk, now) == {"transactional", "relationship", "marketing"}


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "please use one of the buttons"),
        ({"act": "delete"}, "please use one of the buttons"),
        ({"List-Unsubscribe": "Two-Clicks"}, "please use one of the buttons"),
        ({"act": "pause"}, "Please give the day as year-month-day"),
        ({"act": "pause", "until": "tomorrow"}, "Please give the day as year-month-day"),
        ({"act": "pause", "until": "2020-01-01"}, "from tomorrow on, within a year"),
        ({"act": "pause", "until": "9999-12-31"}, "from tomorrow on, within a year"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(desk, now, browser, form, sentence):
    _, path = message_to(desk, now)
    answer = browser.post(path, form)
    assert answer.status_code == 400 and sentence in words_of(answer)
    with tenant_scope(desk):
        assert not EmailSuppression.objects.exists()


@pytest.mark.parametrize("reason", [SuppressionReason.COMPLAINT, SuppressionReason.LEGAL])
def test_what_an_operator_must_lift_is_not_lifted_by_the_link(desk, now, browser, reason):
    _, path = message_to(desk, now)
    with tenant_scope(desk):
        suppress_addresses([NewSuppression(email_normalised=TOMAS, reason=reason)], now=now)
    answer = browser.post(path, {"act": "choose", "stream": ["relationship", "marketing"]})
    words = words_of(answer)
    assert "Not sent at present, for another reason." in words and ORDERS in words
    assert "relationship" not in open_streams(desk, now)


def test_without_a_public_address_there_is_no_link(desk, now, settings):
    settings.PUBLIC_URL = ""
    assert link_of_card(tenant_id=desk.pk, card_id=1) == ""


class Interrupted(SendEmail):
    """Sends as ever, but something happens elsewhere between the claim and the last look."""

    def __init__(self, happens):
        self.happens = happens

    def look_again(self, intent, *, now):
        elsewhere = threading.Thread(target=self._happen)
        elsewhere.start()
        elsewhere.join()
        return super().look_again(intent, now=now)

    def _happen(self):
        try:
            self.happens()
        finally:
            connections.close_all()


class EngineWith(MailEngine):
    """The mail engine with a handler that the test has its hand in."""

    def __init__(self, handler):
        self.handler = handler

    def handlers(self):
        return [self.handler]


def carry_out(tenant, now, happens):
    """Carry out what is allowed, while something happens before each last look."""
    kernel = next(engine for engine in registry if engine.slug == "agent")
    with registry.override(kernel, EngineWith(Interrupted(happens))):
        execute_cards(cycle=build_cycle(tenant=tenant, now=now))


@pytest.fixture
def live(desk):
    desk.agent_settings = {"send_mode": "live"}
    desk.save(update_fields=["agent_settings"])
    return desk


@pytest.mark.parametrize(
    ("act", "state"),
    [
        ({"act": "stop"}, CardState.BLOCKED),
        ({"act": "stop_all"}, CardState.BLOCKED),
        ({"act": "choose", "stream": ["relationship"]}, CardState.DONE),
        ({"act": "pause"}, CardState.DEFERRED),
    ],
)
def test_an_opt_out_between_the_claim_and_the_send_holds(live, now, start_provider, browser, act, state):
    provider = start_provider("http")
    _, path = message_to(live, now, address=AT_HOME)
    card, _ = message_to(live, now, state=CardState.ALLOWED)
    if act["act"] == "pause":
        act = {**act, "until": (timezone.localdate() + timedelta(days=20)).isoformat()}
    carry_out(live, now, lambda: browser.post(path, act))
    assert bool(provider.taken) is (state == CardState.DONE)
    with tenant_scope(live):
        card.refresh_from_db()
        assert card.state == state
        assert (state == CardState.DONE) or "It holds for every address of this person" in card.rule_reason


class Crossed(SendEmail):
    """Somebody opts out after the last look and before its transaction has ended."""

    def __init__(self, happens):
        self.opt_out = threading.Thread(target=happens)
        self.was_waiting = False

    def look_again(self, intent, *, now):
        objection = super().look_again(intent, now=now)
        self.opt_out.start()
        while self.opt_out.is_alive() and not self.was_waiting:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                self.was_waiting = cursor.fetchone() != (0,)
        return objection


def test_an_opt_out_after_the_last_look_waits_until_the_message_is_known_to_be_under_way(
    live, now, start_provider, browser
):
    provider = start_provider("http")
    _, path = message_to(live, now, state=CardState.ALLOWED)

    def opt_out():
        try:
            browser.post(path, ONE_CLICK)
        finally:
            connections.close_all()

    handler = Crossed(opt_out)
    kernel = next(engine for engine in registry if engine.slug == "agent")
    with registry.override(kernel, EngineWith(handler)):
        execute_cards(cycle=build_cycle(tenant=live, now=now))
    handler.opt_out.join()
    assert handler.was_waiting
    assert len(provider.taken) == 1 and "relationship" not in open_streams(live, now)


def test_what_leaves_carries_a_link_that_works_and_both_headers(live, now, start_provider, browser):
    provider = start_provider("http")
    with tenant_scope(live):
        make_contact(now, None, "Dana Pruitt", addresses=["dana@else.test"])
    for stream, address in (
        ("relationship", TOMAS),
        ("marketing", "dana@else.test"),
        ("transactional", TOMAS),
    ):
        message_to(live, now, address=address, stream=stream, state=CardState.ALLOWED)
    carry_out(live, now, lambda: None)
    assert len(provider.taken) == 3
    found = {}
    for taken in provider.taken:
        message = json.loads(taken["content"])
        headers, text = message["headers"], message["text"].splitlines()
        if "List-Unsubscribe" not in headers:
            assert "List-Unsubscribe-Post" not in headers and not any(
                "agent.example.com" in line for line in text
            )
            continue
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        (link,) = re.findall(r"<(https://[^>]+)>", headers["List-Unsubscribe"])
        assert link in text and link.startswith("https://agent.example.com/")
        found[headers["Message-ID"]] = link
    assert len(found) == 2
    for link in found.values():
        assert browser.post(urlsplit(link).path, ONE_CLICK).status_code == 200
    assert open_streams(live, now) == {"transactional", "marketing"}
    assert open_streams(live, now, "dana@else.test") == {"transactional", "relationship"}


@pytest.mark.parametrize(
    ("url", "complaints"),
    [("", ["mail.W001"]), ("http://localhost:8000", ["mail.W001"]), ("https://agent.example.com", [])],
)
def test_an_installation_that_cannot_offer_one_click_is_told_so(settings, url, complaints):
    settings.PUBLIC_URL = url
    found = run_checks(tags=["mail"], include_deployment_checks=True)
    assert [message.id for message in found] == complaints
    assert all("PUBLIC_URL" in message.msg and message.hint for message in found)
