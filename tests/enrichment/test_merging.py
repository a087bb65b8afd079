"""Making one contact of two: what moves, which values win, who is still not written to, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.models import Card, Event, Task
from agent.states import CardState, SendMode
from agent.tenancy import TenantModel, tenant_scope
from engagement.engine import EngagementEngine
from engagement.enrichment.merging import MergeRefused, merge_contacts, preview_merge
from engagement.enrichment.models import ContactMerge
from engagement.enrichment.references import _keys_to_contacts
from engagement.enrichment.undoing import undo_merge
from engagement.mail.models import EmailSuppression, Mailbox, Stream, SuppressionReason
from engagement.mail.recipients import read_objection
from engagement.mail.suppression import NewSuppression, suppress_addresses
from engagement.models import (
    Contact,
    ContactAddress,
    ContactAffiliation,
    ContactDetail,
    ContactSource,
    EngagementClock,
)
from engagement.services import find_contact_by_address, record_edits
from tests.agent.console_rows import make_row
from tests.engagement.cast import (
    counted_queries,
    make_card,
    make_client,
    make_contact,
    make_cycle,
    touch,
)

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# What a merge adds and an undoing does not take away: the record of both.
RECORDS = {"enrichment.ContactMerge", "agent.Event", "agent.CardTransition"}
FROM_MAIL = {"source": ContactSource.MAIL, "source_message_id": "<1@bluemesacu.test>"}


def book(models=None):
    """Every row of the tenant, table by table, or those of some tables."""
    models = models or [model for model in apps.get_models() if issubclass(model, TenantModel)]
    return {
        model._meta.label: {row["id"]: row for row in model._base_manager.values()}
        for model in models
        if model._meta.label not in RECORDS and any(f.name == "id" for f in model._meta.concrete_fields)
    }


def merge(keep, other, now):
    return merge_contacts(
        keep_id=keep.pk, other_id=other.pk, actor="dana", reason="Same person, new address.", now=now
    )


def undo(made, now):
    return undo_merge(merge=made, actor="dana", reason="Two people after all.", now=now)


def fresh(contact):
    return Contact.objects.get(pk=contact.pk)


@pytest.fixture
def blue_mesa(meridian, now):
    with tenant_scope(meridian):
        Mailbox.objects.create(address_normalised="orders@meridianvs.test", is_primary=True)
        return make_client(now, email_domain="bluemesacu.test")


@pytest.fixture
def pair(meridian, now, blue_mesa):
    """Tomás as the desk knows him, and the Tomas that mail made."""
    with tenant_scope(meridian):
        keep = make_contact(now, blue_mesa, "Tomás Herrera")
        other = make_contact(now, blue_mesa, "Tomas Herrera", addresses=["t@old.test"], **FROM_MAIL)
        return keep, other


def test_everything_that_points_to_a_contact_moves_and_comes_back(meridian, harborpine, now, pair):
    keep, other = pair
    with tenant_scope(harborpine):
        make_row(apps.get_model("deals.Deal"), contact=make_contact(now, None, "Rita Rival"))
        rivals = book()
    with tenant_scope(meridian):
        keys = list(_keys_to_contacts())
        more = {"enrichment.Candidate": {"added_at": now}}
        rows = [
            (model, field, make_row(model, **{field.name: other}, **more.get(model._meta.label, {})))
            for model, field in keys
        ]
        labels = {model._meta.label for model, _ in keys}
        assert labels >= {"deals.Deal", "quotes.Quote", "mail.Message", "mail.EmailSuppression"}
        before = book()
        made = merge(keep, other, now)
        for model, field, row in rows:
            moved = model._base_manager.get(pk=row.pk)
            expected = other.pk if model is ContactDetail else keep.pk
            assert getattr(moved, field.attname) == expected, model
        assert find_contact_by_address("t@old.test") == keep
        assert (fresh(other).merged_into, fresh(other).is_active) == (keep, False)
        undo(made, now + HOUR)
        assert book() == before
    with tenant_scope(harborpine):
        assert book() == rivals


def test_a_merge_that_is_undone_says_who_and_why_and_cannot_be_undone_twice(meridian, now, pair):
    with tenant_scope(meridian):
        made = merge(*pair, now)
        for reason in ("", " "):
            with pytest.raises(MergeRefused, match="Say why"):
                undo_merge(merge=made, actor="dana", reason=reason, now=now)
        undone = undo(made, now)
        assert (undone.undone_by, undone.undo_reason) == ("dana", "Two people after all.")
        with pytest.raises(MergeRefused, match="undone already, by dana"):
            undo(made, now)
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert kinds >= {"contact.merged", "contact.merge_undone"}


def test_empty_fields_are_filled_and_a_persons_value_beats_a_mails(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        keep = make_contact(now, blue_mesa, "Tom Herrera", title="Processor", **FROM_MAIL)
        other = make_contact(
            now, blue_mesa, "Tomás Herrera", addresses=["t@old.test"], title="Branch Manager",
            phone_e164="+13035550142", restricted_party=True, timezone="America/Denver",
        )  # fmt: skip
        shown = preview_merge(keep_id=keep.pk, other_id=other.pk)
        assert dict(shown.taken) == {"Job title": "Branch Manager", "Phone": "+13035550142"}
        assert {(one.field, one.kept, one.given_up) for one in shown.differences} == {
            ("first_name", "Tom", "Tomás"),
            ("title", "Branch Manager", "Processor"),
        }
        before = book()
        made = merge(keep, other, now)
        known = fresh(keep)
        assert (known.full_name, known.title, known.phone_e164) == (
            "Tom Herrera",
            "Branch Manager",
            "+13035550142",
        )
        assert (known.restricted_party, known.timezone) == (True, "America/Denver")
        title = ContactDetail.objects.current().get(contact=keep, field="title")
        assert (title.value, title.is_a_persons) == ("Branch Manager", True)
        undo(made, now)
        assert book() == before


def test_whoever_works_for_two_clients_goes_on_working_for_both(meridian, now, blue_mesa):
    with tenant_scope(meridian):
        keep = make_contact(now, blue_mesa)
        other = make_contact(now, make_client(now, "Mesa Title"), addresses=["t@title.test"])
        assert preview_merge(keep_id=keep.pk, other_id=other.pk).further_client == "Mesa Title"
        before = book()
        made = merge(keep, other, now)
        assert ContactAffiliation.objects.get(contact=keep).client == other.client
        undo(made, now)
        assert book() == before


def test_the_clock_stands_at_the_later_touch(meridian, now, pair):
    keep, other = pair
    with tenant_scope(meridian):
        touch(keep, now - 30 * DAY, now)
        touch(other, now - 2 * DAY, now)
        merge(keep, other, now)
        clock = EngagementClock.objects.get(contact=keep)
        assert clock.last_touch_at == now - 2 * DAY
        assert clock.next_touch_due_at == now + 19 * DAY
        assert not EngagementClock.objects.filter(contact=other).exists()
        plan = EngagementEngine().plan(make_cycle(meridian, now + 25 * DAY))
        assert {proposal.contact.id for proposal in plan.proposals} == {str(keep.pk)}


@pytest.mark.parametrize("who", [0, 1])
def test_what_either_has_said_no_to_binds_every_address_of_both(meridian, now, pair, who):
    keep, other = pair
    with tenant_scope(meridian):
        said = pair[who].addresses.get().email_normalised
        suppress_addresses(
            [NewSuppression(email_normalised=said, reason=SuppressionReason.UNSUBSCRIBE)], now=now
        )
        made = merge(keep, other, now)
        addresses = list(
            ContactAddress.objects.filter(contact=keep).values_list("email_normalised", flat=True)
        )
        assert len(addresses) == 2
        for address in addresses:
            assert read_objection(address=address, contact_id=keep.pk, stream=Stream.RELATIONSHIP, now=now)
        # What is said while they are one binds the address it was said from after an undoing, too.
        suppress_addresses(
            [NewSuppression(email_normalised="t@old.test", reason=SuppressionReason.COMPLAINT)], now=now
        )
        undo(made, now)
        assert read_objection(address="t@old.test", contact_id=other.pk, stream=Stream.RELATIONSHIP, now=now)
        assert EmailSuppression.objects.count() == 2


def test_check_ins_that_wait_are_cancelled_and_other_cards_follow(meridian, now, pair):
    keep, other = pair
    with tenant_scope(meridian):
        plan = EngagementEngine().plan(make_cycle(meridian, now, send_mode=SendMode.LIVE))
        proposals = {proposal.contact.id: proposal for proposal in plan.proposals}
        check_in = make_card(proposals[str(other.pk)], now, state=CardState.ALLOWED)
        sent = make_card(
            proposals[str(other.pk)], now, state=CardState.DONE, dedupe_key="earlier", engine="deals"
        )
        held = make_card(
            proposals[str(other.pk)], now, state=CardState.HELD, dedupe_key="asked", kind="create_task",
            engine="mail",
        )  # fmt: skip
        task = make_row(Task, contact_id=other.pk)
        assert preview_merge(keep_id=keep.pk, other_id=other.pk).cancelled == 1
        made = merge(keep, other, now)
        states = dict(Card.objects.filter(contact_id=keep.pk).values_list("pk", "state"))
        assert states == {
            check_in.pk: CardState.CANCELLED,
            sent.pk: CardState.DONE,
            held.pk: CardState.HELD,
        }
        task.refresh_from_db()
        assert task.contact_id == keep.pk
        undo(made, now)
        assert Card.objects.filter(contact_id=other.pk).count() == 3
        again = EngagementEngine().plan(make_cycle(meridian, now))
        assert {proposal.contact.id for proposal in again.proposals} >= {str(other.pk)}


@pytest.mark.parametrize("state", [CardState.EXECUTING, CardState.UNKNOWN])
def test_nobody_is_merged_while_a_message_may_be_leaving(meridian, now, pair, state):
    with tenant_scope(meridian):
        proposal = EngagementEngine().plan(make_cycle(meridian, now)).proposals[0]
        make_card(proposal, now, state=state)
        with pytest.raises(MergeRefused, match="is under way"):
            merge(*pair, now)


def test_what_cannot_be_one_person_is_refused_in_a_sentence(meridian, harborpine, now, pair):
    keep, other = pair
    with tenant_scope(harborpine):
        rival = make_contact(now, None, "Rita Rival")
    with tenant_scope(meridian):
        desk = make_contact(now, None, "Loan Desk", is_shared_mailbox=True)
        for wrong, words in (
            ((keep, keep), "two different contacts"),
            ((keep, rival), "two different contacts"),
            ((keep, desk), "is a shared mailbox"),
        ):
            with pytest.raises(MergeRefused, match=words):
                merge(*wrong, now)
        with pytest.raises(MergeRefused, match="Say why"):
            merge_contacts(keep_id=keep.pk, other_id=other.pk, actor="dana", reason="", now=now)
        merge(keep, other, now)
        for again in ((keep, other), (other, keep)):
            with pytest.raises(MergeRefused, match="has become Tomás Herrera already"):
                merge(*again, now)
        assert ContactMerge.objects.count() == 1


def _touched(keep, other, now):
    touch(keep, now, now)


def _retitled(keep, other, now):
    Contact.objects.filter(pk=keep.pk).update(title="Closer")
    record_edits(contact=fresh(keep), fields=["title"], actor="dana", now=now)


def _address_gone(keep, other, now):
    ContactAddress.objects.filter(email_normalised="t@old.test").delete()


def _address_primary(keep, other, now):
    ContactAddress.objects.filter(contact=keep).update(is_primary=False)
    ContactAddress.objects.filter(email_normalised="t@old.test").update(is_primary=True)


def _merged_again(keep, other, now):
    merge(keep, make_contact(now, None, "Third One", addresses=["third@x.test"]), now)


def _merged_away(keep, other, now):
    merge(make_contact(now, None, "Third One", addresses=["third@x.test"]), keep, now)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_touched, "There has been contact with Tomás Herrera since the merge"),
        (_retitled, "The job title of Tomás Herrera has been changed since"),
        (_address_gone, "Some addresses that came with Tomas Herrera have been moved or deleted since"),
        (_address_primary, "Mark another as primary first"),
        (_merged_again, "Undo that first: Third One is Tomás Herrera"),
        (_merged_away, "Undo that first: Tomás Herrera is Third One"),
    ],
)
def test_an_undoing_that_would_lose_something_is_refused(meridian, now, pair, change, words):
    keep, other = pair
    with tenant_scope(meridian):
        Contact.objects.filter(pk=other.pk).update(title="Processor")
        made = merge(keep, other, now)
        change(keep, other, now)
        before = book()
        with pytest.raises(MergeRefused, match=words):
            undo(made, now)
        assert book() == before


def test_a_merge_costs_as_many_statements_for_many_rows_as_for_few(meridian, now, blue_mesa):
    costs = []
    for number, count in enumerate((1, 30)):
        with tenant_scope(meridian):
            keep = make_contact(now, blue_mesa, f"Tom Many{number}")
            other = make_contact(now, blue_mesa, f"Tim Many{number}", title="Closer")
            for n in range(count):
                touch(other, now - (n + 2) * DAY, now)
                make_row(apps.get_model("deals.Deal"), contact=other)
        with counted_queries(meridian) as merging:
            made = merge(keep, other, now)
        with counted_queries(meridian) as undoing:
            undo(made, now)
        costs.append((len(merging), len(undoing)))
    assert costs[0] == costs[1]


words = st.sampled_from(["", "Processor", "Closer"])
numbers = st.sampled_from(["", "+13035550142", "+13035550143;ext=7"])
people = st.fixed_dictionaries(
    {
        "first_name": st.sampled_from(["", "Tom", "Tomás"]),
        "last_name": st.sampled_from(["", "Herrera"]),
        "title": words,
        "company": words,
        "phone": numbers,
        "away": st.sampled_from([None, 3, 9]),
        "is_mails": st.booleans(),
        "client": st.integers(0, 2),
        "further": st.booleans(),
        "addresses": st.integers(0, 2),
        "touched": st.lists(st.integers(1, 40), max_size=2, unique=True),
        "suppressed": st.booleans(),
        "deals": st.integers(0, 2),
        "suggested": words,
    }
)


def _make_person(drawn, name, clients, now):
    contact = make_contact(
        now,
        clients[drawn["client"]],
        addresses=[f"{name}{n}@x.test" for n in range(drawn["addresses"])],
        title=drawn["title"],
        phone_e164=drawn["phone"],
        further_client_ids=[clients[1].pk] if drawn["further"] else [],
        **(FROM_MAIL if drawn["is_mails"] else {}),
        first_name=drawn["first_name"],
        last_name=drawn["last_name"],
    )
    contact.company = drawn["company"]
    contact.away_until = now + drawn["away"] * DAY if drawn["away"] else None
    contact.save(update_fields=["company", "away_until"])
    if drawn["company"]:
        record_edits(contact=contact, fields=["company"], actor="dana", now=now)
    for days in drawn["touched"]:
        touch(contact, now - days * DAY, now)
    if drawn["suppressed"] and drawn["addresses"]:
        gone = NewSuppression(email_normalised=f"{name}0@x.test", reason=SuppressionReason.HARD_BOUNCE)
        suppress_addresses([gone], now=now)
    for _ in range(drawn["deals"]):
        make_row(apps.get_model("deals.Deal"), contact=contact)
    if drawn["suggested"]:
        make_row(
            ContactDetail, contact=contact, field="title", value=drawn["suggested"], origin="human",
            state="proposed",
        )  # fmt: skip
    return contact


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=people, second=people)
def test_whatever_two_contacts_hold_a_merge_undone_restores_every_row(meridian, now, first, second):
    with tenant_scope(meridian):
        clients = [make_client(now, name) for name in ("Blue Mesa", "Mesa Title")]
        clients.append(None)
        keep = _make_person(first, "keep", clients, now)
        other = _make_person(second, "other", clients, now)
        tables = {model for model, _ in _keys_to_contacts()} | {Contact, EngagementClock, Card, Task}
        before = book(tables)
        made = merge(keep, other, now)
        assert not Contact.objects.get(pk=other.pk).addresses.exists()
        assert ContactAddress.objects.filter(contact=keep, is_primary=True).count() <= 1
        undo(made, now)
        assert book(tables) == before
        transaction.set_rollback(True)


@pytest.fixture
def console(client, meridian):
    client.force_login(User.objects.create_superuser("dana", password="x"))
    session = client.session
    session["tenant"] = meridian.slug
    session.save()
    return client


def test_an_operator_sees_a_merge_before_confirming_it_and_can_undo_it(console, meridian, now, pair):
    keep, other = pair
    with tenant_scope(meridian):
        Contact.objects.filter(pk=other.pk).update(title="Closer")
    page = console.get(reverse("admin:engagement_contact_change", args=[keep.pk])).content.decode()
    add = reverse("admin:enrichment_contactmerge_add")
    assert f"{add}?keep={keep.pk}" in page
    assert "Who is the same person as Tomás Herrera?" in console.get(add, {"keep": keep.pk}).content.decode()
    form = {"keep": keep.pk, "other": "T@old.test", "reason": "Same person."}
    page = console.post(add, form).content.decode()
    assert "Tomas Herrera becomes Tomás Herrera" in page and "Closer" in page
    with tenant_scope(meridian):
        assert not ContactMerge.objects.exists()
    unseen = console.post(add, form | {"seen": f"{other.pk} {keep.pk}"}).content.decode()
    assert "becomes" in unseen
    answer = console.post(add, form | {"seen": f"{keep.pk} {other.pk}"})
    assert answer.status_code == 302
    with tenant_scope(meridian):
        made = ContactMerge.objects.get()
        assert (made.keep, made.other, made.merged_by) == (keep, other, "dana")
    page = console.get(reverse("admin:engagement_contact_change", args=[keep.pk])).content.decode()
    assert "has become part of this contact" in page
    assert "What moved" in console.get(answer["Location"]).content.decode()
    press = reverse("admin:enrichment_contactmerge_undo", args=[made.pk])
    console.post(press, {"reason": "Two people after all."})
    with tenant_scope(meridian):
        assert ContactMerge.objects.get().undone_by == "dana"
        assert fresh(other).is_active


def test_the_console_refuses_a_merge_with_nobody_or_with_a_rivals_contact(
    console, meridian, harborpine, now, pair
):
    keep, other = pair
    with tenant_scope(harborpine):
        rival = make_contact(now, None, "Rita Rival", addresses=["rita@rival.test"])
    add = reverse("admin:enrichment_contactmerge_add")
    for name in ("rita@rival.test", str(rival.pk), "nobody", "9" * 30):
        page = console.post(add, {"keep": keep.pk, "other": name, "reason": "x"}).content.decode()
        assert "There is no such contact here." in page
    page = console.post(add, {"keep": keep.pk, "other": str(keep.pk), "reason": "x"}).content.decode()
    assert "Choose two different contacts" in page
    assert "Open a contact first" in console.get(add, {"keep": rival.pk}).content.decode()
    with tenant_scope(meridian):
        assert not ContactMerge.objects.exists()


def test_contacts_with_the_same_name_or_mobile_number_are_offered(console, meridian, now, blue_mesa):
    with tenant_scope(meridian):
        keep = make_contact(now, blue_mesa)
        twin = make_contact(now, blue_mesa, addresses=["twin@x.test"])
        phone = make_contact(now, None, "T Herrera", addresses=["phone@x.test"])
        make_contact(now, None, "Ann Other", addresses=["ann@x.test"])
        Contact.objects.filter(pk__in=[keep.pk, phone.pk]).update(mobile_e164="+13035550142")
    page = console.get(reverse("admin:enrichment_contactmerge_add"), {"keep": keep.pk}).content.decode()
    assert f"other={twin.pk}" in page and f"other={phone.pk}" in page
    assert "Ann Other" not in page
