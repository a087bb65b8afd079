"""A run as an operator reads it in a terminal: what the agent saw, proposed, did, and left, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agent.run_reports import PREVIEW, RunReport
from agent.states import CardState

# In the order in which an operator asks: what was done, what waits for me, what was refused.
SECTIONS = (
    (CardState.DONE, "Done"),
    (CardState.HELD, "Held for approval"),
    (CardState.UNKNOWN, "Outcome unknown: look at these"),
    (CardState.FAILED, "Failed"),
    (CardState.BLOCKED, "Blocked"),
    (CardState.DEFERRED, "Deferred"),
    (CardState.ALLOWED, "Allowed, not yet carried out"),
)
SHOWN = 5


def draw_report(report: RunReport, *, width: int, color: bool) -> str:
    """One run as tables of at most `width` columns."""
    out = StringIO()
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False)
    _print_report(console, report)
    return out.getvalue()


def _print_report(console: Console, report: RunReport) -> None:
    console.print()
    console.rule(f"[bold]{escape(report.tenant)}[/] · {_headline(report)}", align="left")
    if report.stop_detail:
        console.print(escape(report.stop_detail))
    if report.state not in ("completed", "stopped", "failed", PREVIEW):
        return
    _print_counts(console, report)
    for state, title in SECTIONS:
        actions = [action for action in report.actions if action["state"] == state]
        if actions:
            _print_actions(console, title, actions)
    _print_left_alone(console, report)
    _print_reflection(console, report.reflection)


def _headline(report: RunReport) -> str:
    if report.state == PREVIEW:
        return "preview: what the next cycle would do"
    number = f"cycle {report.cycle_number}" if report.cycle_number else "no cycle"
    return f"{number} · {report.state} · {report.seconds:.2f} s"


def _print_counts(console: Console, report: RunReport) -> None:
    looked = sum(report.looked_at.values())
    by_engine = ", ".join(f"{engine} {count}" for engine, count in report.looked_at.items() if count)
    console.print(f"Looked at {looked} due rows{f' ({by_engine})' if by_engine else ''}.")
    console.print(
        ", ".join(f"{name} {count}" for name, count in report.cards.items() if count) or "Nothing to do."
    )


def _print_actions(console: Console, title: str, actions: list[Mapping[str, Any]]) -> None:
    """One table a state; of each kind of card the most urgent few, and how many more there are."""
    table = Table(
        title=f"{title} ({len(actions)})", title_justify="left", expand=True, box=SIMPLE_HEAD, padding=(0, 1)
    )
    table.add_column("Card", no_wrap=True)
    table.add_column("What", no_wrap=True)
    table.add_column("About", ratio=2)
    table.add_column("Why", ratio=5)
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for action in actions:
        by_kind.setdefault(action["kind"], []).append(action)
    for kind, group in by_kind.items():
        words = kind.replace("_", " ")
        for action in group[:SHOWN]:
            number = f"#{action['card']}" if action["card"] else "new"
            table.add_row(number, words, escape(action["subject"]), escape(_why(action)))
        if len(group) > SHOWN:
            table.add_row(
                "", words, f"… and {len(group) - SHOWN} more", "The console and --format json show all."
            )
    console.print(table)


def _why(action: Mapping[str, Any]) -> str:
    """Why the card exists, and what came of it: the rule's sentence, or what its handler reports."""
    return " → ".join(filter(None, (action["reason"], action["rule_reason"])))


def _print_left_alone(console: Console, report: RunReport) -> None:
    if not report.left_alone:
        return
    reasons: dict[str, list[str]] = {}
    for left in report.left_alone:
        reasons.setdefault(left["reason"], []).append(left["subject_label"])
    console.print(f"Left alone ({len(report.left_alone)}):")
    ordered = sorted(reasons.items(), key=lambda item: -len(item[1]))
    for reason, subjects in ordered[:SHOWN]:
        console.print(f"  {len(subjects)} × {escape(reason)} (for example {escape(subjects[0])})")
    if len(ordered) > SHOWN:
        console.print(f"  … and {len(ordered) - SHOWN} more reasons")


def _print_reflection(console: Console, reflection: Mapping[str, Any]) -> None:
    lines = [*reflection["changed"]]
    lines += [f"{hint['engine']}: {hint['reason']}" for hint in reflection["hints"]]
    for line in lines:
        console.print(f"Reflection: {escape(line)}")
