"""The queue without a cycle: claimed once, retried with a cap, and one bad order never stalls the rest."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections

from agent.models import Event, Tenant
from agent.tenancy import TenantScopeOpen, tenant_scope
from orders.loading import DeskNotSetUp
from orders.models import CLAIM_LIFETIME, JobReason, Order, OrderDeskSettings, ProcessingJob
from orders.services import QueueResult, enqueue_orders, process_order_queue, receive_orders
from orders.services import queue as queue_module
from orders.services.queue import MAX_ATTEMPTS
from orders.states import JobState
from tests.orders.cast import NOW, make_client, make_desk, make_order


@pytest.fixture
def desk(meridian: Tenant) -> Tenant:
    make_desk(meridian)
    return meridian


def _receive(desk: Tenant, count: int) -> list[Order]:
    with tenant_scope(desk):
        client = make_client(limit="1000000.00")
        orders = [make_order(f"MV-{n}", client) for n in range(1, count + 1)]
        receive_orders(orders=orders, now=NOW)
    return orders


@pytest.mark.django_db
def test_orders_are_received_with_an_event_and_wait_once(desk: Tenant) -> None:
    orders = _receive(desk, 2)
    with tenant_scope(desk):
        enqueue_orders(order_ids=[order.pk for order in orders], reason=JobReason.ASKED, now=NOW)
        assert (
            ProcessingJob.objects.filter(reason=JobReason.RECEIVED).count()
            == ProcessingJob.objects.count()
            == 2
        )
        assert Event.objects.filter(kind="order.received").count() == 2


@pytest.mark.django_db
def test_the_queue_is_worked_off_up_to_its_limit(desk: Tenant) -> None:
    _receive(desk, 3)
    assert process_order_queue(tenant=desk, now=NOW, limit=2) == QueueResult(done=2)
    assert process_order_queue(tenant=desk, now=NOW) == QueueResult(done=1)
    assert process_order_queue(tenant=desk, now=NOW) == QueueResult()
    with tenant_scope(desk):
        assert Order.objects.filter(validated_at=NOW).count() == 3


def _refusing(number: str) -> Any:
    """`validate_orders` that the database refuses whenever that order is among them."""
    validate = queue_module.validate_orders

    def refuse(*, order_ids: Any, **kwargs: Any) -> Any:
        if Order.objects.filter(pk__in=order_ids, order_number=number).exists():
            raise DatabaseError("refused")
        return validate(order_ids=order_ids, **kwargs)

    return refuse


@pytest.mark.django_db
def test_one_bad_order_is_retried_and_given_up_and_the_others_are_done(
    desk: Tenant, monkeypatch: Any
) -> None:
    _receive(desk, 3)
    monkeypatch.setattr(queue_module, "validate_orders", _refusing("MV-2"))
    assert process_order_queue(tenant=desk, now=NOW) == QueueResult(done=2, retried=1)
    assert process_order_queue(tenant=desk, now=NOW) == QueueResult()
    results = [process_order_queue(tenant=desk, now=NOW + timedelta(hours=n)) for n in range(1, MAX_ATTEMPTS)]
    assert results == [QueueResult(retried=1)] * (MAX_ATTEMPTS - 2) + [QueueResult(failed=1)]
    with tenant_scope(desk):
        job = ProcessingJob.objects.gave_up().get()
        assert (job.order.order_number, job.attempts) == ("MV-2", MAX_ATTEMPTS)
        assert job.last_error == "The database refused the result."


@pytest.mark.django_db
def test_a_retry_gives_way_to_another_look_that_waits(desk: Tenant, monkeypatch: Any) -> None:
    (order,) = _receive(desk, 1)
    refuse = _refusing("MV-1")

    with tenant_scope(desk):
        ProcessingJob.objects.update(state=JobState.CLAIMED, claimed_at=NOW - CLAIM_LIFETIME)
        enqueue_orders(order_ids=[order.pk], reason=JobReason.CHANGED, now=NOW + timedelta(hours=1))
    monkeypatch.setattr(queue_module, "validate_orders", refuse)
    assert process_order_queue(tenant=desk, now=NOW) == QueueResult(failed=1)
    with tenant_scope(desk):
        assert list(ProcessingJob.objects.order_by("id").values_list("state", flat=True)) == [
            "failed",
            "queued",
        ]


@pytest.mark.django_db
def test_the_claim_of_a_dead_process_is_free_again_and_given_up_in_the_end(desk: Tenant) -> None:
    _receive(desk, 2)
    with tenant_scope(desk):
        first, second = ProcessingJob.objects.order_by("id")
        ProcessingJob.objects.update(state=JobState.CLAIMED, claimed_at=NOW, attempts=1)
        ProcessingJob.objects.filter(pk=second.pk).update(attempts=MAX_ATTEMPTS)
    assert process_order_queue(tenant=desk, now=NOW + CLAIM_LIFETIME - timedelta(seconds=1)) == QueueResult()
    assert process_order_queue(tenant=desk, now=NOW + CLAIM_LIFETIME) == QueueResult(done=1, failed=1)
    with tenant_scope(desk):
        assert "process died" in ProcessingJob.objects.gave_up().get(pk=second.pk).last_error


@pytest.mark.django_db
def test_a_rivals_queue_stays_as_it_is(desk: Tenant, harborpine: Tenant) -> None:
    make_desk(harborpine)
    _receive(harborpine, 1)
    assert process_order_queue(tenant=desk, now=NOW) == QueueResult()
    with tenant_scope(harborpine):
        assert ProcessingJob.objects.get().state == JobState.QUEUED


@pytest.mark.django_db
def test_a_desk_without_settings_is_refused_before_anything_is_claimed(desk: Tenant) -> None:
    _receive(desk, 1)
    with tenant_scope(desk):
        OrderDeskSettings.objects.all().delete()
    with pytest.raises(DeskNotSetUp):
        process_order_queue(tenant=desk, now=NOW)
    with tenant_scope(desk):
        assert ProcessingJob.objects.get().state == JobState.QUEUED
        with pytest.raises(TenantScopeOpen):
            process_order_queue(tenant=desk, now=NOW)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_four_workers_at_once_do_each_order_once(desk: Tenant) -> None:
    _receive(desk, 120)
    start, results, failures = threading.Barrier(4), [], []

    def work() -> None:
        try:
            start.wait(timeout=10)
            results.append(process_order_queue(tenant=desk, now=NOW))
        except Exception as error:  # told to the test below
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    assert sum(results, QueueResult()) == QueueResult(done=120)
    with tenant_scope(desk):
        assert set(ProcessingJob.objects.values_list("attempts", "state")) == {(1, JobState.DONE)}
        assert Event.objects.filter(kind="order.validated").count() == 120
