"""The processing queue: who is put into it, and how it is worked off, once each, whoever works.

The hourly cycle works it off through cards (`orders.engine`); `process_order_queue` is the same without a cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError
from django.db.models import Exists, F, OuterRef

from agent.events import NewEvent, emit_events
from agent.models import Tenant
from agent.registry import Ref
from agent.switches import ensure_running
from agent.tenancy import refuse_tenant_scope, tenant_scope
from orders.decisions import Decision
from orders.loading import load_desk
from orders.models import JobReason, Order, OrderException, ProcessingJob
from orders.services.override_moves import end_lapsed_overrides
from orders.services.validation import validate_orders
from orders.states import AGENT, JobState

logger = structlog.get_logger(__name__)

BATCH = 1_000
MAX_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class QueueResult:
    """How many entries of the queue were done, are tried again later, and were given up."""

    done: int = 0
    retried: int = 0
    failed: int = 0

    def as_json(self) -> dict[str, int]:
        """As a command prints it."""
        return asdict(self)

    def __add__(self, other: QueueResult) -> QueueResult:
        return QueueResult(
            done=self.done + other.done,
            retried=self.retried + other.retried,
            failed=self.failed + other.failed,
        )


def receive_orders(*, orders: Sequence[Order], now: datetime) -> None:
    """Take new orders in: an event and a place in the queue for each. Two statements, in the caller's scope."""
    emit_events(
        (
            NewEvent(
                kind="order.received",
                subject=Ref(kind="order", id=str(order.pk), label=order.order_number),
                data={"order_number": order.order_number, "client_id": order.ordered_by_id},
            )
            for order in orders
        ),
        now=now,
    )
    enqueue_orders(order_ids=[order.pk for order in orders], reason=JobReason.RECEIVED, now=now)


def enqueue_orders(*, order_ids: Iterable[int], reason: JobReason, now: datetime) -> None:
    """Put orders into the queue; one that waits already keeps its place. One statement.

    Whoever changes an order says so here, in the transaction of the change: overrides given for what the order was are
    void from then on, in a bounded number of further statements.
    """
    order_ids = list(order_ids)
    if reason == JobReason.CHANGED:
        end_lapsed_overrides(order_ids=order_ids, now=now)
    jobs = [ProcessingJob(order_id=pk, reason=reason, due_at=now, enqueued_at=now) for pk in order_ids]
    ProcessingJob.objects.bulk_create(jobs, ignore_conflicts=True)


def requeue_declined(*, decisions: Sequence[Decision], now: datetime) -> None:
    """Have orders looked at again that had no credit, where a fix has lowered what another one takes of it.

    No statement unless a fix has changed a total, then two.
    """
    fixed = [each.order_id for each in decisions if "total_amount" in each.columns]
    seen = [each.order_id for each in decisions]
    if not fixed:
        return
    payers = Order.objects.filter(pk__in=fixed).values("bill_to")
    short = OrderException.objects.open().filter(order=OuterRef("pk"), code__in=("CRD-303", "CRD-304"))
    orders = Order.objects.filter(Exists(short), bill_to__in=payers).exclude(pk__in=seen)
    enqueue_orders(order_ids=list(orders.values_list("pk", flat=True)), reason=JobReason.CREDIT, now=now)


def process_order_queue(
    *, tenant: Tenant, now: datetime, limit: int | None = None, actor: str = AGENT
) -> QueueResult:
    """Work off what is due, all of it or at most `limit` entries. Several processes may: each entry is claimed by one.

    Opens its own transactions. An order that fails is tried again later, and given up after `MAX_ATTEMPTS`; the
    others of its batch are done all the same. Raises `DeskNotSetUp` before anything is claimed, and `Stopped` as soon
    as a kill switch is on; what was claimed before is done.
    """
    refuse_tenant_scope("process_order_queue")
    with tenant_scope(tenant):
        load_desk(now=now)
    result, left = QueueResult(), limit
    while left is None or left > 0:
        with tenant_scope(tenant):
            ensure_running(tenant.pk, lock=True)
            given_up = _give_up_dead_claims(now)
            jobs = _claim(BATCH if left is None else min(left, BATCH), now)
        result += QueueResult(failed=given_up)
        if not jobs:
            break
        left = None if left is None else left - len(jobs)
        result += _work_off(tenant, jobs, now, actor)
    return result


def _give_up_dead_claims(now: datetime) -> int:
    """Entries whose process died at every try: looking at them kills, so they wait for a person."""
    dead = ProcessingJob.objects.due(now).filter(state=JobState.CLAIMED, attempts__gte=MAX_ATTEMPTS)
    return dead.order_by().update(
        state=JobState.FAILED, finished_at=now, last_error="The process died while it looked at this order."
    )


def _claim(count: int, now: datetime) -> list[ProcessingJob]:
    jobs = list(ProcessingJob.objects.due(now).select_for_update(skip_locked=True)[:count])
    ProcessingJob.objects.filter(pk__in=[job.pk for job in jobs]).update(
        state=JobState.CLAIMED, claimed_at=now, attempts=F("attempts") + 1
    )
    for job in jobs:
        job.attempts += 1
    return jobs


def _work_off(tenant: Tenant, jobs: Sequence[ProcessingJob], now: datetime, actor: str) -> QueueResult:
    """The batch in one transaction; when the database refuses it, its orders one by one."""
    try:
        with tenant_scope(tenant):
            return _validate(jobs, now, actor)
    except DatabaseError:
        if len(jobs) > 1:
            logger.warning("order_batch_refused", tenant=tenant.slug, orders=len(jobs), exc_info=True)
            return sum((_work_off(tenant, [job], now, actor) for job in jobs), QueueResult())
        logger.exception("order_refused", tenant=tenant.slug, order=jobs[0].order_id)
        with tenant_scope(tenant):
            return finish_jobs(jobs, errors={jobs[0].order_id: "The database refused the result."}, now=now)


def _validate(jobs: Sequence[ProcessingJob], now: datetime, actor: str) -> QueueResult:
    decisions = validate_orders(order_ids=[job.order_id for job in jobs], now=now, actor=actor)
    requeue_declined(decisions=decisions, now=now)
    return finish_jobs(jobs, errors={each.order_id: each.error for each in decisions if each.error}, now=now)


def finish_jobs(jobs: Sequence[ProcessingJob], *, errors: dict[int, str], now: datetime) -> QueueResult:
    """Record how claimed entries ended: done, tried again after a while, or given up with the reason."""
    done = [job for job in jobs if job.order_id not in errors]
    ProcessingJob.objects.filter(pk__in=[job.pk for job in done]).update(
        state=JobState.DONE, finished_at=now, last_error=""
    )
    failing = [job for job in jobs if job.order_id in errors]
    waiting = set(
        ProcessingJob.objects.filter(order__in=[job.order_id for job in failing], state=JobState.QUEUED)
        .exclude(pk__in=[job.pk for job in failing])
        .values_list("order_id", flat=True)
    )
    retried = 0
    for job in failing:
        # Where the order waits for another look anyway, that one is the retry.
        again = job.attempts < MAX_ATTEMPTS and job.order_id not in waiting
        retried += again
        job.last_error, job.claimed_at = errors[job.order_id], None
        job.state = JobState.QUEUED if again else JobState.FAILED
        job.due_at = now + RETRY_AFTER * job.attempts if again else job.due_at
        job.finished_at = None if again else now
    ProcessingJob.objects.bulk_update(
        failing, ["state", "attempts", "last_error", "claimed_at", "due_at", "finished_at"]
    )
    return QueueResult(done=len(done), retried=retried, failed=len(failing) - retried)


def lock_jobs(job_ids: Iterable[int], *, now: datetime) -> dict[int, ProcessingJob]:
    """Take entries for the length of the caller's transaction, by id; without those that somebody else has."""
    jobs = ProcessingJob.objects.due(now).filter(pk__in=list(job_ids)).select_for_update(skip_locked=True)
    return {job.pk: job for job in jobs}
