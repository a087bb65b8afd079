"""The door to the provider: exact bytes, one recipient, one asking, and an honest word on how it ended."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail

from agent.models import Intent
from agent.registry import Effect
from engagement.mail import providers
from engagement.mail.outbound import compose_message
from tests.mail.test_outbound import outgoing

TOMAS = "therrera@bluemesacu.test"
KEY = "card-1-7"
DOORS = ("http", "smtp")


@pytest.fixture
def live(meridian):
    meridian.agent_settings = {"send_mode": "live"}
    meridian.save(update_fields=["agent_settings"])
    return meridian


def deliver(tenant, now, *, recipient=TOMAS, key=KEY, **changes):
    """Deliver a message of the cast's."""
    content = compose_message(outgoing(now, **changes))
    account = providers.provider_in_force().account
    return providers.deliver(
        tenant=tenant, account=account, content=content, recipient=recipient, idempotency_key=key
    )


def intent_of(now, **changes):
    """An intent whose answer was lost."""
    account = providers.provider_in_force().account
    values = {
        "idempotency_key": KEY,
        "content": compose_message(outgoing(now)),
        "details": {"to": TOMAS, "message_id": "<card-meridian-7@meridianvs.test>", "provider": account},
        "created_at": now,
    }
    return Intent(tenant_id=1, **values | changes)


def ask_again(tenant, now, **changes):
    return providers.ask_again(tenant=tenant, intent=intent_of(now, **changes), now=now)


def test_the_same_bytes_arrive_by_smtp_that_were_frozen(live, now, start_provider):
    provider = start_provider("smtp")
    content = compose_message(outgoing(now))
    outcome = deliver(live, now)
    assert (outcome.effect, outcome.result) == (Effect.DONE, {"provider": "smtp"})
    (taken,) = provider.taken
    assert (taken["recipients"], taken["sender"]) == ([TOMAS], "orders@meridianvs.test")
    assert taken["content"].removesuffix(b"\r\n") == content.removesuffix(b"\r\n")


def test_the_words_and_every_header_that_counts_arrive_by_http(live, now, start_provider):
    provider = start_provider("http")
    outcome = deliver(live, now, in_reply_to="<q@bluemesacu.test>")
    (taken,) = provider.taken
    assert (outcome.effect, outcome.result) == (
        Effect.DONE,
        {"provider": "resend", "provider_id": taken["id"]},
    )
    assert (taken["key"], taken["recipients"]) == (KEY, [TOMAS])
    said = json.loads(taken["content"])
    assert said["from"] == "Meridian Orders <orders@meridianvs.test>"
    assert said["to"] == ["Tomás Herrera <therrera@bluemesacu.test>"]
    assert said["subject"] == "Checking in from Meridian"
    assert said["text"].replace("\r\n", "\n") == outgoing(now).text
    assert said["headers"]["Message-ID"] == "<card-meridian-7@meridianvs.test>"
    assert said["headers"]["In-Reply-To"] == said["headers"]["References"] == "<q@bluemesacu.test>"
    assert said["headers"]["Auto-Submitted"] == "auto-replied"
    assert "unsubscribe" in said["headers"]["List-Unsubscribe"]
    assert not {"From", "To", "Subject", "Content-Type", "MIME-Version"} & set(said["headers"])


@pytest.mark.parametrize(
    ("door", "fault", "effect", "taken"),
    [
        ("smtp", "rcpt:550", Effect.FAILED, 0),
        ("smtp", "rcpt:451", Effect.RETRY, 0),
        ("smtp", "mail:553", Effect.FAILED, 0),
        ("smtp", "data:554", Effect.FAILED, 0),
        ("smtp", "data:452", Effect.RETRY, 0),
        ("smtp", "reset", Effect.RETRY, 0),
        ("smtp", "hang", Effect.RETRY, 0),
        ("smtp", "accept_then_reset", Effect.UNKNOWN, 1),
        ("smtp", "accept_then_hang", Effect.UNKNOWN, 1),
        ("http", "422", Effect.FAILED, 0),
        ("http", "400", Effect.FAILED, 0),
        ("http", "401", Effect.RETRY, 0),
        ("http", "403", Effect.RETRY, 0),
        ("http", "307", Effect.RETRY, 0),
        ("http", "429", Effect.RETRY, 0),
        ("http", "500", Effect.RETRY, 0),
        ("http", "503", Effect.RETRY, 0),
        ("http", "accept_then_502", Effect.UNKNOWN, 1),
        ("http", "reset", Effect.UNKNOWN, 0),
        ("http", "hang", Effect.UNKNOWN, 0),
        ("http", "accept_then_reset", Effect.UNKNOWN, 1),
        ("http", "accept_then_hang", Effect.UNKNOWN, 1),
    ],
)
def test_what_the_provider_did_decides_the_outcome(
    live, now, settings, start_provider, door, fault, effect, taken
):
    provider = start_provider(door, fault)
    settings.EMAIL_TIMEOUT = 0.5
    outcome = deliver(live, now)
    assert outcome.effect == effect, outcome.reason
    assert outcome.reason and outcome.result["provider"] == {"http": "resend", "smtp": "smtp"}[door]
    assert len(provider.taken) == taken


@pytest.mark.parametrize("door", DOORS)
def test_a_slow_provider_is_waited_for(live, now, start_provider, door):
    provider = start_provider(door, "slow", seconds=0.3)
    assert deliver(live, now).effect == Effect.DONE
    assert len(provider.taken) == 1


@pytest.mark.parametrize("door", DOORS)
def test_a_provider_that_is_not_there_means_another_try(live, now, settings, door):
    settings.RESEND_API_KEY = "re_test" if door == "http" else ""
    settings.RESEND_API_URL = "http://127.0.0.1:1/"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    outcome = deliver(live, now)
    assert outcome.effect == Effect.RETRY and "cannot be reached" in outcome.reason


def test_a_wrong_key_is_our_fault_and_not_the_messages(live, now, settings, start_provider):
    provider = start_provider("http")
    settings.RESEND_API_KEY = "re_wrong"
    outcome = deliver(live, now)
    assert outcome.effect == Effect.RETRY and "RESEND_API_KEY" in outcome.reason
    assert provider.taken == [] and "re_wrong" not in outcome.reason


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(0)),
        ("9999999", timedelta(hours=24)),
        ("Sat, 01 Jan 2000 00:00:00 GMT", timedelta(0)),
        ("Fri, 01 Jan 2100 00:00:00 GMT", timedelta(hours=24)),
        ("soon", None),
        ("", None),
    ],
)
def test_how_long_to_stay_away_is_taken_from_the_answer(live, now, start_provider, said, wait):
    start_provider("http", "429", retry_after=said)
    outcome = deliver(live, now)
    assert (outcome.effect, outcome.retry_after) == (Effect.RETRY, wait)
    assert outcome.result == {"provider": "resend", "status": 429}


def test_nothing_leaves_for_a_recipient_whom_the_message_does_not_name(live, now, start_provider):
    provider = start_provider("http")
    assert deliver(live, now, recipient="eve@evil.test").effect == Effect.FAILED
    assert provider.taken == []


@pytest.mark.parametrize(
    ("environment", "disabled", "tenant_mode", "leaves"),
    [
        ("", "", "live", True),
        ("", "", "dry_run", False),
        ("", "", "no such mode", False),
        ("dry_run", "", "live", False),
        ("no such mode", "", "live", False),
        ("live", "", "dry_run", False),
        ("internal_only", "", "live", False),
        ("", "true", "live", False),
        ("limited_live", "", "live", True),
    ],
)
def test_the_most_restrictive_send_mode_wins_right_before_the_socket(
    meridian, now, settings, environment, disabled, tenant_mode, leaves
):
    settings.EMAIL_SEND_MODE, settings.EMAIL_SEND_DISABLED = environment, disabled
    meridian.agent_settings = {"send_mode": tenant_mode}
    assert (deliver(meridian, now).effect == Effect.DONE) is leaves
    assert len(mail.outbox) == leaves


@pytest.mark.parametrize(
    "fault", ["accept_then_reset", "accept_then_hang", "accept_then_502", "reset", "hang"]
)
def test_a_lost_answer_is_asked_for_again_and_the_message_taken_once(
    live, now, settings, start_provider, fault
):
    provider = start_provider("http", fault, times=1)
    settings.EMAIL_TIMEOUT = 0.5
    assert deliver(live, now).effect == Effect.UNKNOWN
    assert ask_again(live, now).effect == Effect.DONE
    assert ask_again(live, now).effect == Effect.DONE
    assert [entry["key"] for entry in provider.taken] == [KEY]


def test_without_keys_the_second_asking_would_be_a_second_message(live, now, start_provider):
    """The oracle can see a duplicate: were it blind, no proof below would be one."""
    provider = start_provider("http", "accept_then_reset", "--no-keys", times=1)
    deliver(live, now)
    ask_again(live, now)
    assert len(provider.taken) == 2


@pytest.mark.parametrize("fault", ["429", "500", "401", "403", "reset", "hang", "accept_then_502"])
def test_not_now_does_not_say_what_became_of_the_first_asking(live, now, settings, start_provider, fault):
    provider = start_provider("http", "accept_then_reset", times=1)
    settings.EMAIL_TIMEOUT = 0.5
    deliver(live, now)
    provider.order(fault)
    outcome = ask_again(live, now)
    assert outcome.effect == Effect.UNKNOWN and outcome.retry_after is not None
    assert len(provider.taken) == 1


def test_a_message_that_is_refused_at_the_second_asking_was_not_taken_at_the_first(live, now, start_provider):
    provider = start_provider("http", "reset", times=1)
    deliver(live, now)
    provider.order("422")
    assert ask_again(live, now).effect == Effect.FAILED


@pytest.mark.parametrize(
    ("age", "asks"), [(timedelta(hours=22, minutes=59), True), (timedelta(hours=23), False)]
)
def test_a_key_is_trusted_for_23_hours(live, now, start_provider, age, asks):
    provider = start_provider("http")
    outcome = ask_again(live, now, created_at=now - age)
    assert (outcome.effect == Effect.DONE) is asks and len(provider.taken) == asks
    assert asks or "<card-meridian-7@meridianvs.test>" in outcome.reason


@pytest.mark.parametrize("given_to", ["smtp", "resend 00000000", ""])
def test_a_key_is_worth_nothing_at_another_account(live, now, start_provider, given_to):
    provider = start_provider("http")
    outcome = ask_again(live, now, details={**intent_of(now).details, "provider": given_to})
    assert outcome.effect == Effect.UNKNOWN and provider.taken == []


def test_a_key_that_was_used_for_another_message_lets_neither_through(live, now, start_provider):
    provider = start_provider("http")
    deliver(live, now)
    outcome = deliver(live, now, subject="Something else")
    assert outcome.effect == Effect.FAILED and "different" in outcome.reason
    again = ask_again(live, now, content=compose_message(outgoing(now, subject="Something else")))
    assert again.effect == Effect.FAILED
    assert len(provider.taken) == 1


def test_smtp_is_never_asked_again(live, now, start_provider):
    provider = start_provider("smtp", "accept_then_reset")
    deliver(live, now)
    assert ask_again(live, now).effect == Effect.UNKNOWN
    assert len(provider.taken) == 1


def test_asking_again_heeds_the_send_mode(live, now, settings, start_provider):
    provider = start_provider("http")
    settings.EMAIL_SEND_MODE = "dry_run"
    assert ask_again(live, now).effect == Effect.UNKNOWN
    assert provider.taken == []


def test_an_answer_that_makes_no_sense_is_no_acceptance(live, now, start_provider):
    start_provider("http", "204")
    assert deliver(live, now).effect == Effect.UNKNOWN


def test_the_provider_in_force_has_a_name_and_an_account_of_its_own(settings):
    assert providers.provider_name() == "smtp"
    settings.RESEND_API_KEY = "re_one"
    one = providers.provider_in_force()
    settings.RESEND_API_KEY = "re_two"
    other = providers.provider_in_force()
    assert one.name == other.name == providers.provider_name() == "resend"
    assert one.account != other.account and "re_one" not in one.account
    assert one.keeps_keys
