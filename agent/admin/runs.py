"""Pages of cycles: what each saw, did, touched and left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.contrib import admin
from django.db.models import Count
from django.utils.safestring import SafeString

from agent.admin.base import RecordAdmin, column
from agent.admin.cards import EngineFilter, engine_label, kind_label
from agent.admin.display import (
    NOTHING,
    Section,
    humanise,
    link_to,
    pairs,
    sentence,
    stack,
    state_badge,
    table,
)
from agent.admin.previews import describe_drift
from agent.admin.reflections import describe_reflection
from agent.models import Card, LeftAlone, Run
from agent.states import CardState, Phase, StopReason

# Rows shown of a list on a page; the rest is one click away.
SHOWN = 100


@admin.register(Run)
class RunAdmin(RecordAdmin):
    """The cycles of the tenant, the newest first."""

    list_display = (
        "name",
        "state_word",
        column("cycle_at", "Clock"),
        "trigger",
        "phase_seconds",
        "card_counts",
        "stop_words",
    )
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
            sections += describe_reflection(reflection)
        return [*sections, Section(title="Drift from the preview", body=describe_drift(run.drift))]


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


@admin.register(LeftAlone)
class LeftAloneAdmin(RecordAdmin):
    """What was due and was left alone, and why."""

    list_display = (
        column("subject_label", "Left alone"),
        column("reason", "Because"),
        "engine_name",
        "run",
        column("at", "When"),
    )
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
