"""The order desk's pages: an exception is found, fixed and undone; an order is looked at and moved on."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from agent.tenancy import tenant_scope
from orders.models import OrderException
from orders.services import validate_orders
from orders.states import FixState, Stage
from tests.orders.cast import D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def window(open_window, width, meridian, harborpine):
    """Dana's window on Meridian's desk, with one order whose total is not the sum of its lines."""
    make_desk(meridian)
    now = timezone.now()
    with tenant_scope(meridian):
        order = make_order(
            "MV-1", make_client(), total_amount=D("700.00"), stage=Stage.ACCEPTED, ordered_at=now
        )
        validate_orders(order_ids=[order.pk], now=now)
        assert OrderException.objects.get(code="PRC-104").fix_state == FixState.PROPOSED
    return open_window(width, User.objects.create_superuser("dana", password="x"), meridian)


def test_an_exception_is_fixed_and_undone(window, meridian):
    page = window.open("/admin/orders/orderexception/")
    window.expect_sound()
    with tenant_scope(meridian):
        row = OrderException.objects.get(code="PRC-104")
    window.open(f"/admin/orders/orderexception/{row.pk}/change/")
    window.expect_sound()
    window.press("Apply the fix")
    assert page.get_by_role("button", name="Undo the fix").is_visible()
    window.expect_sound()
    window.press("Undo the fix")
    with tenant_scope(meridian):
        row.refresh_from_db()
        assert row.fix_state == FixState.UNDONE
    window.expect_sound()


def test_the_list_of_orders_and_an_orders_page_and_form_are_sound(window):
    page = window.open("/admin/orders/order/")
    window.expect_sound()
    window.follow("MV-1")
    assert page.get_by_role("heading", name="Where it stands").is_visible()
    window.expect_sound()
    window.follow("Change the order")
    window.expect_sound()
