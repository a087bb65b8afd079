"""The `send_email` card: facts for the policy, exact content, delivery, record and reconciliation."""

from __future__ import annotations

from datetime import timedelta
from email.parser import BytesParser
from email.policy import SMTP
from itertools import count

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.cycle import run_cycle
from agent.models import Card, Event, Intent, IntentState
from agent.registry import Effect, Evidence, Outcome, Plan, Proposal, Ref, registry
from agent.states import CardState, SendMode
from agent.tenancy import tenant_scope
from engagement.mail.engine import MailEngine
from engagement.mail.models import Direction, EmailSuppression, Mailbox, Message, SuppressionReason
from engagement.mail.sending import MailContent, SendEmail, send_email_facts
from engagement.mail.suppression import NewSuppression, lift_suppressions, suppress_addresses
from engagement.models import Client, Contact, EngagementClock, Touch, TouchKind
from tests.engagement.cast import make_card, make_client, make_contact, touch
from tests.mail.cast import ORDERS, TOMAS, bring_in, delivery_report, furnish, letter, make_cycle

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

occasions = count()
LIVE = {"send_mode": "live", "max_emails_per_hour": 500}


@pytest.fixture
def desk(meridian, now):
    furnish(meridian, now)
    meridian.agent_settings = LIVE
    meridian.save(update_fields=["agent_settings"])
    return meridian


@pytest.fixture
def rival(harborpine, now):
    furnish(harborpine, now, address="desk@harborpine.test")
    return harborpine


def check_in(contact, address=TOMAS, **payload):
    """A proposal of the kind that engagement makes."""
    return Proposal(
        kind="send_email",
        subject=Ref(kind="contact", id=str(contact.pk), label=str(contact)),
        contact=Ref(kind="contact", id=str(contact.pk), label=str(contact)),
        payload={
            "template": "engagement/check_in",
            "variables": {"first_name": "somebody else"},
            "to": address,
            "stream": "relationship",
            **payload,
        },
        reason="It is time.",
        evidence=(Evidence(type="touch", id="1"),),
        dedupe_key=f"check_in:{contact.pk}:{address}",
    )


def card_for(contact, now, state=CardState.PROPOSED, **payload):
    return make_card(check_in(contact, **payload), now, state=state, dedupe_key=f"occasion:{next(occasions)}")


def tomas():
    return Contact.objects.get(addresses__email_normalised=TOMAS)


def facts_of(tenant, now, card, **changes):
    return send_email_facts([card], make_cycle(tenant, now, **changes))[0]


def words(content):
    """The text of a frozen message."""
    return BytesParser(policy=SMTP).parsebytes(bytes(content)).get_content().replace("\r\n", "\n")


class Proposer(MailEngine):
    """The mail engine, which in a test also proposes what the test wants sent."""

    def __init__(self, *proposals):
        self.wanted = proposals

    def plan(self, cycle):
        return Plan(proposals=tuple(self.wanted))


def run(tenant, now, *proposals):
    kernel = next(engine for engine in registry if engine.slug == "agent")
    with registry.override(kernel, Proposer(*proposals)):
        report = run_cycle(tenant=tenant, now=now)
    assert report.state == "completed", report.stop_detail
    return report


def test_an_address_of_nobody_is_nobody_s_address(desk, now):
    """A card that names no contact has no address that would be its contact's."""
    with tenant_scope(desk):
        card = card_for(tomas(), now)
        for address in ("nobody@stranger.test", TOMAS):
            card.contact_id, card.payload["to"] = None, address
            assert facts_of(desk, now, card)["recipient_is_contact"] is False


def test_the_facts_of_a_message_that_may_leave(desk, now):
    with tenant_scope(desk):
        assert facts_of(desk, now, card_for(tomas(), now)) == {
            "recipient": TOMAS,
            "recipient_is_contact": True,
            "suppressed": "",
            "suppressed_until": None,
            "replied_at": None,
            "opens_at": None,
            "unresolved_variables": [],
            "sensitive_message": "",
            "domain_objection": "",
            "answer_objection": "",
            "thread_answered_at": None,
            "domain_answered_until": None,
            "is_deliverable": True,
        }


def test_the_recipient_must_be_an_address_of_this_contact_of_this_tenant(desk, rival, now):
    with tenant_scope(desk):
        other = make_contact(now, None, "Dana Pruitt", addresses=["dana@else.test"])
        assert facts_of(desk, now, card_for(tomas(), now, to=" THerrera@BlueMesaCU.test "))[
            "recipient_is_contact"
        ]
        for address in ("dana@else.test", "nobody@else.test"):
            assert not facts_of(desk, now, card_for(tomas(), now, address=address))["recipient_is_contact"]
        for address in (
            "",
            None,
            "no address",
            "a@b.test, c@d.test",
            "ümlaut@b.test",
            f"{TOMAS}\nBcc: x@y.test",
        ):
            facts = facts_of(desk, now, card_for(other, now, address=address))
            assert (
                facts["recipient"] == "" and not facts["recipient_is_contact"] and not facts["is_deliverable"]
            )
        theirs = card_for(tomas(), now, stream="marketing")
    with tenant_scope(rival):
        assert not facts_of(rival, now, theirs)["recipient_is_contact"]


@pytest.mark.parametrize(
    ("reason", "open_streams"),
    [
        (SuppressionReason.HARD_BOUNCE, set()),
        (SuppressionReason.LEGAL, set()),
        (SuppressionReason.COMPLAINT, {"transactional"}),
        (SuppressionReason.UNSUBSCRIBE, {"transactional"}),
    ],
)
def test_a_suppression_closes_its_streams_and_no_others(desk, rival, now, reason, open_streams):
    with tenant_scope(rival):
        suppress_addresses([NewSuppression(email_normalised=TOMAS, reason=SuppressionReason.LEGAL)], now=now)
    with tenant_scope(desk):
        contact = tomas()
        names = ("transactional", "relationship", "marketing")
        streams = {name: card_for(contact, now, stream=name) for name in names}
        assert {facts_of(desk, now, card)["suppressed"] for card in streams.values()} == {""}
        suppress_addresses([NewSuppression(email_normalised=TOMAS, reason=reason)], now=now)
        said = {name: facts_of(desk, now, card)["suppressed"] for name, card in streams.items()}
        assert {name for name, sentence in said.items() if not sentence} == open_streams
        assert all(TOMAS in sentence and "2026-11-23" in sentence for sentence in said.values() if sentence)
        lift_suppressions(
            list(EmailSuppression.objects.all()),
            actor="ann",
            reason="They asked us to, by phone on Monday.",
            now=now,
            acknowledged=reason,
        )
        assert {facts_of(desk, now, card)["suppressed"] for card in streams.values()} == {""}


def test_the_last_word_of_the_contact_is_known_and_ours_is_not_taken_for_it(desk, now):
    with tenant_scope(desk):
        card = card_for(tomas(), now)
        touch(tomas(), now - timedelta(hours=1), now, kind=TouchKind.EMAIL_SENT)
        assert facts_of(desk, now, card)["replied_at"] is None
        touch(tomas(), now - timedelta(days=3), now)
        touch(tomas(), now - timedelta(days=2), now)
        assert facts_of(desk, now, card)["replied_at"] == now - timedelta(days=2)


def test_deliverable_follows_the_send_mode_of_the_cycle(desk, now):
    desk.agent_settings = {"send_mode": "internal_only", "internal_allowlist": ["bluemesacu.test"]}
    with tenant_scope(desk):
        inside, outside = card_for(tomas(), now), card_for(tomas(), now, address="tomas@home.example.com")
        for mode, expected in (
            (SendMode.DRY_RUN, (False, False)),
            (SendMode.INTERNAL_ONLY, (True, False)),
            (SendMode.LIVE, (True, True)),
        ):
            known = send_email_facts([inside, outside], make_cycle(desk, now, send_mode=mode))
            assert tuple(facts["is_deliverable"] for facts in known) == expected


@pytest.mark.parametrize(
    ("payload", "missing"),
    [
        ({"template": "engagement/no_such"}, "template engagement/no_such.subject.txt"),
        ({"template": "../../secrets"}, "template '../../secrets'"),
        ({"template": None}, "template 'None'"),
    ],
)
def test_a_template_that_is_not_there_counts_as_unresolved(desk, now, payload, missing):
    with tenant_scope(desk):
        assert facts_of(desk, now, card_for(tomas(), now, **payload))["unresolved_variables"] == [missing]


def test_without_a_primary_mailbox_nothing_is_complete(desk, now):
    with tenant_scope(desk):
        Mailbox.objects.update(is_primary=False)
        assert facts_of(desk, now, card_for(tomas(), now))["unresolved_variables"] == ["reply_address"]


def people(count, now):
    client = Client.objects.get()
    names = [f"{first} {last}" for first in ("Ana", "Bo", "Cy", "Dee", "Eli") for last in "KLMNOPQRST"][
        :count
    ]
    return [
        make_contact(now, client, name, addresses=[f"{name.lower().replace(' ', '.')}@bluemesacu.test"])
        for name in names
    ]


def test_each_of_fifty_people_is_greeted_by_their_own_name(desk, now):
    with tenant_scope(desk):
        cards = [
            card_for(one, now, address=one.addresses.get().email_normalised)
            for one in reversed(people(50, now))
        ]
        contacts = Contact.objects.in_bulk([card.contact_id for card in cards])
        contents = SendEmail().freeze(cards, make_cycle(desk, now))
        for card, content in zip(cards, contents, strict=True):
            message = BytesParser(policy=SMTP).parsebytes(content.body)
            contact = contacts[card.contact_id]
            (recipient,) = message["To"].addresses
            assert recipient.addr_spec == card.payload["to"] == content.details["to"]
            assert recipient.display_name == contact.full_name
            assert message.get_content().startswith(f"Hello {contact.first_name},")
            assert message["Message-ID"] == f"<card-meridian-{card.pk}@meridianvs.test>"
            assert "somebody else" not in message.get_content()
        assert len({content.body for content in contents}) == 50


def test_a_shared_mailbox_is_greeted_without_a_name(desk, now):
    address = "appraisals@bluemesacu.test"
    with tenant_scope(desk):
        desk_of_many = make_contact(
            now,
            Client.objects.get(),
            "Appraisal Desk",
            addresses=[address],
            is_shared_mailbox=True,
        )
        (content,) = SendEmail().freeze([card_for(desk_of_many, now, address=address)], make_cycle(desk, now))
    assert words(content.body).startswith("Hello,\n")


def test_facts_and_content_cost_the_same_for_two_and_for_fifty(desk, now):
    def statements(cards):
        with CaptureQueriesContext(connection) as queries:
            send_email_facts(cards, make_cycle(desk, now))
            SendEmail().freeze(cards, make_cycle(desk, now))
        return len(queries)

    with tenant_scope(desk):
        cards = [card_for(one, now, address=one.addresses.get().email_normalised) for one in people(50, now)]
        assert statements(cards[:2]) == statements(cards) <= 9


def test_an_approval_covers_the_words_and_not_the_minute(now):
    at_noon = MailContent(body=b"To: a@b.test\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n\r\nHello\r\n")
    at_one = MailContent(body=b"To: a@b.test\r\nDate: Mon, 23 Nov 2026 13:00:00 +0000\r\n\r\nHello\r\n")
    other = MailContent(body=b"To: a@b.test\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n\r\nHallo\r\n")
    assert at_noon.hash == at_one.hash != other.hash


def test_a_live_message_leaves_once_and_is_recorded(desk, rival, now, start_smtp):
    server = start_smtp()
    with tenant_scope(desk):
        proposal = check_in(tomas())
    run(desk, now, proposal)
    run(desk, now + timedelta(hours=1), proposal)
    (taken,) = server.taken
    assert taken["recipients"] == [TOMAS]
    with tenant_scope(desk):
        card, intent = Card.objects.get(), Intent.objects.get()
        assert card.state == CardState.DONE
        assert bytes(intent.content).removesuffix(b"\r\n") == taken["content"].removesuffix(b"\r\n")
        message = Message.objects.get()
        assert (message.direction, message.message_id) == (
            Direction.OUT,
            f"<card-meridian-{card.pk}@meridianvs.test>",
        )
        assert message.contact == tomas() and message.client.name == "Blue Mesa Credit Union"
        assert message.newest_text.startswith("Hello Tomás,")
        assert [one.email_normalised for one in message.recipients.all()] == [TOMAS]
        (only,) = Touch.objects.all()
        assert (only.kind, only.contact_id, only.at) == (TouchKind.EMAIL_SENT, tomas().pk, now)
        assert EngagementClock.objects.get(contact=tomas()).last_touch_at == now
        assert Event.objects.get(kind="mail.message.sent").data["card_id"] == card.pk
    with tenant_scope(rival):
        assert not Message.objects.exists() and not Touch.objects.exists()


def test_a_rehearsal_keeps_the_exact_message_and_nothing_else(desk, now):
    desk.agent_settings = {}
    desk.save(update_fields=["agent_settings"])
    with tenant_scope(desk):
        proposal = check_in(tomas())
    run(desk, now, proposal)
    with tenant_scope(desk):
        assert Card.objects.get().state == CardState.DONE
        intent = Intent.objects.get()
        assert intent.details["to"] == TOMAS and words(intent.content).startswith("Hello Tomás,")
        assert b"Subject: Checking in from Meridian" in bytes(intent.content)
        assert not Message.objects.exists() and not Touch.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("behaviour", "state"),
    [
        ("rcpt:550", CardState.FAILED),
        ("rcpt:451", CardState.ALLOWED),
        ("accept_then_reset", CardState.UNKNOWN),
    ],
)
def test_a_message_that_was_not_accepted_is_no_touch_and_suppresses_nobody(
    desk, now, start_smtp, behaviour, state
):
    server = start_smtp(behaviour)
    with tenant_scope(desk):
        proposal = check_in(tomas())
    run(desk, now, proposal)
    with tenant_scope(desk):
        assert Card.objects.get().state == state
        assert not Touch.objects.exists() and not Message.objects.exists()
        assert not EmailSuppression.objects.exists()
    if state == CardState.UNKNOWN:
        run(desk, now + timedelta(hours=1), proposal)
        assert len(server.taken) == 1


def effecting(tenant, now):
    """A card whose process died after the effect began."""
    with tenant_scope(tenant):
        card = card_for(tomas(), now, CardState.EXECUTING)
        (content,) = SendEmail().freeze([card], make_cycle(tenant, now))
        return Intent.objects.create(
            card=card,
            idempotency_key="key",
            content=content.body,
            content_hash=content.hash,
            details=dict(content.details),
            state=IntentState.EFFECTING,
            created_at=now,
        )


@pytest.mark.parametrize("proof", ["none", "answer", "bounce", "copy", "other_tenant"])
def test_what_nobody_saw_stays_unknown_until_the_mail_shows_it(desk, rival, now, proof):
    intent = effecting(desk, now)
    message_id = intent.details["message_id"]
    assert SendEmail().reconcile(intent, now=now).effect == Effect.UNKNOWN
    answer = letter(in_reply_to=message_id)
    if proof == "answer":
        bring_in(desk, now, answer)
    elif proof == "bounce":
        bring_in(desk, now, delivery_report((TOMAS, "5.1.1"), original=message_id))
    elif proof == "copy":
        bring_in(desk, now, letter(sender=ORDERS, to=TOMAS, message_id=message_id))
    elif proof == "other_tenant":
        bring_in(rival, now, answer)
    outcome = SendEmail().reconcile(intent, now=now)
    assert outcome.effect == (Effect.UNKNOWN if proof in ("none", "other_tenant") else Effect.DONE)
    assert outcome.reason


def test_recording_after_a_copy_came_in_keeps_one_message(desk, now):
    intent = effecting(desk, now)
    bring_in(desk, now, letter(sender=ORDERS, to=TOMAS, message_id=intent.details["message_id"]))
    with tenant_scope(desk):
        for _ in range(2):
            SendEmail().record(intent, Outcome(effect=Effect.DONE), make_cycle(desk, now))
        assert Message.objects.count() == 1 and Touch.objects.count() == 1


def test_an_answer_joins_the_thread_of_what_it_answers(desk, now):
    bring_in(desk, now, letter(message_id="<root@x>"), letter(message_id="<q@x>", in_reply_to="<root@x>"))
    with tenant_scope(desk):
        card = card_for(tomas(), now, CardState.EXECUTING, in_reply_to="<q@x>")
        (content,) = SendEmail().freeze([card], make_cycle(desk, now))
        message = BytesParser(policy=SMTP).parsebytes(content.body)
        assert message["In-Reply-To"] == "<q@x>" and message["References"] == "<root@x> <q@x>"
        intent = Intent.objects.create(
            card=card,
            idempotency_key="k",
            content=content.body,
            details=dict(content.details),
            created_at=now,
        )
        SendEmail().record(intent, Outcome(effect=Effect.DONE), make_cycle(desk, now))
        assert Message.objects.values("thread").distinct().count() == 1


def test_an_opt_out_between_the_plan_and_the_send_wins(desk, now):
    with tenant_scope(desk):
        proposal = check_in(tomas())
    bring_in(desk, now, letter(text="STOP\n"))
    run(desk, now, proposal)
    with tenant_scope(desk):
        card = Card.objects.get()
        assert card.state == CardState.BLOCKED and "asked not to be written to" in card.rule_reason
    assert mail.outbox == []


def test_a_client_of_another_tenant_does_not_lend_its_name(desk, rival, now):
    with tenant_scope(rival):
        make_client(now, "Rival Bank")
    with tenant_scope(desk):
        (content,) = SendEmail().freeze([card_for(tomas(), now)], make_cycle(desk, now))
    text = words(content.body)
    assert "Blue Mesa Credit Union" in text and "Meridian Valuation Services" in text and "Rival" not in text
