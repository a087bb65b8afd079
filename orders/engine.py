"""What orders contribute to the cycle: every order waiting in the queue becomes one card, and is judged by it; every
hold that is over becomes one, and is ended by it.

How an order is judged lives in `orders.services.validation`; the queue in `orders.services.queue`; holds that are over
in `orders.held_orders`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.db.models import Count, Q, Sum

from agent.models import Card, Event, Intent
from agent.registry import (
    Content,
    Cycle,
    DatabaseHandler,
    Effect,
    Engine,
    Evidence,
    Handler,
    Left,
    Outcome,
    Plan,
    Progress,
    Proposal,
    Ref,
    Report,
)
from engagement.mail.links import LinksMail, link_mails
from orders.client_mail import plan_checklists
from orders.correspondence import InvoiceFinder, OrderFinder
from orders.counters import plan_counters, plan_payment_requests
from orders.decisions import Decision
from orders.desk_mail import plan_credit_releases, plan_portal_notices
from orders.expiry import ExpireOverrideHandler, propose_expiry
from orders.held_orders import ResumeOrderHandler, propose_resumptions
from orders.loading import DeskNotSetUp
from orders.models import Checklist, Order, OrderDeskSettings, OrderException, OrderOverride, ProcessingJob
from orders.reassignment import ReassignVendorHandler, plan_reassignments
from orders.services.checklists import record_mails, review_checklists, stop_reminders
from orders.services.documents import announce_order_documents
from orders.services.drafts import draft_orders
from orders.services.queue import MAX_ATTEMPTS, finish_jobs, lock_jobs, requeue_declined
from orders.services.quotes import record_accepted_quotes
from orders.services.validation import decide_orders, store_decisions
from orders.states import JobState, Stage

PROCESS_ORDER = "process_order"
# What is done about exceptions: written to clients, to clients after approval and to our own people, and reassigned.
EXCEPTION_PLANS = (
    plan_checklists,
    plan_counters,
    plan_payment_requests,
    plan_credit_releases,
    plan_portal_notices,
    plan_reassignments,
)
# Orders proposed in one cycle; a longer queue waits for the next.
PLAN_LIMIT = 500
PRIORITY = 50
REASON_WORDS = {
    "received": "was received and has not been checked yet",
    "changed": "was changed since it was last checked",
    "credit": "is to be checked again, because the credit of its payer changed",
    "asked": "is to be checked again, because a person asked",
    "override": "is to be checked again, because an override of it has ended",
}


class ProcessOrderHandler(DatabaseHandler):
    """Checks one order: pricing, credit, requirements, independence; makes what is safe to fix, records the rest."""

    kind = PROCESS_ORDER
    label = "Check an order"

    def freeze(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Content]:
        """Judge the orders of all cards together; each card's content is what would be written."""
        jobs = lock_jobs([card.payload["job"] for card in cards], now=cycle.now)
        decisions = _decide([job.order_id for job in jobs.values()], cycle)
        contents = []
        for card in cards:
            job = jobs.get(card.payload["job"])
            decision = decisions.get(job.order_id) if job else None
            contents.append(Content(body=b"") if decision is None else _content(decision))
        return contents

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        """Write exactly the frozen decision, and take the order out of the queue."""
        content = bytes(Intent.objects.values_list("content", flat=True).get(card=card))
        if not content:
            return Outcome(effect=Effect.DONE, reason="Another worker has taken the order from the queue.")
        decision = Decision.from_bytes(content)
        error = decision.error or self._write(decision, cycle)
        job = ProcessingJob.objects.get(pk=card.payload["job"])
        job.attempts += 1
        finish_jobs([job], errors={decision.order_id: error} if error else {}, now=cycle.now)
        if error:
            return Outcome(effect=Effect.FAILED, reason=f"Try {job.attempts} of {MAX_ATTEMPTS}: {error}")
        result = {
            "open": list(decision.open_codes),
            "blocking": decision.blocking_count,
            "fixed": [fix["code"] for fix in decision.fixed],
        }
        return Outcome(effect=Effect.DONE, reason=_outcome_words(decision), result=result)

    def _write(self, decision: Decision, cycle: Cycle) -> str:
        """Write in a savepoint of its own, so that the queue can still be told of a refusal; returns that."""
        try:
            with transaction.atomic():
                store_decisions([decision], now=cycle.now)
                requeue_declined(decisions=[decision], now=cycle.now)
        except DatabaseError as error:
            return f"The database refused the result: {error}"
        return ""


def _decide(order_ids: Sequence[int], cycle: Cycle) -> dict[int, Decision]:
    try:
        decisions = decide_orders(order_ids=order_ids, now=cycle.now) if order_ids else []
    except DeskNotSetUp as error:
        return {pk: Decision(order_id=pk, order_number="", error=str(error)) for pk in order_ids}
    return {decision.order_id: decision for decision in decisions}


def _content(decision: Decision) -> Content:
    details = {
        "order": decision.order_number,
        "open": list(decision.open_codes),
        "fixes": list(decision.fixed),
        "error": decision.error,
    }
    return Content(body=decision.as_bytes(), details=details)


def _outcome_words(decision: Decision) -> str:
    """What the check came to, in one sentence for the operator."""
    parts = []
    if decision.fixed:
        parts.append(f"Fixed {', '.join(fix['code'] for fix in decision.fixed)}.")
    if decision.open_codes:
        blocks = f", {decision.blocking_count} blocking" if decision.blocking_count else ", none blocking"
        parts.append(f"Open: {', '.join(decision.open_codes)}{blocks}.")
    return " ".join(parts) or "Nothing is wrong with it."


class OrdersEngine(LinksMail, Engine):
    """Keeps the order queue empty, asks clients for what orders lack, and learns from accepted quotes what they may
    cost."""

    slug = "orders"
    label = "Orders"
    finders = (OrderFinder(), InvoiceFinder())

    def plan(self, cycle: Cycle) -> Plan:
        """One card for each entry of the queue that is due, for each override that has run out, for each hold that is
        over, and for what exceptions ask for: mails, and other vendors."""
        # A desk without settings judges no order, so nothing is known of its orders that could be written.
        plans_about_exceptions = EXCEPTION_PLANS if OrderDeskSettings.objects.exists() else ()
        plans = [self._plan_queue(cycle), *(plan(cycle) for plan in plans_about_exceptions)]
        proposals = (proposal for plan in plans for proposal in plan.proposals)
        return Plan(
            proposals=(*proposals, *propose_resumptions(cycle)),
            left_alone=tuple(left for plan in plans for left in plan.left_alone),
        )

    def _plan_queue(self, cycle: Cycle) -> Plan:
        """Four statements."""
        jobs = list(ProcessingJob.objects.due(cycle.now).select_related("order__ordered_by")[:PLAN_LIMIT])
        is_set_up = OrderDeskSettings.objects.exists()
        left = [
            _left(job, "gave_up", f"Given up after {job.attempts} tries: {job.last_error}")
            for job in _gave_up()
        ]
        if not is_set_up:
            reason = "This desk has no order settings, so no order can be judged. Add them under Orders."
            left += [_left(job, "desk_not_set_up", reason) for job in jobs]
            jobs = []
        elsewhere = [job for job in jobs if job.state == JobState.CLAIMED and job.attempts >= MAX_ATTEMPTS]
        left += [_left(job, "gave_up", "Its process died each time it was looked at.") for job in elsewhere]
        run_out = OrderOverride.objects.run_out(cycle.now).select_related("order")[:PLAN_LIMIT]
        proposals = [_proposal(job) for job in jobs if job not in elsewhere]
        proposals += [propose_expiry(override, priority=PRIORITY) for override in run_out]
        return Plan(proposals=tuple(proposals), left_alone=tuple(left))

    def handlers(self) -> Sequence[Handler]:
        return (ProcessOrderHandler(), ExpireOverrideHandler(), ResumeOrderHandler(), ReassignVendorHandler())

    def react(self, cycle: Cycle, events: Sequence[Event]) -> None:
        """Make orders of those that mail brings, link mail to the orders and invoices it is about, keep what a quote
        agreed for the orders that name it, keep the checklists up to date, and have the library fetch files."""
        draft_orders(events, now=cycle.now)
        announce_order_documents(events, now=cycle.now)
        for finder in self.finders:
            link_mails(events, finder=finder, now=cycle.now)
        accepted = [event.data for event in events if event.kind == "quote.accepted"]
        if accepted:
            record_accepted_quotes(quotes=accepted, now=cycle.now)
        record_mails(events, calendar=cycle.calendar, now=cycle.now)
        stop_reminders(events, now=cycle.now)
        review_checklists(events=events, now=cycle.now)

    def progress(self, cycle: Cycle, *, since: datetime) -> Progress:
        """The orders that came in since then and were not cancelled, and their totals. One statement."""
        received = Order.objects.filter(ordered_at__gte=since, ordered_at__lte=cycle.now)
        told = received.exclude(stage=Stage.CANCELLED).aggregate(
            orders=Count("id"), revenue=Sum("total_amount", default=Decimal("0.00"))
        )
        return Progress(orders=told["orders"], revenue=told["revenue"])

    def report(self, cycle: Cycle) -> Report:
        """How many orders wait for us and for their clients, and how many of the open ones have something wrong."""
        unfinished = Order.objects.unfinished()
        looked_at = unfinished.filter(validated_at__isnull=False).count()
        wrong = OrderException.objects.open().filter(order__in=unfinished)
        with_wrong = wrong.values("order_id").distinct().count()
        blocked = wrong.blocking().values("order_id").distinct().count()
        return Report(
            figures={
                "orders_waiting": ProcessingJob.objects.filter(
                    Q(state=JobState.QUEUED) | Q(state=JobState.CLAIMED)
                ).count(),
                "orders_open": unfinished.count(),
                "orders_awaiting_client": Checklist.objects.awaiting_answer().count(),
                "orders_with_exceptions": with_wrong,
                "orders_blocked": blocked,
                "open_exceptions": wrong.count(),
                "exception_rate": round(with_wrong / looked_at, 4) if looked_at else 0.0,
            }
        )


def _gave_up() -> list[ProcessingJob]:
    return list(ProcessingJob.objects.gave_up().select_related("order").order_by("-id")[:PLAN_LIMIT])


def _ref(job: ProcessingJob) -> Ref:
    return Ref(kind="order", id=str(job.order_id), label=job.order.order_number)


def _left(job: ProcessingJob, code: str, reason: str) -> Left:
    return Left(subject=_ref(job), code=code, reason=reason)


def _proposal(job: ProcessingJob) -> Proposal:
    number = job.order.order_number
    return Proposal(
        kind=PROCESS_ORDER,
        subject=_ref(job),
        reason=f"Order {number} of {job.order.ordered_by.name} {REASON_WORDS[job.reason]}.",
        evidence=(Evidence(type="order", id=number),),
        dedupe_key=f"process_order:{job.order_id}:{job.pk}:{job.attempts}",
        payload={"job": job.pk, "order": job.order_id},
        priority=PRIORITY,
    )
