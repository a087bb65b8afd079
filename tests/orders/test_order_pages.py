"""An order's page, as an operator works with it: buttons, timeline, due times and the form of changes."""

from __future__ import annotations

import copy
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from guardian.shortcuts import assign_perm

from agent.tenancy import tenant_scope
from orders.admin.due import describe_due
from orders.admin.moves import ACTS
from orders.models import Invoice, InvoiceState, Order, OrderChange, OrderDeskSettings, OrderTransition
from orders.services import change_order, hold_order, resume_order, time_orders, validate_orders
from orders.states import MOVES, HoldReason, Stage
from tests.orders.cast import NOW, TODAY, make_client, make_desk, make_order
from tests.orders.trade import ACTOR, make_vendor, walk

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def console(client, meridian, harborpine):
    """A superuser's browser in Meridian; both desks are set up."""
    for tenant in (meridian, harborpine):
        make_desk(tenant)
    return log_in(client, meridian, User.objects.create_superuser("dana", password="x"))


def log_in(client, tenant, user):
    client.force_login(user)
    session = client.session
    session["tenant"] = tenant.slug
    session.save()
    return client


def order_in(tenant, **changes) -> Order:
    """An order whose dates lie ahead of the wall's clock, by which the console works."""
    values = {"ordered_at": timezone.now(), "due_date": timezone.now().date() + timedelta(days=30)}
    with tenant_scope(tenant):
        return make_order("MV-1", make_client(agreement_expires_date=date(2099, 1, 1)), **values | changes)


def page(console, order) -> str:
    answer = console.get(reverse("admin:orders_order_change", args=[order.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def press(console, order, method, **data) -> str:
    url = reverse(f"admin:orders_order_{method}", args=[order.pk])
    answer = console.post(url, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_buttons_are_the_legal_moves_of_the_stage():
    leads = {
        "accept": Stage.ACCEPTED, "assign": Stage.ASSIGNED, "look_for_vendor": Stage.ASSIGNING,
        "vendor_accepted": Stage.VENDOR_ACCEPTED, "counter": Stage.NEGOTIATING, "vendor_refused": Stage.ASSIGNING,
        "schedule": Stage.SCHEDULED, "inspected": Stage.INSPECTED, "call_off": Stage.VENDOR_ACCEPTED,
        "submitted": Stage.SUBMITTED, "review": Stage.IN_REVIEW, "deliver": Stage.DELIVERED,
        "revise": Stage.REVISION, "withdraw_revision": Stage.IN_REVIEW, "open_rov": Stage.ROV,
        "conclude_rov": Stage.DELIVERED, "close": Stage.CLOSED, "hold": Stage.ON_HOLD, "cancel": Stage.CANCELLED,
    }  # fmt: skip
    staying = {"contact_attempt", "reschedule"}
    assert set(ACTS) == {*leads, *staying, "resume"}
    offered = {(stage, leads[name]) for name in leads for stage in ACTS[name].stages}
    offered |= {(Stage.ON_HOLD, stage) for stage in MOVES[Stage.ON_HOLD]}
    # Received and exception follow from what the rules find, and are no person's move.
    found = {(Stage.RECEIVED, Stage.EXCEPTION), (Stage.EXCEPTION, Stage.RECEIVED)}
    assert offered == {(stage, target) for stage in MOVES for target in MOVES[stage]} - found


def test_a_person_accepts_and_assigns_an_order_by_its_buttons(console, meridian):
    order = order_in(meridian)
    assert "Accept the order" in page(console, order)
    assert "Order MV-1 is accepted." in press(console, order, "accept", reason="")
    with tenant_scope(meridian):
        later = timezone.now().date() + timedelta(days=400)
        vendor = make_vendor(license_ends=later, eo_ends=later)
    due = timezone.now().date() + timedelta(days=20)
    refused = press(console, order, "assign", vendor=vendor.pk, vendor_fee="x", vendor_due_date=due)
    assert "Vendor&#x27;s fee: Enter a number." in refused
    done = press(console, order, "assign", vendor=vendor.pk, vendor_fee="400", vendor_due_date=due)
    assert "Order MV-1 is assigned." in done
    with tenant_scope(meridian):
        order.refresh_from_db()
        assert (order.stage, order.vendor, order.vendor_fee) == (Stage.ASSIGNED, vendor, Decimal("400.00"))
        assert OrderTransition.objects.latest("id").actor == "dana"


def test_a_refused_move_is_shown_as_its_sentence_and_changes_nothing(console, meridian):
    order = order_in(meridian, zip="")
    shown = press(console, order, "accept", reason="")
    assert "cannot be accepted while this blocks it. REQ-201" in shown
    assert "stands at “Received” and cannot be delivered" in press(console, order, "deliver", reason="")
    with tenant_scope(meridian):
        assert not OrderTransition.objects.exists()


def test_somebody_who_may_only_look_sees_no_button_and_may_press_none(client, meridian, harborpine):
    make_desk(meridian)
    order = order_in(meridian)
    viewer = User.objects.create_user("vera", password="x", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_order"))
    assign_perm("view_tenant", viewer, meridian)
    console = log_in(client, meridian, viewer)
    assert "Accept the order" not in page(console, order)
    for name in ("accept", "edit"):
        answer = console.post(reverse(f"admin:orders_order_{name}", args=[order.pk]), {"reason": "x"})
        assert answer.status_code == 403


def test_the_rivals_order_cannot_be_moved_or_changed(console, harborpine):
    order = order_in(harborpine)
    for name in ("accept", "cancel", "edit"):
        url = reverse(f"admin:orders_order_{name}", args=[order.pk])
        assert console.post(url, {"reason": "x"}).status_code == 404
    with tenant_scope(harborpine):
        assert not OrderTransition.objects.exists()


def test_the_timeline_tells_what_happened_the_newest_first(console, meridian):
    with tenant_scope(meridian):
        order = make_order("MV-1", make_client(), total_amount=Decimal("700.00"))
        validate_orders(order_ids=[order.pk], now=NOW)
        walk(order, Stage.INSPECTED, now=NOW + timedelta(minutes=1))
        change_order(
            order=order,
            values={"loan_number": "L-7"},
            actor="eve",
            reason="Client wrote.",
            now=NOW + timedelta(minutes=2),
        )
        hold_order(
            order=order,
            hold_reason=HoldReason.TITLE_ISSUE,
            actor=ACTOR,
            now=NOW + timedelta(minutes=3),
            reason="A lien.",
        )
        resume_order(order=order, actor=ACTOR, now=NOW + timedelta(minutes=4))
        Invoice.objects.create(
            invoice_number="INV-7", client=order.bill_to, order=order, state=InvoiceState.ISSUED, issued_date=TODAY,
            due_date=TODAY, total_amount=Decimal("645.00"), balance_due=Decimal("645.00"),
        )  # fmt: skip
    shown = page(console, order)
    timeline = shown[shown.index("Timeline") :]
    expected = [
        "On hold → Inspected",
        "Title issue A lien.",
        "Client wrote.",
        "Scheduled → Inspected",
        "PRC-104",
        "INV-7",
    ]
    places = [timeline.index(words) for words in expected]
    assert places == sorted(places)
    assert "eve" in timeline


def test_an_orders_page_asks_no_more_of_the_database_for_a_longer_history(console, meridian):
    order = order_in(meridian)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(console, order)
        return len(queries)

    page(console, order)
    few = statements()
    with tenant_scope(meridian):
        for number in range(8):
            change_order(
                order=order, values={"loan_number": f"L-{number}"}, actor=ACTOR, reason="Client.", now=NOW
            )
            order = hold_order(order=order, hold_reason=HoldReason.TITLE_ISSUE, actor=ACTOR, now=NOW)
            order = resume_order(order=order, actor=ACTOR, now=NOW)
    assert statements() == few


def test_the_list_shows_what_is_late_first_then_what_is_due_next_and_last_what_waits_for_nothing(
    console, meridian
):
    now = timezone.now()
    with tenant_scope(meridian):
        client = make_client()
        make_order("MV-DONE", client, stage=Stage.DELIVERED, delivered_at=NOW)
        for number, hours in (("MV-SOON", 1), ("MV-LATE", -30), ("MV-LATER", 80)):
            make_order(number, client, stage_due_at=now + timedelta(hours=hours))
    shown = console.get(reverse("admin:orders_order_changelist")).content.decode()
    numbers = [
        n for n in re.findall(r"MV-[A-Z]+", shown) if n in ("MV-DONE", "MV-SOON", "MV-LATE", "MV-LATER")
    ]
    assert list(dict.fromkeys(numbers)) == ["MV-LATE", "MV-SOON", "MV-LATER", "MV-DONE"]
    assert "late since" in shown


def test_a_page_of_the_list_is_read_from_an_index(console, meridian, rf):
    base = order_in(meridian)
    with tenant_scope(meridian):
        copies = [copy.copy(base) for _ in range(2000)]
        for number, order in enumerate(copies):
            order.pk, order.order_number = None, f"MV-{number + 2}"
            order.stage_due_at = NOW + timedelta(minutes=number)
        Order.objects.bulk_create(copies)
        orders = admin.site.get_model_admin(Order).get_queryset(rf.get("/"))
        plan = orders[:50].explain()
    assert "orders_next_step" in plan
    assert "Sort" not in plan


def test_due_times_are_worded_for_the_desk():
    with timezone.override("America/Denver"):
        noon = NOW + timedelta(hours=3)  # 12:00 on Monday in Denver
        assert describe_due(noon + timedelta(hours=2, minutes=30), noon) == "due 14:30 today"
        assert describe_due(noon + timedelta(hours=24), noon) == "due 12:00 tomorrow"
        assert describe_due(noon - timedelta(hours=24), noon) == "late since 12:00 yesterday"
        assert describe_due(noon + timedelta(days=9), noon) == "due 12:00 Wed 2 Dec"


def test_other_terms_of_the_desk_move_the_next_step_of_every_open_order(console, meridian):
    with tenant_scope(meridian):
        client = make_client()
        for number in range(3):
            make_order(f"MV-{number}", client, ordered_at=NOW)
        ended = make_order("MV-9", client, stage=Stage.DELIVERED, delivered_at=NOW)
        time_orders(Order.objects.unfinished())
        OrderDeskSettings.objects.update(acknowledge_hours=4)
        with CaptureQueriesContext(connection) as queries:
            time_orders(Order.objects.unfinished())
        assert set(Order.objects.unfinished().values_list("stage_due_at", flat=True)) == {
            NOW + timedelta(hours=4)
        }
        ended.refresh_from_db()
        assert ended.stage_due_at is None
    # Tenant, settings, the orders through a cursor, their rush lines, one UPDATE.
    assert len(queries) <= 7


def form_of(console, order) -> dict[str, str]:
    """The form as a browser would send it back unchanged."""
    answer = console.get(reverse("admin:orders_order_edit", args=[order.pk]))
    form = answer.context["form"]
    data: dict[str, str] = {}
    for field in form:
        if field.name == "reason":
            continue
        value = field.value()
        text = "" if value is None else str(value)
        data[field.html_name] = data[field.html_initial_name] = text
    return data


def test_a_person_changes_an_order_by_its_form_and_says_why(console, meridian):
    order = order_in(meridian)
    data = form_of(console, order) | {"fee_amount": "640.00", "reason": "Agreed by phone."}
    answer = console.post(reverse("admin:orders_order_edit", args=[order.pk]), data, follow=True)
    assert "Order MV-1 is changed and will be checked again." in answer.content.decode()
    with tenant_scope(meridian):
        order.refresh_from_db()
        assert (order.fee_amount, order.total_amount) == (Decimal("640.00"), Decimal("660.00"))
        change = OrderChange.objects.get()
        assert (change.actor, change.reason) == ("dana", "Agreed by phone.")
        assert {each["field"] for each in change.changes} == {"fee_amount", "total_amount"}


def test_the_form_writes_only_what_its_person_changed(console, meridian):
    order = order_in(meridian)
    data = form_of(console, order)
    with tenant_scope(meridian):
        change_order(order=order, values={"city": "Denver"}, actor="eve", reason="Moved.", now=NOW)
    data |= {"loan_number": "L-7", "reason": "From the client's mail."}
    console.post(reverse("admin:orders_order_edit", args=[order.pk]), data)
    with tenant_scope(meridian):
        order.refresh_from_db()
        assert (order.city, order.loan_number) == ("Denver", "L-7")


def test_the_form_shows_a_refusal_and_keeps_what_was_typed(console, meridian):
    with tenant_scope(meridian):
        order = walk(make_order("MV-1", make_client()), Stage.INSPECTED)
    data = form_of(console, order) | {"street": "9 Elm Street", "reason": "Typo."}
    shown = console.post(reverse("admin:orders_order_edit", args=[order.pk]), data).content.decode()
    assert "was inspected, so street cannot change" in shown
    assert "9 Elm Street" in shown
    without = console.post(reverse("admin:orders_order_edit", args=[order.pk]), form_of(console, order))
    assert "Why: This field is required." in without.content.decode()
