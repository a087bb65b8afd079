"""What Resend tells us by webhook: who may tell it, of which message, and what follows, once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connections
from django.test import Client
from django.utils import timezone

from agent.cycle import run_cycle
from agent.models import Card, Event
from agent.states import CardState
from agent.sweep import sweep_tenant
from agent.tenancy import tenant_scope
from engagement.mail.failures import read_mail_health
from engagement.mail.models import (
    Bounce,
    BounceSeverity,
    EmailSuppression,
    FailureKind,
    Mailbox,
    Message,
    ProviderEvent,
    ProviderEventKind,
    ProviderFailure,
    SuppressionReason,
)
from engagement.mail.suppression import NewSuppression, suppress_addresses
from tests.engagement.cast import make_client, make_contact, touch
from tests.fakes.resend_events import PATH, SECRET, resend_event, signed
from tests.mail.cast import ORDERS, TOMAS, bring_in, delivery_report, make_cycle, vouch_for_domain

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TEN_MINUTES = timedelta(minutes=10)
GONE = {"bounce": {"type": "Permanent", "subType": "General", "message": "It sent a hard bounce message."}}
FULL = {"bounce": {"type": "Transient", "subType": "MailboxFull", "message": "The inbox was full."}}


def furnish(tenant, now, address):
    tenant.agent_settings = {"send_mode": "live"}
    tenant.save(update_fields=["agent_settings"])
    with tenant_scope(tenant):
        Mailbox.objects.create(address_normalised=address, display_name="Orders", is_primary=True)
        vouch_for_domain(now, address)
        contact = make_contact(now, make_client(now, email_domain="bluemesacu.test"), addresses=[TOMAS])
        touch(contact, now - timedelta(days=40), now)
    return tenant


@pytest.fixture
def provider(start_provider, settings):
    settings.RESEND_SIGNING_SECRET = SECRET
    return start_provider("http")


@pytest.fixture
def desk(meridian, harborpine, now, provider):
    """Meridian, which has written to Tomás through Resend. So has its rival."""
    furnish(meridian, now, ORDERS)
    furnish(harborpine, now, "desk@harborpine.test")
    for tenant in (meridian, harborpine):
        assert run_cycle(tenant=tenant, now=now).state == "completed"
    assert len(provider.taken) == 2
    return meridian


def sent_by(tenant):
    with tenant_scope(tenant):
        return Card.objects.get(kind="send_email")


def about(tenant, kind="delivered", **changes):
    """An event about the message that the tenant sent."""
    card = sent_by(tenant)
    values = {
        "card": f"card-{tenant.slug}-{card.pk}",
        "to": TOMAS,
        "email_id": card.result.get("provider_id", "lost"),
    }
    return resend_event(kind, **values | changes)


def post(body, *, client=None, **how):
    headers = how.pop("headers", None)
    headers = signed(body, **how) if headers is None else headers
    return (client or Client()).post(PATH, body, content_type="application/json", headers=headers)


def tell(tenant, kind="delivered", *, event_id="", **changes):
    """Post an event about the tenant's message; returns what became of it."""
    answer = post(about(tenant, kind, **changes), event_id=event_id)
    assert answer.status_code == 200, answer.content
    return answer.json()["taken"]


def events_of(tenant, prefix="mail."):
    with tenant_scope(tenant):
        told = Event.objects.filter(kind__startswith=prefix).exclude(kind="mail.message.sent")
        return list(told.order_by("id").values_list("kind", flat=True))


def stored(tenant):
    with tenant_scope(tenant):
        return list(ProviderEvent.objects.order_by("id").values_list("kind", flat=True))


def reasons(tenant):
    with tenant_scope(tenant):
        rows = EmailSuppression.objects.order_by("id")
        return [(row.email_normalised, row.reason) for row in rows]


def test_a_signed_event_is_kept_with_the_message_it_is_about(desk, harborpine):
    assert tell(desk) == "new"
    with tenant_scope(desk):
        (event,) = ProviderEvent.objects.all()
        message = Message.objects.get()
        told = Event.objects.get(kind="mail.delivered")
    card = sent_by(desk)
    assert (event.kind, event.card_id, event.message_id) == ("delivered", card.pk, message.message_id)
    assert event.at.isoformat() == "2026-11-23T16:05:00+00:00"
    assert (told.subject_kind, told.subject_id) == ("message", str(message.pk))
    assert told.data["contact_id"] == card.contact_id and told.data["email"] == TOMAS
    assert stored(harborpine) == events_of(harborpine) == []


def test_the_message_goes_out_with_the_tag_that_its_events_bring_back(desk, provider):
    (taken, _) = provider.taken
    assert json.loads(taken["content"])["tags"] == [
        {"name": "card", "value": f"card-meridian-{sent_by(desk).pk}"}
    ]


def test_without_the_tag_the_message_id_among_the_headers_names_it(desk):
    name = f"card-meridian-{sent_by(desk).pk}"
    headers = [{"name": "Message-Id", "value": f"<{name}@meridianvs.test>"}]
    assert tell(desk, tags={}, headers=headers) == "new"


def forged(desk):
    """Requests that are not Resend's, each with the status that refuses it."""
    body = about(desk, "complained")
    good = signed(body)
    yield "unsigned", body, {}
    yield "tampered", body.replace(b"Checking", b"checking"), good
    yield "signed by somebody else", body, signed(body, secret="whsec_" + "A" * 32)
    yield "ten minutes old", body, signed(body, age=TEN_MINUTES)
    yield "from the future", body, signed(body, age=-TEN_MINUTES)
    yield "another id", body, {**good, "svix-id": "msg_other"}
    yield "no signature at all", body, {**good, "svix-signature": "nonsense"}
    yield "a broken signature", body, {**good, "svix-signature": "v1,%%%"}
    for text in (b"not json", b"[]", b"{}", b'"text"', b'{"type": 5, "data": []}'):
        yield f"signed {text!r}", text, signed(text)
    yield "no text", b"\xff\xfe", good


def test_what_is_not_resends_is_refused_and_leaves_nothing(desk, harborpine):
    for name, body, headers in forged(desk):
        answer = post(body, headers=headers)
        assert answer.status_code == 400, (name, answer)
    assert stored(desk) == reasons(desk) == events_of(desk) == []


@pytest.mark.parametrize("secret", ["", "whsec_", "not a secret", "whsec_c2hvcnQ="])
def test_without_a_secret_nobody_can_prove_to_be_resend(desk, settings, secret):
    settings.RESEND_SIGNING_SECRET = secret
    body = about(desk, "complained")
    for headers in (signed(body), {}):
        answer = post(body, headers=headers)
        assert answer.status_code == 403 and "RESEND_SIGNING_SECRET" in answer.json()["detail"]
    assert stored(desk) == reasons(desk) == []


def test_the_address_takes_small_posts_of_known_providers_only(desk, client):
    assert client.get(PATH).status_code == 405
    assert client.post("/api/webhooks/nobody", b"{}", content_type="application/json").status_code == 404
    body = about(desk, padding="x" * 300_000)
    assert post(body).status_code == 413
    assert stored(desk) == []


def test_the_same_event_again_is_answered_and_changes_nothing(desk):
    body = about(desk, "complained")
    headers = signed(body, event_id="msg_once")
    assert post(body, headers=headers).json() == {"taken": "new"}
    for again in (headers, signed(body, event_id="msg_once")):
        assert post(body, headers=again).json() == {"taken": "repeated"}
    assert stored(desk) == ["complained"] and events_of(desk) == ["mail.complained"]


def test_two_that_arrive_at_once_count_once(desk):
    body = about(desk, "complained")
    headers = signed(body, event_id="msg_race")

    def one(_):
        try:
            return post(body, headers=headers).json()["taken"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(one, range(4)))
    assert answers == ["new", "repeated", "repeated", "repeated"]
    assert events_of(desk) == ["mail.complained"]


def test_an_event_counts_only_for_who_sent_that_message_to_that_person(desk, harborpine):
    ours, theirs = sent_by(desk), sent_by(harborpine)
    strange = [
        {"card": f"card-harborpine-{ours.pk}"},
        {"card": f"card-meridian-{theirs.pk}"},
        {"card": "card-nobody-1"},
        {"card": "card-meridian-999999999999999999"},
        {"card": f"card-meridian-{ours.pk}'; DROP TABLE tenants"},
        {"card": ""},
        {"to": "dana@else.test"},
        {"to": ""},
        {"to": f"{TOMAS}, dana@else.test"},
        {"email_id": "another-message"},
    ]
    for changes in strange:
        assert tell(desk, "complained", **changes) == "unknown", changes
    for tenant in (desk, harborpine):
        assert stored(tenant) == reasons(tenant) == events_of(tenant) == []
    assert tell(harborpine, "complained") == "new"
    assert reasons(desk) == [] and reasons(harborpine) == [(TOMAS, "complaint")]


def test_a_rehearsal_has_nothing_to_be_told_of(meridian, harborpine, now, provider):
    furnish(meridian, now, ORDERS)
    meridian.agent_settings = {"send_mode": "dry_run"}
    meridian.save(update_fields=["agent_settings"])
    run_cycle(tenant=meridian, now=now)
    assert tell(meridian, "complained") == "unknown" and stored(meridian) == []


@pytest.mark.parametrize(
    ("data", "severity"),
    [
        (GONE, BounceSeverity.HARD),
        (FULL, BounceSeverity.SOFT),
        ({"bounce": {"type": "Undetermined", "subType": "Undetermined"}}, BounceSeverity.SOFT),
        ({"bounce": {"type": "Permanent", "subType": "Suppressed"}}, BounceSeverity.HARD),
        (
            {"bounce": {"type": "Permanent", "diagnosticCode": ["smtp; 550 5.1.1 User unknown"]}},
            BounceSeverity.HARD,
        ),
        (
            {
                "bounce": {
                    "type": "Permanent",
                    "diagnosticCode": ["smtp; 550 5.7.1 Blocked by our spam policy"],
                }
            },
            BounceSeverity.SOFT,
        ),
        (
            {"bounce": {"type": "Transient", "diagnosticCode": "smtp; 550 5.1.1 User unknown"}},
            BounceSeverity.SOFT,
        ),
        ({}, BounceSeverity.SOFT),
    ],
)
def test_a_bounce_is_hard_when_the_address_is_dead(desk, harborpine, data, severity):
    assert tell(desk, "bounced", **data) == "new"
    with tenant_scope(desk):
        (bounce,) = Bounce.objects.all()
        card = sent_by_scope()
    assert (bounce.severity, bounce.email_normalised, bounce.message_id) == (severity, TOMAS, None)
    assert bounce.original_message_id.startswith(f"<card-meridian-{card.pk}@")
    expected = [(TOMAS, "hard_bounce")] if severity == BounceSeverity.HARD else []
    assert reasons(desk) == expected and reasons(harborpine) == []
    assert events_of(desk) == ["mail.bounced"]


def sent_by_scope():
    return Card.objects.get(kind="send_email")


def test_an_address_that_resend_does_not_write_to_any_more_is_closed(desk):
    assert tell(desk, "suppressed", suppressed={"message": "On the suppression list."}) == "new"
    assert stored(desk) == ["bounced"] and reasons(desk) == [(TOMAS, "hard_bounce")]


def hard_bounces(tenant):
    with tenant_scope(tenant):
        moment = timezone.now()
        return read_mail_health(cycle=make_cycle(tenant, moment), since=moment - timedelta(days=30))[
            "hard_bounces"
        ]


@pytest.mark.parametrize("first", ["webhook", "mail"])
def test_a_bounce_that_comes_by_webhook_and_as_a_mail_counts_once(desk, first):
    def by_mail():
        with tenant_scope(desk):
            original = Message.objects.get(direction="out").message_id
        return bring_in(desk, timezone.now(), delivery_report((TOMAS, "5.1.1"), original=original))

    if first == "mail":
        assert by_mail().bounces == 1
    assert tell(desk, "bounced", **GONE) == "new"
    if first == "webhook":
        assert by_mail().bounces == 0
    with tenant_scope(desk):
        assert Bounce.objects.count() == 1
    assert events_of(desk).count("mail.bounced") == 1
    assert reasons(desk) == [(TOMAS, "hard_bounce")] and hard_bounces(desk) == 1


def test_a_soft_bounce_that_turns_out_hard_is_news(desk):
    tell(desk, "bounced", **FULL)
    tell(desk, "bounced", **FULL)
    assert reasons(desk) == [] and events_of(desk) == ["mail.bounced"]
    tell(desk, "bounced", **GONE)
    tell(desk, "bounced", **FULL)
    with tenant_scope(desk):
        assert list(Bounce.objects.order_by("id").values_list("severity", flat=True)) == ["soft", "hard"]
    assert reasons(desk) == [(TOMAS, "hard_bounce")]


def test_words_that_come_late_make_nothing_better(desk):
    for kind in ("complained", "delivered", "sent", "delivery_delayed"):
        assert tell(desk, kind) == "new"
    assert events_of(desk) == ["mail.complained"]
    assert reasons(desk) == [(TOMAS, "complaint")]
    with tenant_scope(desk):
        assert EmailSuppression.objects.in_force(timezone.now()).count() == 1
    tell(desk, "complained")
    assert events_of(desk) == ["mail.complained"]


def test_a_complaint_after_the_delivery_closes_what_is_not_owed(desk, harborpine):
    assert [tell(desk, kind) for kind in ("sent", "delivered", "delivered", "complained")] == ["new"] * 4
    assert events_of(desk) == ["mail.delivered", "mail.complained"]
    with tenant_scope(desk):
        (row,) = EmailSuppression.objects.all()
        assert (row.scope, row.contact_id) == ("non_transactional", sent_by_scope().contact_id)
    assert reasons(harborpine) == []


def test_an_opt_out_told_by_the_provider_is_theirs(desk):
    assert tell(desk, "unsubscribed") == "new"
    assert reasons(desk) == [(TOMAS, "unsubscribe")] and events_of(desk) == ["mail.unsubscribed"]


@pytest.mark.parametrize("kind", ["opened", "clicked", "scheduled", "never_heard_of"])
def test_a_message_that_was_looked_at_means_nothing(desk, kind):
    click = {"click": {"link": "https://agent.test/", "userAgent": "scanner", "ipAddress": "192.0.2.1"}}
    assert tell(desk, kind, **click) == "ignored"
    assert stored(desk) == events_of(desk) == []


def test_what_the_provider_took_and_never_sent_is_its_failure(desk):
    assert tell(desk, "failed", failed={"reason": "domain not verified"}) == "new"
    with tenant_scope(desk):
        (failure,) = ProviderFailure.objects.all()
    assert (failure.provider, failure.kind, failure.detail) == (
        "resend",
        FailureKind.REFUSED,
        "domain not verified",
    )
    assert reasons(desk) == [] and events_of(desk) == ["mail.failed"]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("delivered", CardState.DONE),
        ("bounced", CardState.DONE),
        ("sent", CardState.DONE),
        ("failed", CardState.UNKNOWN),
    ],
)
def test_the_providers_word_settles_an_unknown_outcome(meridian, harborpine, now, provider, kind, state):
    furnish(meridian, now, ORDERS)
    provider.order("accept_then_reset", times=1)
    run_cycle(tenant=meridian, now=now)
    assert sent_by(meridian).state == CardState.UNKNOWN
    with tenant_scope(meridian):
        # The provider may not be asked again, so that nothing but its word can settle the card.
        closed = NewSuppression(email_normalised=TOMAS, reason=SuppressionReason.UNSUBSCRIBE)
        suppress_addresses([closed], now=now)
    (taken,) = provider.taken
    assert tell(meridian, kind, email_id=taken["id"], **GONE) == "new"
    sweep_tenant(tenant=meridian, now=now + timedelta(minutes=1))
    assert sent_by(meridian).state == state and len(provider.taken) == 1
    with tenant_scope(meridian):
        assert Message.objects.count() == (1 if state == CardState.DONE else 0)


def test_each_word_has_its_place_between_best_and_worst():
    assert [kind.gravity for kind in ProviderEventKind] == list(range(7))
    assert ProviderEventKind.COMPLAINED.gravity > ProviderEventKind.BOUNCED.gravity


@pytest.mark.parametrize(
    ("key", "secret", "found"),
    [("re_1", "", ["mail.E001"]), ("re_1", SECRET, []), ("", "", []), ("re_1", "whsec_?", ["mail.E002"])],
)
def test_the_check_names_a_missing_or_broken_secret(settings, key, secret, found):
    settings.RESEND_API_KEY, settings.RESEND_SIGNING_SECRET = key, secret
    said = [message.id for message in run_checks(tags=["mail"], include_deployment_checks=True)]
    assert [name for name in said if name.startswith("mail.E")] == found
