"""What each cycle learned, in sentences and small tables; a run's page shows the same sections."""

from __future__ import annotations

from django.contrib import admin

from agent.admin.base import RecordAdmin, column
from agent.admin.cards import engine_label, rule_sentence
from agent.admin.display import NOTHING, Section, humanise, link_to, listing, state_badge, table
from agent.models import Reflection
from agent.states import CardState


@admin.register(Reflection)
class ReflectionAdmin(RecordAdmin):
    """What each cycle learned, in sentences and small tables."""

    list_display = ("run", column("at", "When"), "changed_words", "held_back_words", "hint_words")
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
            *describe_reflection(reflection),
            Section(title="All figures", body=table(("Figure", "Value"), figures), is_folded=True),
        ]


def describe_reflection(reflection: Reflection) -> list[Section]:
    """The sections of a reflection."""
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
