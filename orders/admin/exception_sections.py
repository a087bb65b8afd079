"""The blocks of the pages of exceptions: groups, the fix as before and after, and duplicates side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timesince import timesince

from agent.admin.display import (
    NOTHING,
    Section,
    badge,
    fold,
    humanise,
    link_to,
    readable,
    sentence,
    stack,
    table,
    unbroken,
)
from orders.exception_groups import GroupFigures, group_by_client, group_by_code
from orders.models import Order, OrderException
from orders.rules import RULES
from orders.states import ExceptionState, Severity

SEVERITY_TONES = {Severity.BLOCKING: "bad", Severity.WARNING: "warning", Severity.INFO: "quiet"}
DEMANDS = {rule.code: (rule.check.__doc__ or "").partition("\n")[0] for rule in RULES}
# Rules and clients shown at once; what blocks most is among them.
GROUPS_SHOWN = 7
HEADERS = ("Open", "Orders", "Oldest", "Money at stake")
# What a person does not compare: our own keys, and what is worked out from the rest.
_UNCOMPARED = frozenset(
    {
        "id", "tenant", "order_number", "property_key", "created_at", "validated_at", "legacy_form_alias",
        "source_message",
    }
)  # fmt: skip


def severity_badge(severity: str) -> SafeString:
    """The severity as a coloured word."""
    known = Severity(severity)
    return badge(known.label, SEVERITY_TONES[known])


def standing_badge(row: OrderException) -> SafeString:
    """How much an exception matters now: its severity, or that it is overridden or resolved."""
    if row.state == ExceptionState.RESOLVED:
        return badge("Resolved", "good")
    return badge("Overridden", "busy") if row.override_id else severity_badge(row.severity)


def age(since: datetime, now: datetime) -> SafeString:
    """How long ago, in its largest unit."""
    return unbroken(timesince(since, now, depth=1))


def describe_fix(changes: Iterable[dict[str, Any]]) -> SafeString:
    """A fix as a table of what stood there and what stands there with it."""
    rows = [
        (humanise(change["field"]), _value(change["before"]), _value(change["after"])) for change in changes
    ]
    return table(("Field", "Before", "After"), rows, empty="No safe fix: a person must decide.")


def _value(value: Any) -> str:
    return NOTHING if value in (None, "") else readable(value)


def describe_groups(now: datetime) -> list[Section]:
    """What waits, by rule and by client; each line leads to its exceptions. Two statements."""
    rules = [(stack(_drill_down("code", g), _demand(g.key)), *_figures(g, now)) for g in group_by_code()]
    clients = [(_drill_down("client", g), *_figures(g, now)) for g in group_by_client()]
    return [
        Section(title="By rule", body=_top_and_rest(("Rule", *HEADERS), rows=rules, rest="rules")),
        Section(title="By client", body=_top_and_rest(("Client", *HEADERS), rows=clients, rest="clients")),
    ]


def _top_and_rest(headers: Sequence[str], *, rows: Sequence[Sequence[Any]], rest: str) -> SafeString:
    """The first lines; the others are there when they are asked for."""
    top, others = rows[:GROUPS_SHOWN], rows[GROUPS_SHOWN:]
    shown = table(headers, top, empty="Nothing is open.")
    return stack(shown, fold(f"{len(others)} more {rest}", table(headers, others))) if others else shown


def _demand(code: str) -> SafeString:
    return format_html('<div class="agent-note">{}</div>', DEMANDS.get(code, ""))


def _figures(group: GroupFigures, now: datetime) -> tuple[Any, ...]:
    blocking = badge(f"{group.blocking} blocking", "bad") if group.blocking else ""
    other = unbroken(f"{group.other} other") if group.other else ""
    is_open = format_html("{} {}", blocking, other)
    return is_open, group.orders, age(group.oldest_at, now), unbroken(f"{group.total_amount:,.2f}")


def _drill_down(parameter: str, group: GroupFigures) -> SafeString:
    url = reverse("admin:orders_orderexception_changelist")
    return format_html('<a class="agent-link" href="{}?{}={}">{}</a>', url, parameter, group.key, group.label)


def describe_duplicate(row: OrderException) -> SafeString:
    """The order and the one it looks like, where they differ. Both stay: a person decides what becomes of them."""
    related = ("ordered_by", "bill_to", "product", "vendor")
    numbers = [row.order.order_number, row.evidence.get("order")]
    found = {
        order.order_number: order
        for order in Order.objects.filter(order_number__in=numbers).select_related(*related)
    }
    this, other = found[row.order.order_number], found.get(row.evidence.get("order"))
    if other is None:
        return sentence("The other order cannot be found under that number.")
    fields = [field for field in Order._meta.concrete_fields if field.name not in _UNCOMPARED]
    values = [(str(capfirst(f.verbose_name)), _shown(this, f), _shown(other, f)) for f in fields]
    same = [name for name, ours, theirs in values if ours == theirs and ours != NOTHING]
    differing = [entry for entry in values if entry[1] != entry[2]]
    headers = ("", f"This order, {this.order_number}", f"The other, {other.order_number}")
    links = ("Page", link_to(this), link_to(other))
    return stack(
        table(headers, [links, *differing]),
        sentence(f"The same in both: {', '.join(same)}."),
    )


def _shown(order: Order, field: models.Field) -> str:
    if field.choices:
        return str(getattr(order, f"get_{field.name}_display")() or NOTHING)
    return readable(getattr(order, field.name))
