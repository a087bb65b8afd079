"""What the engagement engine proposes, whom it leaves alone, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent.events import NewEvent, emit_events
from agent.models import Card, Event
from agent.registry import Ref
from agent.states import CardState, SendMode
from agent.tenancy import tenant_scope
from engagement.due import count_unserved, engagement_statistics, select_next_contacts
from engagement.engine import EngagementEngine
from engagement.models import ClientStatus, Contact, ContactRole, EngagementClock
from tests.engagement.cast import (
    counted_queries,
    make_card,
    make_client,
    make_contact,
    make_cycle,
    touch,
)

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def days(count):
    return timedelta(days=count)


def plan(tenant, now, **changes):
    return EngagementEngine().plan(make_cycle(tenant, now, **changes))


def why_left(found, subject):
    return {left.subject.id: left for left in found.left_alone if left.subject.label.startswith(str(subject))}


def codes(found):
    return sorted((left.subject.label.split(",")[0], left.code) for left in found.left_alone)


@pytest.fixture
def blue_mesa(meridian, now):
    """A client that was touched yesterday, so that only its people are looked at."""
    with tenant_scope(meridian):
        client = make_client(now)
        EngagementClock.objects.filter(client=client).update(next_touch_due_at=now + days(20))
    return client


def test_an_overdue_contact_gets_a_check_in_that_says_why(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        touch(tomas, now - days(26), now)
        EngagementClock.objects.filter(client=blue_mesa).update(next_touch_due_at=now + days(1))
        found = plan(meridian, now)
        last = tomas.touches.get()
    (proposal,) = found.proposals
    assert proposal.kind == "send_email"
    assert (
        proposal.reason
        == "No contact with Tomás Herrera (Blue Mesa Credit Union) for 26 days; the limit is 21."
    )
    assert [evidence.as_json() for evidence in proposal.evidence] == [
        {"type": "touch", "id": str(last.pk), "quote": "2026-10-28 e-mail from Tomás Herrera"}
    ]
    assert proposal.dedupe_key == f"check_in:{tomas.pk}:2026-11-18"
    assert proposal.contact == proposal.subject
    assert proposal.payload == {
        "template": "engagement/check_in",
        "variables": {
            "first_name": "Tomás",
            "full_name": "Tomás Herrera",
            "client_name": "Blue Mesa Credit Union",
        },
        "to": "tomas.herrera@bluemesacu.test",
        "stream": "relationship",
    }
    assert found.left_alone == ()


def test_nobody_is_written_to_at_exactly_21_days(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        touch(tomas, now - days(21), now)
        assert plan(meridian, now).proposals == ()
        (proposal,) = plan(meridian, now + timedelta(seconds=1)).proposals
    assert "for over 21 days; the limit is 21" in proposal.reason


def test_a_contact_never_touched_shows_its_clock(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa, created_at=now - days(30))
        (proposal,) = plan(meridian, now).proposals
        clock = EngagementClock.objects.get(contact=tomas)
    assert proposal.evidence[0].as_json() == {
        "type": "clock",
        "id": str(clock.pk),
        "quote": "2026-10-24 added; no contact since",
    }
    assert "in the 30 days since the clock began" in proposal.reason


def test_a_contact_and_an_account_that_are_both_overdue_make_one_card(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now, "Confluence CU")
        tomas = make_contact(now, client)
        touch(tomas, now - days(26), now)
        (proposal,) = plan(meridian, now).proposals
    assert proposal.reason == (
        "No contact with Tomás Herrera (Confluence CU) for 26 days; the limit is 21. "
        "No contact with anybody at Confluence CU for 26 days; the limit is 21."
    )
    assert [evidence.type for evidence in proposal.evidence] == ["touch", "clock"]


def test_an_overdue_account_speaks_to_the_best_of_its_people(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        make_contact(now, client, "Pat Payable", role=ContactRole.ACCOUNTS_PAYABLE, created_at=now - days(2))
        desk = make_contact(
            now, client, "Dee Desk", role=ContactRole.APPRAISAL_DESK, created_at=now - days(2)
        )
        (proposal,) = plan(meridian, now).proposals
    assert proposal.contact.id == str(desk.pk)
    assert proposal.reason.endswith("Dee Desk is the person to write to.")
    assert proposal.dedupe_key.startswith(f"check_in:{desk.pk}:")


def test_a_person_of_two_overdue_accounts_gets_one_card_for_both(meridian, now):
    with tenant_scope(meridian):
        first, second = make_client(now, "First Bank"), make_client(now, "Second Bank")
        make_contact(now, first, further_client_ids=[second.pk], created_at=now - days(1))
        (proposal,) = plan(meridian, now).proposals
    assert "anybody at First Bank" in proposal.reason
    assert "anybody at Second Bank" in proposal.reason
    assert proposal.payload["variables"]["client_name"] == "First Bank"


def test_an_account_whose_best_person_refused_speaks_to_the_next(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        best = make_contact(
            now, client, "Dee Desk", role=ContactRole.APPRAISAL_DESK, created_at=now - days(2)
        )
        next_best = make_contact(now, client, "Pat Payable", created_at=now - days(2))
        (proposal,) = plan(meridian, now).proposals
        assert proposal.contact.id == str(best.pk)
        make_card(proposal, now, state=CardState.BLOCKED, rule_reason="She opted out.")
        (proposal,) = plan(meridian, now).proposals
        assert proposal.contact.id == str(next_best.pk)
        make_card(proposal, now, state=CardState.BLOCKED, rule_reason="He opted out.")
        found = plan(meridian, now)
    assert found.proposals == ()
    assert codes(found) == [("Blue Mesa Credit Union", "nobody_to_write_to")]


def test_everybody_who_is_due_and_left_alone_has_a_reason(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        suspended = make_client(now, "Willamette", status=ClientStatus.SUSPENDED)
        closed = make_client(now, "Old Bank", status=ClientStatus.CLOSED)
        make_contact(now, blue_mesa, "Nora Address", addresses=[])
        make_contact(now, blue_mesa, "Ina Active", is_active=False)
        make_contact(now, blue_mesa, "", addresses=["who@bluemesacu.test"])
        make_contact(now, blue_mesa, "Appraisal Desk", is_shared_mailbox=True)
        make_contact(now, suspended, "Sue Spended")
        make_contact(now, closed, "Clo Sed")
        lonely = make_client(now, "Lonely Bank")
        found = plan(meridian, now)
        nameless = Contact.objects.get(first_name="")
    assert found.proposals == ()
    assert codes(found) == sorted(
        [
            ("Nora Address", "no_address"),
            ("Ina Active", "inactive"),
            (f"Contact {nameless.pk}", "no_name"),
            ("Appraisal Desk", "shared_mailbox"),
            ("Sue Spended", "client_suspended"),
            ("Clo Sed", "client_closed"),
            ("Willamette", "client_suspended"),
            ("Old Bank", "client_closed"),
            (lonely.name, "nobody_to_write_to"),
        ]
    )
    assert all(left.reason.endswith(".") for left in found.left_alone)


def test_a_restricted_party_is_kept_in_contact_with_like_anybody_else(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa, role=ContactRole.LOAN_OFFICER)
        (proposal,) = plan(meridian, now).proposals
    assert proposal.payload["template"] == "engagement/check_in"
    assert set(proposal.payload["variables"]) == {"first_name", "full_name", "client_name"}


@pytest.mark.parametrize(
    ("state", "rule_reason", "code", "words"),
    [
        (CardState.PROPOSED, "", "waiting", "proposed"),
        (CardState.DEFERRED, "This hour's cap on messages is used up.", "waiting", "cap on messages"),
        (CardState.HELD, "", "waiting", "held for approval"),
        (CardState.BLOCKED, "They asked not to be written to.", "refused", "asked not to be written to"),
        (CardState.REJECTED, "", "refused", "rejected"),
        (CardState.UNKNOWN, "", "unknown", "A person must settle it"),
        (CardState.DONE, "", "done", "has been sent"),
    ],
)
def test_an_occasion_that_has_its_card_gets_no_second_one(
    meridian, now, blue_mesa, state, rule_reason, code, words
):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now).proposals
        make_card(proposal, now, state=state, rule_reason=rule_reason)
        found = plan(meridian, now)
    assert found.proposals == ()
    assert [left.code for left in found.left_alone] == [code]
    assert words in found.left_alone[0].reason


@pytest.mark.parametrize("state", [CardState.CANCELLED])
def test_an_occasion_whose_card_lapsed_is_free_again(meridian, now, blue_mesa, state):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now).proposals
        make_card(proposal, now, state=state)
        assert len(plan(meridian, now).proposals) == 1


def test_a_card_that_waits_stops_a_second_one_when_the_person_falls_due_as_well(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        tomas = make_contact(now, client, created_at=now - days(20))
        (for_account,) = plan(meridian, now).proposals
        make_card(for_account, now, state=CardState.HELD)
        later = now + days(2)
        assert EngagementClock.objects.overdue(later).filter(contact=tomas).exists()
        found = plan(meridian, later)
    assert found.proposals == ()
    assert [left.code for left in found.left_alone] == ["waiting"]


def test_a_rehearsal_leaves_the_real_occasion_free(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now, send_mode=SendMode.DRY_RUN).proposals
        make_card(proposal, now, state=CardState.DONE, is_rehearsal=True)
        rehearsed = plan(meridian, now, send_mode=SendMode.DRY_RUN)
        assert [left.code for left in rehearsed.left_alone] == ["rehearsed"]
        assert len(plan(meridian, now, send_mode=SendMode.LIVE).proposals) == 1


def test_the_longest_overdue_of_equals_comes_first_and_an_active_client_counts(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        busy = make_client(now, "Busy Bank")
        clerk = make_contact(now, busy, "Bea Busy", created_at=now)
        for day in range(8):
            touch(clerk, now - days(day), now)
        for name, client, ago in (
            ("Ann Late", blue_mesa, 30),
            ("Bob Later", blue_mesa, 31),
            ("Cy Busy", busy, 30),
        ):
            contact = make_contact(now, client, name, created_at=now - days(200))
            touch(contact, now - days(ago), now)
        EngagementClock.objects.filter(client=blue_mesa).update(next_touch_due_at=now + days(1))
        order = [str(due.contact) for due in select_next_contacts(now=now)]
        assert order == ["Cy Busy", "Bob Later", "Ann Late"]
        assert [str(due.contact) for due in select_next_contacts(now=now, limit=1)] == ["Cy Busy"]
        priorities = [proposal.priority for proposal in plan(meridian, now).proposals]
    assert priorities == sorted(priorities, reverse=True)
    assert all(0 <= priority <= 100 for priority in priorities)


def test_a_rival_sees_nothing_and_is_not_seen(meridian, harborpine, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa)
    with tenant_scope(harborpine):
        found = plan(harborpine, now)
        assert (found.proposals, found.left_alone) == ((), ())
        assert count_unserved(now=now) == 0
        assert engagement_statistics(now=now).contacts == 0
        make_contact(now, make_client(now, "Rival Bank"), "Rita Rival")
    with tenant_scope(meridian):
        (proposal,) = plan(meridian, now).proposals
        assert proposal.payload["variables"]["first_name"] == "Tomás"


def test_planning_for_200_contacts_costs_no_more_statements_than_for_10(meridian, now):
    def population(size, prefix):
        clients = [make_client(now, f"{prefix} Bank {n}") for n in range(size // 5)]
        for n in range(size):
            contact = make_contact(
                now, clients[n % len(clients)], f"{prefix} N{n}", addresses=[f"{prefix}{n}@x.test"]
            )
            if n % 2:
                touch(contact, now - days(30 + n % 7), now)

    def statements():
        with counted_queries(meridian) as queries:
            found = plan(meridian, now)
            EngagementEngine().facts(make_cycle(meridian, now))
            EngagementEngine().report(make_cycle(meridian, now))
        return len(queries), len(found.proposals)

    with tenant_scope(meridian):
        population(10, "A")
    few, found_few = statements()
    with tenant_scope(meridian):
        population(190, "B")
    many, found_many = statements()
    assert (found_few, found_many) == (10, 200)
    assert few == many <= 16


# What research waits for


def test_research_waits_for_whoever_can_be_written_to_until_a_real_touch(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        make_contact(now, blue_mesa, "Nora Address", addresses=[])
        make_contact(now, blue_mesa, "Ina Active", is_active=False)
        make_contact(now, blue_mesa, "Appraisal Desk", is_shared_mailbox=True)
        make_contact(now, make_client(now, "Closed", status=ClientStatus.CLOSED), "Clo Sed")
        assert count_unserved(now=now) == 1
        (proposal,) = plan(meridian, now, send_mode=SendMode.DRY_RUN).proposals
        make_card(proposal, now, state=CardState.DONE, is_rehearsal=True)
        assert EngagementEngine().facts(make_cycle(meridian, now)) == {"overdue_contacts": 1}
        touch(tomas, now, now)
        assert count_unserved(now=now) == 0


def test_research_does_not_wait_for_somebody_whose_check_in_was_refused(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now).proposals
        card = make_card(proposal, now, state=CardState.BLOCKED)
        assert count_unserved(now=now) == 0
        Card.objects.filter(pk=card.pk).update(proposed_at=now - days(400))
        assert count_unserved(now=now) == 1


# What an hour tells the next


def test_check_ins_deferred_by_the_cap_make_the_next_plan_propose_fewer(meridian, now, blue_mesa):
    meridian.agent_settings = {"max_emails_per_hour": 3, "send_mode": "live"}
    engine = EngagementEngine()
    with tenant_scope(meridian):
        for n in range(6):
            make_contact(now, blue_mesa, f"Person N{n}")
        first = plan(meridian, now)
        assert len(first.proposals) == 6
        for proposal in first.proposals[:2]:
            make_card(proposal, now, state=CardState.DEFERRED, rule="caps_hold")
        (hint,) = engine.report(make_cycle(meridian, now)).hints
        assert (hint.engine, hint.code, hint.data) == ("engagement", "serve_deferred_first", {"waiting": 2})
        without = plan(meridian, now)
        with_hint = plan(meridian, now, hints=[hint])
    assert len(without.proposals) == 4
    assert [proposal.dedupe_key for proposal in with_hint.proposals] == [without.proposals[0].dedupe_key]
    held_back = [left for left in with_hint.left_alone if left.code == "waits_for_capacity"]
    assert len(held_back) == 3
    assert "go first" in held_back[0].reason


def test_no_hint_is_given_when_cards_wait_for_another_reason(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now).proposals
        make_card(proposal, now, state=CardState.DEFERRED, rule="contact_is_not_crowded")
        assert EngagementEngine().report(make_cycle(meridian, now)).hints == ()


def test_the_report_counts_people_and_accounts_in_time(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        make_contact(now, blue_mesa, "Ann Late")
        touch(make_contact(now, blue_mesa, "Bob Fresh"), now, now)
        make_contact(now, blue_mesa, "Appraisal Desk", is_shared_mailbox=True)
        report = EngagementEngine().report(make_cycle(meridian, now))
    assert report.figures == {
        "contacts": 2,
        "overdue_contacts": 1,
        "accounts": 1,
        "overdue_accounts": 0,
        "compliance": 0.6667,
    }


def test_a_desk_without_contacts_is_compliant(meridian, now):
    with tenant_scope(meridian):
        assert engagement_statistics(now=now).compliance == 1.0


def test_a_changed_limit_is_in_force_from_the_next_plan(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        touch(make_contact(now, blue_mesa), now - days(15), now)
        assert plan(meridian, now).proposals == ()
        meridian.agent_settings = {"engagement_days": 14}
        EngagementEngine().report(make_cycle(meridian, now))
        (proposal,) = plan(meridian, now).proposals
    assert "for 15 days; the limit is 14" in proposal.reason


# What ends a check-in that waits


def react(tenant, now, kind, contact, *, in_data=False, **data):
    subject = (
        Ref(kind="message", id="1", label="A mail")
        if in_data
        else Ref(kind="contact", id=str(contact.pk), label=str(contact))
    )
    emit_events([NewEvent(kind=kind, subject=subject, data={"contact_id": contact.pk, **data})], now=now)
    events = list(Event.objects.filter(kind=kind))
    EngagementEngine().react(make_cycle(tenant, now), events)
    EngagementEngine().react(make_cycle(tenant, now), events)


@pytest.mark.parametrize("state", [CardState.PROPOSED, CardState.ALLOWED, CardState.DEFERRED, CardState.HELD])
@pytest.mark.parametrize("kind", ["mail.bounced", "contact.suppressed", "mail.unsubscribed"])
def test_a_check_in_is_cancelled_when_the_person_can_no_longer_be_written_to(
    meridian, now, blue_mesa, state, kind
):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        make_contact(now, blue_mesa, "Ann Other")
        cards = [make_card(proposal, now, state=state) for proposal in plan(meridian, now).proposals]
        react(meridian, now, kind, tomas, in_data=True)
        left = set(Card.objects.exclude(state=CardState.CANCELLED).values_list("contact_id", flat=True))
    assert len(cards) == 2
    assert tomas.pk not in left
    assert len(left) == 1


@pytest.mark.parametrize("kind", ["contact.touched", "mail.reply.received"])
def test_a_check_in_is_cancelled_when_there_has_been_contact(meridian, now, blue_mesa, kind):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        make_contact(now, blue_mesa, "Ann Other")
        for proposal in plan(meridian, now).proposals:
            make_card(proposal, now, state=CardState.DEFERRED)
        touch(tomas, now, now)
        react(meridian, now, kind, tomas)
        cancelled = Card.objects.get(state=CardState.CANCELLED)
        assert cancelled.contact_id == tomas.pk
        assert Card.objects.filter(state=CardState.DEFERRED).count() == 1


def test_an_old_mail_that_arrives_late_does_not_cancel_a_check_in(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now).proposals
        make_card(proposal, now, state=CardState.DEFERRED)
        touch(tomas, now - days(40), now)
        react(meridian, now, "mail.reply.received", tomas)
        assert Card.objects.get().state == CardState.DEFERRED


def test_a_check_in_for_an_account_is_cancelled_when_a_colleague_was_in_contact(meridian, now):
    with tenant_scope(meridian):
        client = make_client(now)
        make_contact(now, client, "Dee Desk", role=ContactRole.APPRAISAL_DESK, created_at=now - days(2))
        colleague = make_contact(now, client, "Pat Payable", created_at=now - days(2))
        (proposal,) = plan(meridian, now).proposals
        make_card(proposal, now, state=CardState.HELD)
        touch(colleague, now, now)
        react(meridian, now, "contact.touched", colleague)
        assert Card.objects.get().state == CardState.CANCELLED


def test_a_soft_bounce_stops_nothing(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now).proposals
        make_card(proposal, now, state=CardState.DEFERRED)
        react(meridian, now, "mail.bounced", tomas, severity="soft")
        assert Card.objects.get().state == CardState.DEFERRED
        react(meridian, now, "mail.bounced", tomas, severity="hard")
        assert Card.objects.get().state == CardState.CANCELLED


def test_cards_of_other_engines_are_left_alone(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        tomas = make_contact(now, blue_mesa)
        (proposal,) = plan(meridian, now).proposals
        make_card(proposal, now, state=CardState.DEFERRED, engine="quotes")
        react(meridian, now, "mail.bounced", tomas)
        assert Card.objects.get().state == CardState.DEFERRED
