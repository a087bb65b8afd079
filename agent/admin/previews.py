"""What the next hour would do, the button that asks, and how far the run that followed drifted from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.base import RecordAdmin, column
from agent.admin.cards import kind_label
from agent.admin.display import NOTHING, Section, link_to, moment, pairs, sentence, state_badge, table
from agent.cycle import preview_cycle
from agent.middleware import opens_own_scope
from agent.models import Preview
from agent.states import CardState
from agent.switches import Stopped


@admin.register(Preview)
class PreviewAdmin(RecordAdmin):
    """What the next hour would do; a button makes a new one."""

    change_list_template = "agent/preview_list.html"
    list_display = (
        column("cycle_at", "Of the hour"),
        column("made_at", "Made"),
        "summary",
        column("run", "Followed by"),
    )
    list_select_related = ("run",)
    ordering = ("-id",)
    empty_list = "Nobody has looked ahead yet. The button above shows what the next hour would do."

    @admin.display(description="Would do")
    def summary(self, preview: Preview) -> str:
        states = Counter(item["state"] for item in preview.items)
        return ", ".join(f"{count} {state}" for state, count in states.items()) or "Nothing"

    def get_urls(self) -> list[URLPattern]:
        return [path("make/", self.wrap_view(self.make_view), name="agent_preview_make"), *super().get_urls()]

    @opens_own_scope
    def make_view(self, request: Any) -> HttpResponse:
        """Preview the next hour of the current tenant; opens the transactions of `preview_cycle` itself."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            report = preview_cycle(tenant=request.tenant, now=timezone.now())
        except Stopped as stopped:
            messages.error(request, stopped.stop.detail)
        else:
            messages.success(
                request, f"The next hour would judge {len(report.actions)} cards. Nothing was done."
            )
        return HttpResponseRedirect(reverse("admin:agent_preview_changelist"))

    def name_page(self, preview: Preview) -> str:
        return f"Preview of {moment(preview.cycle_at)}"

    def describe(self, preview: Preview) -> list[Section]:
        rows = [
            (
                _state_word(item["state"]),
                kind_label(item["kind"]),
                item["subject"],
                item["reason"],
                item["rule_reason"],
            )
            for item in preview.items
        ]
        headers = ("Would be", "What", "About", "Why proposed", "What the rules say")
        return [
            Section(
                title="Made", body=pairs([("At", preview.made_at), ("Followed by", link_to(preview.run))])
            ),
            Section(title="The next hour", body=table(headers, rows, empty="It would do nothing.")),
        ]


def describe_drift(drift: Mapping[str, Any]) -> SafeString:
    """How a run's plan differed from the preview before it."""
    if not drift:
        return sentence("Nobody previewed this hour, so there is nothing to compare with.")
    rows = [
        (
            word,
            kind_label(item["kind"]),
            item["subject"],
            _state_word(item.get("foreseen", "")),
            _state_word(item["state"]),
            item["rule_reason"],
        )
        for word, items in (
            ("Foreseen, not planned", drift["missing"]),
            ("Planned, not foreseen", drift["added"]),
            ("Another outcome", drift["changed"]),
        )
        for item in items
    ]
    headers = ("What differs", "Kind", "About", "Foreseen as", "Planned as", "Because")
    return table(headers, rows, empty="The run planned exactly what its preview had shown.")


def _state_word(state: str) -> str:
    return state_badge(state, CardState(state).label) if state else NOTHING
