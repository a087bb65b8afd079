"""Pages of cycles: what each saw, did, left alone, learned and foresaw, and the lease and caps they work under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from agent.admin.base import RecordAdmin
from agent.admin.cards import EngineFilter, engine_label, kind_label, rule_sentence
from agent.admin.display import (
    NOTHING,
    Section,
    humanise,
    link_to,
    listing,
    pairs,
    sentence,
    stack,
    state_badge,
    table,
)
from agent.cycle import preview_cycle
from agent.middleware import opens_own_scope
from agent.models import Card, Lease, LeftAlone, Preview, RateLimit, Reflection, Run
from agent.states import CardState, Phase, StopReason
from agent.switches import Stopped

# Rows shown of a list on a page; the rest is one click away.
SHOWN = 100


@admin.register(Run)
class RunAdmin(RecordAdmin):
    """The cycles of the tenant, the newest first."""

    list_display = ("name", "state_word", "cycle_at", "trigger", "phase_seconds", "card_counts", "stop_words")
    list_filter = ("state", "trigger")
    ordering = ("-id",)
    empty_list = (
        "No cycle has run yet. Start one with: manage.py run_cycle --tenant, or wait for the full hour."
    )

    @admin.display(description="Run", ordering="id")
    def name(self, run: Run) -> str:
        return f"Cycle {run.cycle_number}" if run.cycle_number else f"Attempt {run.pk}"

    @admin.display(description="State", ordering="state")
    def state_word(self, run: Run) -> SafeString:
        return state_badge(run.state, run.get_state_display())

    @admin.display(description="Seconds by phase")
    def phase_seconds(self, run: Run) -> str:
        spent = [(phase, run.phases.get(phase, {}).get("seconds")) for phase in Phase.values]
        return (
            ", ".join(f"{phase} {seconds:.2f}" for phase, seconds in spent if seconds is not None) or NOTHING
        )

    @admin.display(description="Cards")
    def card_counts(self, run: Run) -> str:
        return ", ".join(f"{count} {name}" for name, count in run.counts.items() if count) or NOTHING

    @admin.display(description="Why it ended")
    def stop_words(self, run: Run) -> str:
        return StopReason(run.stop_reason).label if run.stop_reason else NOTHING

    def describe(self, run: Run) -> list[Section]:
        reflection = run.reflections.first()
        sections = [
            Section(title="How it went", body=_describe_run(run)),
            Section(title="Timeline", body=_describe_phases(run)),
            Section(title="Cards by state", body=_describe_cards(run)),
            Section(title="Left alone, and why", body=_describe_left_alone(run)),
        ]
        if reflection is not None:
            sections += _describe_reflection(reflection)
        return [*sections, Section(title="Drift from the preview", body=_describe_drift(run.drift))]


def _describe_run(run: Run) -> SafeString:
    seconds = run.metrics.get("seconds")
    return pairs(
        (name, value)
        for name, value in [
            ("State", state_badge(run.state, run.get_state_display())),
            (
                "Why it ended",
                run.stop_detail or (StopReason(run.stop_reason).label if run.stop_reason else ""),
            ),
            ("The cycle's clock", run.cycle_at),
            ("Started", run.started_at),
            ("Finished", run.finished_at),
            ("Took", f"{seconds:.2f} seconds" if seconds is not None else ""),
            ("Asked for", run.get_trigger_display()),
            ("Took the slot of", run.slot),
            ("Was in phase", run.get_phase_display() if run.phase and run.stop_reason else ""),
        ]
        if value not in (None, "")
    )


def _describe_phases(run: Run) -> SafeString:
    work = run.work_block
    did = {
        Phase.PLAN: _sum_of(work.get("looked_at", {}), "due rows looked at")
        + [f"{work.get('proposed', 0)} cards proposed", f"{work.get('left_alone', 0)} rows left alone"],
        Phase.ACT: [f"{run.counts.get(state, 0)} {state}" for state in ("done", "failed", "unknown")],
        Phase.REACT: _sum_of(work.get("events", {}), "events read"),
        Phase.REFLECT: [],
    }
    rows = [
        (phase.label, f"{run.phases[phase]['seconds']:.2f} s", ", ".join(did[phase]) or NOTHING)
        for phase in Phase
        if phase in run.phases
    ]
    return table(("Phase", "Took", "Did"), rows, empty="It was stopped before the first phase.")


def _sum_of(by_engine: Mapping[str, int], what: str) -> list[str]:
    parts = ", ".join(f"{engine_label(slug)} {count}" for slug, count in by_engine.items() if count)
    return [f"{sum(by_engine.values())} {what}{f' ({parts})' if parts else ''}"]


def _describe_cards(run: Run) -> SafeString:
    """The cards the run touched, most telling states first."""
    cards = (
        Card.objects.filter(transitions__run=run)
        .distinct()
        .defer("payload", "evidence", "result")
        .order_by("-id")
    )
    shown = sorted(cards[: SHOWN + 1], key=lambda card: list(CardState).index(CardState(card.state)))
    counts = Counter(card.get_state_display() for card in shown[:SHOWN])
    rows = [
        (
            link_to(card, f"#{card.pk}"),
            state_badge(card.state, card.get_state_display()),
            kind_label(card.kind),
            card.subject_label,
            card.rule_reason or card.reason,
        )
        for card in shown[:SHOWN]
    ]
    head = pairs([(label, count) for label, count in counts.items()]) if rows else ""
    more = sentence(f"The first {SHOWN} are shown.") if len(shown) > SHOWN else ""
    headers = ("Card", "State", "What", "About", "Why")
    return stack(head, table(headers, rows, empty="It touched no card."), more)


def _describe_left_alone(run: Run) -> SafeString:
    """By reason, the most frequent first, with the first of each."""
    reasons = run.left_alone.values("engine", "reason").annotate(rows=Count("id")).order_by("-rows", "reason")
    examples: dict[str, list[str]] = {}
    for reason, label in run.left_alone.order_by("id").values_list("reason", "subject_label")[: 10 * SHOWN]:
        examples.setdefault(reason, []).append(label)
    rows = [
        (
            entry["rows"],
            entry["reason"],
            engine_label(entry["engine"]),
            _some(examples.get(entry["reason"], [])),
        )
        for entry in reasons[:SHOWN]
    ]
    return table(
        ("How many", "Why", "Engine", "For example"), rows, empty="Nothing that was due was left alone."
    )


def _some(labels: list[str]) -> str:
    return ", ".join(labels[:3]) + (", …" if len(labels) > 3 else "")


def _describe_reflection(reflection: Reflection) -> list[Section]:
    moved = [(humanise(m["figure"]), m["before"], m["after"]) for m in reflection.moved]
    blocked = [
        (
            entry["count"],
            state_badge(entry["state"], CardState(entry["state"]).label),
            entry["reason"],
            rule_sentence(entry["rule"]) if entry["rule"] else NOTHING,
        )
        for entry in reflection.blocked
    ]
    hints = [f"To {engine_label(hint['engine'])}: {hint['reason']}" for hint in reflection.hints]
    return [
        Section(title="What changed", body=listing(reflection.changed, empty="Nothing was carried out.")),
        Section(
            title="Which figures moved",
            body=table(("Figure", "Before", "After"), moved, empty="No figure moved since the last cycle."),
        ),
        Section(
            title="What was held back",
            body=table(("Cards", "State", "Because", "The rule"), blocked, empty="Nothing was held back."),
        ),
        Section(title="Hints for the next hour", body=listing(hints, empty="No hint.")),
    ]


def _describe_drift(drift: Mapping[str, Any]) -> SafeString:
    if not drift:
        return sentence("Nobody previewed this hour, so there is nothing to compare with.")
    rows = [
        (
            word,
            kind_label(item["kind"]),
            item["subject"],
            item.get("foreseen"),
            item["state"],
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


@admin.register(Reflection)
class ReflectionAdmin(RecordAdmin):
    """What each cycle learned, in sentences and small tables."""

    list_display = ("run", "at", "changed_words", "held_back_words", "hint_words")
    list_select_related = ("run",)
    ordering = ("-id",)
    empty_list = "No reflection yet. Every completed cycle writes one."

    @admin.display(description="What changed")
    def changed_words(self, reflection: Reflection) -> str:
        return "; ".join(reflection.changed) or "Nothing was carried out."

    @admin.display(description="Held back")
    def held_back_words(self, reflection: Reflection) -> str:
        return (
            "; ".join(f"{e['count']} {e['state']}: {e['reason']}" for e in reflection.blocked[:2]) or NOTHING
        )

    @admin.display(description="Hints")
    def hint_words(self, reflection: Reflection) -> str:
        return "; ".join(hint["reason"] for hint in reflection.hints[:2]) or NOTHING

    def describe(self, reflection: Reflection) -> list[Section]:
        figures = [(humanise(name), value) for name, value in sorted(reflection.figures.items())]
        return [
            Section(title="Cycle", body=link_to(reflection.run)),
            *_describe_reflection(reflection),
            Section(title="All figures", body=table(("Figure", "Value"), figures), is_folded=True),
        ]


@admin.register(Preview)
class PreviewAdmin(RecordAdmin):
    """What the next hour would do; a button makes a new one."""

    change_list_template = "agent/preview_list.html"
    list_display = ("name", "made_at", "summary", "run")
    list_select_related = ("run",)
    ordering = ("-id",)
    empty_list = "Nobody has looked ahead yet. The button above shows what the next hour would do."

    @admin.display(description="Preview", ordering="cycle_at")
    def name(self, preview: Preview) -> str:
        return str(preview)

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

    def describe(self, preview: Preview) -> list[Section]:
        rows = [
            (
                state_badge(item["state"], CardState(item["state"]).label),
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


@admin.register(LeftAlone)
class LeftAloneAdmin(RecordAdmin):
    """What was due and was left alone, and why."""

    list_display = ("subject_label", "reason", "engine_name", "run", "at")
    list_filter = (EngineFilter,)
    list_select_related = ("run",)
    search_fields = ("subject_label",)
    ordering = ("-id",)
    empty_list = "Everything that was due got a card."

    @admin.display(description="Engine", ordering="engine")
    def engine_name(self, row: LeftAlone) -> str:
        return engine_label(row.engine)

    def describe(self, row: LeftAlone) -> list[Section]:
        entries = [
            ("About", f"{row.subject_label} ({humanise(row.subject_kind).lower()})"),
            ("Left alone because", row.reason),
            ("Engine", engine_label(row.engine)),
            ("Run", link_to(row.run)),
            ("When", row.at),
        ]
        return [Section(title="Left alone", body=pairs(entries))]


@admin.register(RateLimit)
class RateLimitAdmin(RecordAdmin):
    """How much of each hourly cap is used."""

    list_display = ("cap", "window_start", "used")
    ordering = ("-window_start", "key")
    empty_list = "No cap has been drawn on yet: nothing has left, and nothing was researched."

    @admin.display(description="Cap", ordering="key")
    def cap(self, row: RateLimit) -> str:
        return humanise(row.key)

    def describe(self, row: RateLimit) -> list[Section]:
        entries = [("Cap", humanise(row.key)), ("Hour from", row.window_start), ("Used", row.used)]
        return [Section(title="Use of the cap", body=pairs(entries))]


@admin.register(Lease)
class LeaseAdmin(RecordAdmin):
    """Who runs, or last ran, this tenant's cycle."""

    list_display = ("holder", "token", "acquired_at", "expires_at")
    ordering = ("-id",)
    empty_list = "No cycle has taken the lease yet."

    def describe(self, lease: Lease) -> list[Section]:
        entries = [
            ("Holder", lease.holder),
            ("Fence token", lease.token),
            ("Acquired", lease.acquired_at),
            ("Expires without a heartbeat", lease.expires_at),
            ("Database session", lease.backend_pid),
        ]
        return [Section(title="Lease", body=pairs(entries))]
