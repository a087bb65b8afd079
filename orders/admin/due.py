"""What an order waits for and until when, in words: late ones are loud. The reckoning is `orders.sla`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agent.admin.display import NOTHING, badge, pairs
from engagement.mail.models import LinkBasis, MailLink
from orders.models import Order
from orders.services.stages import is_rush, load_desk_time
from orders.services.turn_times import turn_time_of
from orders.sla import name_step
from orders.states import FINISHED_STAGES, INTAKE_STAGES, Stage


def describe_due(due_at: datetime, now: datetime) -> str:
    """A moment as "due 14:30 today" or "late since 14:30 yesterday", in the time zone of the shown tenant."""
    local, today = timezone.localtime(due_at), timezone.localtime(now).date()
    names = {0: "today", 1: "tomorrow", -1: "yesterday"}
    day = names.get((local.date() - today).days) or date_format(local, "D j M")
    return f"{'late since' if due_at < now else 'due'} {date_format(local, 'H:i')} {day}"


def next_step(order: Order, now: datetime) -> str:
    """What is due next and when, as a cell of the list."""
    step = name_step(order.stage, is_of_portal=bool(order.portal_order_id))
    if not step or order.stage_due_at is None:
        return step or NOTHING
    due_at = order.stage_due_at
    tone = "bad" if due_at < now else "warning" if due_at < now + timedelta(hours=2) else "quiet"
    return format_html("{} {}", step, badge(describe_due(due_at, now), tone))


def describe_times(order: Order, now: datetime) -> SafeString:
    """Where the order stands in time: its next step, its status mail, its hold and its turn time."""
    days = turn_time_of(order, now=now)
    entries = [("Next step", next_step(order, now))]
    if order.stage not in FINISHED_STAGES | INTAKE_STAGES and order.stage != Stage.ON_HOLD:
        entries.append(("Tell the client how it stands", _status(order, now)))
    if order.stage == Stage.ON_HOLD:
        until = f" until {date_format(order.hold_until_date)}" if order.hold_until_date else ""
        entries.append(("On hold", f"{order.get_hold_reason_display()}{until}"))
    entries += [
        ("Due to the client", order.due_date),
        ("Due from the vendor", order.vendor_due_date),
        ("Inspection", order.inspection_date),
        ("Attempts to reach the contact", order.contact_attempts),
        ("Revision due", order.revision_due_date),
        ("Reconsideration due", order.rov_due_date),
        ("Turn time without holds", f"{days} business {'day' if days == 1 else 'days'}"),
    ]
    return pairs((name, value) for name, value in entries if value)


def _status(order: Order, now: datetime) -> str:
    """When the client is owed the next word: counted from our last mail about the order, or from its arrival."""
    links = MailLink.objects.filter(kind="order", ref_id=str(order.pk), basis=LinkBasis.OURS)
    told_at = links.aggregate(last=Max("message__sent_at"))["last"] or order.ordered_at
    desk = load_desk_time()
    due_at = desk.after_days(told_at, desk.terms.status_days, is_rush=is_rush(order))
    return badge(describe_due(due_at, now), "bad" if due_at < now else "quiet")
