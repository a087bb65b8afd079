"""The exceptions page: what an operator sees of a morning, and that each press is one service call of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agent.access import set_viewers
from agent.models import Tenant
from agent.tenancy import tenant_scope
from orders.exception_groups import group_by_client, group_by_code
from orders.models import Order, OrderException, OrderOverride
from orders.overrides import seen_hash
from orders.services import validate_orders, withdraw_override
from orders.states import FixState, OverrideState, Stage
from tests.orders.cast import NOW, D, make_client, make_desk, make_order
from tests.orders.people import WORDS, blocked_order, make_lead, override

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

LIST = "/admin/orders/orderexception/"


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


def log_in(browser: Browser, person: User, *permissions: str) -> Browser:
    """A browser in which the person has logged in with these permissions on top of their groups'."""
    person.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    browser.force_login(person)
    return browser


@pytest.fixture
def lead(client: Browser, desk: Tenant) -> Browser:
    """The browser of somebody who works on exceptions and may override up to 2,000.00."""
    return log_in(client, make_lead("maria", desk), "view_orderexception", "change_orderexception")


def page_of(row: OrderException) -> str:
    return f"{LIST}{row.pk}/change/"


def press(browser: Browser, row: OrderException, button: str, **values: Any) -> Any:
    return browser.post(f"{LIST}{row.pk}/{button}/", values, follow=True)


def told(page: Any) -> str:
    return " ".join(str(message) for message in page.context["messages"])


def form_of(order: Order, *codes: str, **changes: Any) -> dict[str, Any]:
    """The override form, filled in; inside the caller's scope."""
    order.refresh_from_db()
    rows = OrderException.objects.filter(order=order, code__in=codes)
    values = {
        "exceptions": list(rows.values_list("pk", flat=True)),
        "reason_code": "credit_released",
        "words": WORDS,
        "seen": seen_hash(order),
    }
    return values | changes


# The groups


def test_groups_count_what_is_open_with_its_orders_its_age_and_the_money(
    desk: Tenant, harborpine: Tenant
) -> None:
    make_desk(harborpine)
    with tenant_scope(harborpine):
        blocked_order("MV-1", zip="")
    with tenant_scope(desk):
        client = make_client(limit="400.00")
        for number, changes in (("MV-1", {"zip": ""}), ("MV-2", {})):
            order = make_order(number, client, **changes)
            validate_orders(order_ids=[order.pk], now=NOW + timedelta(hours=int(number[-1])))
        finished = make_order("MV-3", client, zip="", stage=Stage.DELIVERED, delivered_at=NOW)
        validate_orders(order_ids=[finished.pk], now=NOW)
        rules = {group.key: group for group in group_by_code()}
        assert set(rules) == {"CRD-303", "REQ-201"}
        credit = rules["CRD-303"]
        assert (credit.blocking, credit.other, credit.orders, credit.total_amount, credit.oldest_at) == (
            2, 0, 2, D("1290.00"), NOW + timedelta(hours=1)
        )  # fmt: skip
        (of_client,) = group_by_client()
        assert (of_client.label, of_client.key, of_client.blocking, of_client.orders, of_client.total_amount) == (
            client.name, str(client.pk), 3, 2, D("1290.00")
        )  # fmt: skip


def test_what_is_overridden_no_longer_waits_in_a_group(desk: Tenant) -> None:
    maria = make_lead("maria", desk)
    with tenant_scope(desk):
        order = blocked_order()
        assert [group.key for group in group_by_code()] == ["CRD-303"]
        override(order, maria, "CRD-303")
        assert group_by_code() == [] == group_by_client()


def test_each_group_leads_to_its_exceptions(lead: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        first, second = blocked_order("MV-1", zip=""), blocked_order("MV-2")
        other = OrderException.objects.get(order=first, code="REQ-201")
        mine = OrderException.objects.get(order=second)
    shown = lead.get(LIST).content.decode()
    assert f"{LIST}?code=REQ-201" in shown and f"{LIST}?client={second.ordered_by_id}" in shown
    assert "1,290.00" in shown
    by_code = lead.get(f"{LIST}?code=REQ-201").content.decode()
    assert page_of(other) in by_code and page_of(mine) not in by_code and "Money at stake" not in by_code
    by_client = lead.get(f"{LIST}?client={second.ordered_by_id}").content.decode()
    assert page_of(mine) in by_client and page_of(other) not in by_client


def test_the_list_shows_what_is_to_be_worked_on_until_asked_for_the_rest(desk: Tenant, lead: Browser) -> None:
    maria = User.objects.get(username="maria")
    with tenant_scope(desk):
        waiting, overridden = blocked_order("MV-1"), blocked_order("MV-2")
        override(overridden, maria, "CRD-303")
        resolved = blocked_order("MV-3", total_amount=D("700.00"), limit="9000.00")
        rows = {
            name: OrderException.objects.get(order=order)
            for name, order in (("open", waiting), ("overridden", overridden), ("resolved", resolved))
        }
    for show, expected in (
        ("", {"open"}),
        ("?show=overridden", {"overridden"}),
        ("?show=resolved", {"resolved"}),
        ("?show=blocking", {"open"}),
        ("?show=all", {"open", "overridden", "resolved"}),
    ):
        shown = lead.get(LIST + show).content.decode()
        assert {name for name, row in rows.items() if page_of(row) in shown} == expected, show


def test_the_page_asks_as_much_of_the_database_for_many_exceptions_as_for_few(
    lead: Browser, desk: Tenant
) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert lead.get(address).status_code == 200
        return len(queries)

    with tenant_scope(desk):
        row = OrderException.objects.get(order=blocked_order("MV-1"))
    count(LIST), count(page_of(row))  # what a process learns once
    few = (count(LIST), count(page_of(row)))
    with tenant_scope(desk):
        for number in range(2, 12):
            blocked_order(f"MV-{number}", zip="")
    assert (count(LIST), count(page_of(row))) == few
    assert few[0] <= 30 and few[1] <= 30


def test_the_list_is_read_in_the_order_of_its_index(desk: Tenant) -> None:
    with tenant_scope(desk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        rows = OrderException.objects.open().order_by("state", "severity", "-opened_at", "-id")
        plan = rows.explain()
        assert "order_exceptions_list" in plan and "Sort" not in plan


# One exception


def test_an_exception_is_shown_with_its_age_its_evidence_and_what_else_is_wrong(
    lead: Browser, desk: Tenant
) -> None:
    with tenant_scope(desk):
        order = blocked_order(zip="")
        OrderException.objects.update(opened_at=timezone.now() - timedelta(days=3, hours=2))
        row = OrderException.objects.get(order=order, code="CRD-303")
    shown = lead.get(page_of(row)).content.decode()
    for words in (
        "Needs 645.00; only 400.00 of 400.00 is free.",
        "3\xa0days",
        "Exposure",
        "Property address incomplete",
    ):
        assert words in shown, words


def offered(desk: Tenant) -> OrderException:
    """An exception of an accepted order with a fix that waits for a person."""
    with tenant_scope(desk):
        order = make_order("MV-1", make_client(), total_amount=D("700.00"), stage=Stage.ACCEPTED)
        validate_orders(order_ids=[order.pk], now=NOW)
        return OrderException.objects.get(code="PRC-104")


def test_an_offered_fix_is_shown_as_before_and_after_applied_and_undone(lead: Browser, desk: Tenant) -> None:
    row = offered(desk)
    shown = lead.get(page_of(row)).content.decode()
    assert "700.00" in shown and "645.00" in shown and "Apply the fix" in shown
    assert told(press(lead, row, "apply")) == (
        "The fix of PRC-104 is made on order MV-1, and the order was judged again."
    )
    with tenant_scope(desk):
        row.refresh_from_db()
        assert (row.fix_state, row.fix_by, Order.objects.get().total_amount) == (
            "applied",
            "maria",
            D("645.00"),
        )
    assert "Undo the fix" in lead.get(page_of(row)).content.decode()
    press(lead, row, "undo")
    with tenant_scope(desk):
        row.refresh_from_db()
        assert (row.fix_state, Order.objects.get().total_amount) == (FixState.UNDONE, D("700.00"))
    assert told(press(lead, row, "apply")).startswith("No fix of PRC-104 is offered any more.")


def test_looking_again_judges_the_order_as_it_is_now(lead: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        order = blocked_order(zip="")
        row = OrderException.objects.get(order=order, code="REQ-201")
        Order.objects.update(zip="80302")
    assert told(press(lead, row, "look-again")) == "Order MV-1 was judged again. Open: CRD-303; 1 blocking."
    with tenant_scope(desk):
        row.refresh_from_db()
        assert row.state == "resolved"


def test_an_exception_is_overridden_on_its_own_page_together_with_others(lead: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        order = blocked_order(zip="")
        row = OrderException.objects.get(order=order, code="CRD-303")
        filled = form_of(order, "CRD-303", "REQ-201")
    shown = lead.get(page_of(row)).content.decode()
    assert "Your ceiling is 2,000.00." in shown and "Property address incomplete" in shown
    page = press(lead, row, "override", **filled)
    assert told(page) == (
        "Order MV-1 may go on in spite of CRD-303, REQ-201 for seven days, while it stays as it is."
    )
    with tenant_scope(desk):
        given = OrderOverride.objects.get()
        assert (given.requested_by, given.words, given.codes) == ("maria", WORDS, ["CRD-303", "REQ-201"])
        order.refresh_from_db()
        assert order.stage == Stage.RECEIVED
    shown = page.content.decode()
    assert WORDS in shown and "Overridden" in shown and "What it covers" not in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": "Too short"}, "at least 10 characters"),
        ({"reason_code": ""}, "This field is required"),
        ({"seen": "an older page"}, "changed since this page was opened"),
        ({"exceptions": []}, "This field is required"),
    ],
)
def test_a_refused_override_keeps_what_was_typed_and_says_what_is_missing(
    lead: Browser, desk: Tenant, changes: dict[str, Any], words: str
) -> None:
    with tenant_scope(desk):
        order = blocked_order()
        row = OrderException.objects.get()
        filled = form_of(order, "CRD-303") | changes
        fresh = seen_hash(order)
    page = press(lead, row, "override", **filled)
    shown = page.content.decode()
    assert words in shown and filled["words"] in shown
    if "seen" in changes:
        # Now it has been shown, so the next press is bound to it.
        assert fresh in shown
    with tenant_scope(desk):
        assert not OrderOverride.objects.exists()


def test_what_nobody_may_override_is_named_and_cannot_be_chosen(lead: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        order = blocked_order(vendor_instructions="Need 640 please")
        pressure = OrderException.objects.get(code="IND-401")
        row = OrderException.objects.get(code="CRD-303")
        filled = form_of(order, "IND-401")
    assert "IND-401 stays: nobody may override it." in lead.get(page_of(row)).content.decode()
    assert "may go on</h2>" not in lead.get(page_of(pressure)).content.decode()
    press(lead, row, "override", **filled)
    with tenant_scope(desk):
        assert not OrderOverride.objects.exists()


def test_a_second_person_agrees_on_the_page_of_the_override(lead: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        order = blocked_order(limit="100.00")
        row = OrderException.objects.get()
        filled = form_of(order, "CRD-303")
    assert "stays blocked until a second person agrees" in told(press(lead, row, "override", **filled))
    with tenant_scope(desk):
        waiting = OrderOverride.objects.get()
    assert "maria asks for a second person" in lead.get(LIST).content.decode()
    address = f"/admin/orders/orderoverride/{waiting.pk}/"
    maria = User.objects.get(username="maria")
    log_in(lead, maria, "view_orderoverride")
    assert "Somebody else must agree" in told(lead.post(f"{address}approve/", follow=True))
    omar = log_in(Browser(), make_lead("omar", desk), "view_orderoverride", "view_orderexception")
    assert "is in force" in told(omar.post(f"{address}approve/", follow=True))
    with tenant_scope(desk):
        waiting.refresh_from_db()
        assert (waiting.state, waiting.approved_by) == (OverrideState.IN_FORCE, "omar")
    withdrawn = omar.post(f"{address}withdraw/", {"reason": "Paid after all."}, follow=True)
    assert told(withdrawn) == "The override is withdrawn: CRD-303 blocks order MV-1 again."


def test_the_page_of_an_order_tells_each_step_of_its_overrides(lead: Browser, desk: Tenant) -> None:
    maria = User.objects.get(username="maria")
    with tenant_scope(desk):
        order = blocked_order()
        given = override(order, maria, "CRD-303")
        withdraw_override(override=given, person=maria, reason="The wire did not come.", now=NOW)
    log_in(lead, maria, "view_order")
    shown = lead.get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    timeline = shown[shown.index("Timeline") :]
    assert f"In force. {WORDS}" in timeline and "Withdrawn. The wire did not come." in timeline


def test_a_duplicate_is_shown_beside_the_other_order_and_both_stay(lead: Browser, desk: Tenant) -> None:
    with tenant_scope(desk):
        client = make_client()
        first = make_order("MV-1", client, unit="7", loan_number="L-1")
        second = make_order("MV-2", client, unit="7", loan_number="L-2", ordered_at=NOW - timedelta(hours=1))
        validate_orders(order_ids=[first.pk, second.pk], now=NOW)
        row = OrderException.objects.get(code="REQ-212")
    shown = lead.get(page_of(row)).content.decode()
    for words in ("This order, MV-2", "The other, MV-1", "L-1", "L-2", "The same in both:", "Borrower name"):
        assert words in shown, words
    with tenant_scope(desk):
        assert Order.objects.count() == 2


# Who may press, and whose rows


def test_a_person_who_may_only_look_is_shown_no_button_and_refused_each(
    client: Browser, desk: Tenant
) -> None:
    row = offered(desk)
    clerk = User.objects.create_user("clerk", is_staff=True)
    set_viewers(tenant=desk, users=[clerk])
    browser = log_in(client, clerk, "view_orderexception")
    shown = browser.get(page_of(row)).content.decode()
    assert "Apply the fix" not in shown and "Look again" not in shown and "may go on</h2>" not in shown
    for button in ("apply", "undo", "look-again", "override"):
        assert press(browser, row, button).status_code == 403, button
    with tenant_scope(desk):
        assert Order.objects.get().total_amount == D("700.00")


def test_a_rivals_exception_does_not_exist_for_any_button(
    lead: Browser, desk: Tenant, harborpine: Tenant
) -> None:
    make_desk(harborpine)
    with tenant_scope(harborpine):
        order = blocked_order()
        theirs = OrderException.objects.get()
        filled = form_of(order, "CRD-303")
        # Somebody's there, so that the row is there to be found.
        given = override(order, make_rival(harborpine), "CRD-303")
    for button in ("apply", "undo", "look-again", "override"):
        assert press(lead, theirs, button, **filled).status_code == 404, button
    maria = User.objects.get(username="maria")
    log_in(lead, maria, "view_orderoverride")
    for button in ("approve", "withdraw"):
        address = reverse(f"admin:orders_orderoverride_{button}", args=[given.pk])
        assert lead.post(address, {"reason": "Not ours."}).status_code == 404, button
    with tenant_scope(harborpine):
        given.refresh_from_db()
        assert given.state == OverrideState.IN_FORCE


def make_rival(tenant: Tenant) -> User:
    """A superuser, who may override everywhere; made within the open scope."""
    return User.objects.create_superuser(f"root-of-{tenant.slug}")


def test_a_button_is_pressed_and_never_followed(lead: Browser, desk: Tenant) -> None:
    row = offered(desk)
    for button in ("apply", "undo", "look-again", "override"):
        assert lead.get(f"{LIST}{row.pk}/{button}/").status_code == 405, button
