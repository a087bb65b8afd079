"""How the list of exceptions is narrowed: what is still to do, by rule, and by client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from engagement.models import Client
from orders.models import OrderException
from orders.rules import RULES
from orders.states import FINISHED_STAGES, ExceptionState, FixState, Severity


class WorkFilter(SimpleListFilter):
    """What an operator opens the page for; without a choice, what is to be worked on."""

    title = "what to do"
    parameter_name = "show"
    DEFAULT = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("open", "To work on"),
            ("blocking", "Blocks its order"),
            ("fix", "A fix is offered"),
            ("overridden", "Overridden"),
            ("resolved", "Resolved"),
            ("all", "All there ever were"),
        ]

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """The choices without Django's "All": no choice is the first of them."""
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or self.DEFAULT) == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, rows: QuerySet[OrderException]) -> QuerySet[OrderException]:
        show = self.value() or self.DEFAULT
        if show == "all":
            return rows
        if show == "resolved":
            return rows.filter(state=ExceptionState.RESOLVED)
        found = rows.filter(state=ExceptionState.OPEN).exclude(order__stage__in=FINISHED_STAGES)
        if show == "overridden":
            return found.filter(override__isnull=False)
        found = found.filter(override__isnull=True)
        if show == "blocking":
            return found.filter(severity=Severity.BLOCKING)
        return found.filter(fix_state=FixState.PROPOSED) if show == "fix" else found


class CodeFilter(SimpleListFilter):
    """By the code of the rule; the rules are known, so no row is asked."""

    title = "code"
    parameter_name = "code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, code) for code in sorted(rule.code for rule in RULES)]

    def queryset(self, request: HttpRequest, rows: QuerySet[OrderException]) -> QuerySet[OrderException]:
        return rows.filter(code=self.value()) if self.value() else rows


class ClientFilter(SimpleListFilter):
    """By the client that ordered. Chosen from the groups by client; here only to be seen and taken off again."""

    title = "client"
    parameter_name = "client"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        chosen = request.GET.get(self.parameter_name, "")
        if not chosen.isdecimal():
            return []
        return [(str(pk), name) for pk, name in Client.objects.filter(pk=chosen).values_list("pk", "name")]

    def queryset(self, request: HttpRequest, rows: QuerySet[OrderException]) -> QuerySet[OrderException]:
        if self.value() is None:
            return rows
        return rows.filter(order__ordered_by=self.value()) if self.lookup_choices else rows.none()
