"""`process_orders`: the queue worked off by hand, and what it prints and answers."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from agent.models import SystemConfig, Tenant
from agent.tenancy import tenant_scope
from orders.models import OrderDeskSettings, OrderException, ProcessingJob
from orders.services import queue as queue_module
from orders.services import receive_orders
from orders.states import JobState
from tests.orders.cast import NOW, D, make_client, make_desk, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(meridian: Tenant, harborpine: Tenant) -> Tenant:
    """A desk with three orders in the queue, one of them wrong, and a rival with one."""
    for tenant, numbers in ((meridian, ("MV-1", "MV-2", "MV-3")), (harborpine, ("HP-1",))):
        make_desk(tenant)
        with tenant_scope(tenant):
            client = make_client()
            orders = [make_order(number, client) for number in numbers]
            receive_orders(orders=orders, now=NOW)
    with tenant_scope(meridian):
        orders_wrong = ProcessingJob.objects.order_by("id").first()
        assert orders_wrong is not None
        orders_wrong.order.fee_lines.all().delete()
        type(orders_wrong.order).objects.filter(pk=orders_wrong.order_id).update(total_amount=D("655.00"))
    return meridian


def _process(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("process_orders", *arguments, format="json", stdout=out)
    return json.loads(out.getvalue())


def test_process_judges_what_waits_once(desk: Tenant, harborpine: Tenant) -> None:
    assert _process("--tenant", "meridian") == {
        "schema_version": 1,
        "tenants": [{"tenant": "meridian", "done": 3, "retried": 0, "failed": 0}],
    }
    assert _process("--tenant", "meridian")["tenants"][0]["done"] == 0
    with tenant_scope(desk):
        assert OrderException.objects.filter(code="PRC-104").count() == 1
    with tenant_scope(harborpine):
        assert ProcessingJob.objects.get().state == JobState.QUEUED


def test_process_takes_every_enabled_tenant_when_none_is_named(desk: Tenant) -> None:
    done = {row["tenant"]: row["done"] for row in _process()["tenants"]}
    assert done == {"meridian": 3, "harborpine": 1}


def test_process_stops_at_its_limit(desk: Tenant) -> None:
    assert [_process("--tenant", "meridian", "--limit", "2")["tenants"][0]["done"] for _ in "ab"] == [2, 1]


def test_process_tells_people_and_ends_with_1_when_an_order_could_not_be_judged(
    desk: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: Any) -> Any:
        raise DatabaseError("refused")

    monkeypatch.setattr(queue_module, "validate_orders", refuse)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("process_orders", "--tenant", "meridian", stdout=out)
    assert ended.value.code == 1
    assert out.getvalue() == "Meridian Valuation Services: 0 judged, 3 tried again later, 0 given up.\n"


def test_process_refuses_while_a_kill_switch_is_on(desk: Tenant) -> None:
    SystemConfig.objects.update(global_enabled=False, reason="a test")
    with pytest.raises(CommandError) as refused:
        _process("--tenant", "meridian")
    assert refused.value.returncode == 3
    with tenant_scope(desk):
        assert set(ProcessingJob.objects.values_list("state", flat=True)) == {JobState.QUEUED}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--tenant", "nobody"), "Unknown tenant nobody. Known: harborpine, meridian."),
        (("--limit", "none"), "'none' is not a number of orders; write one such as 500."),
        (("--limit", "0"), "'0' is not a number of orders; write one such as 500."),
    ],
)
def test_process_refuses_wrong_arguments(desk: Tenant, arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError) as refused:
        _process(*arguments)
    assert words in str(refused.value)


def test_process_refuses_a_desk_that_is_not_set_up(desk: Tenant) -> None:
    with tenant_scope(desk):
        OrderDeskSettings.objects.all().delete()
    with pytest.raises(CommandError, match="has no order desk settings"):
        _process("--tenant", "meridian")
