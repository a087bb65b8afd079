"""Telling what a run found: `docs/benchmarks.md`, and the lines on the screen."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence

from tests.bench.measure import Ratio

INTRODUCTION = """\
# Benchmarks

Written by `make bench`; do not edit. Both sides of a ratio took turns, warm, in one run on one machine, on the same
embedded server with the options that the product runs with; the ratio is the median of the rounds' ratios. The
seconds are this machine's; only the ratios say something about another.
"""
NOTES = """\
- The batch is database-only cards (tasks that clients asked for) and rehearsed check-ins, half and half, by one
  process. pgbench is the server's own, `--builtin=simple-update --client=1`, scale 1.
- A message that leaves is claimed, sent to the tests' provider (a process beside, which takes everything and keeps
  nothing) and recorded. By hand: its transactions by psycopg, and one request on a connection that stays open.
- A cycle's statements are recorded as the program sends them, and sent again by psycopg in the same transactions,
  with the same parameters, to a database with the same rows.
- The mails are made up and mixed: answers with quotes, text with HTML, HTML alone, files of 20 to 500 kB, portals and
  delivery reports, each with the headers of its way. The standard library parses them with `email.policy.default`, and
  reads each header and the content of each part.
- Most of the orders are clean, four in ten have something wrong. A first look at stored ones writes an event for each,
  and what was found and fixed; lines of a file are judged without storing anything. The rules on plain objects have
  their facts in memory.
- Planning is the whole phase but its writing: every engine's plan, all facts, every rule.
- The library's texts and vectors are made up: words by how often they are used, vectors in clusters. By hand: the
  statements as the search sends them, in its transactions. That it finds the nearest vectors is checked against
  comparing them all outside the database.
- The ten hot queries are those of `tests/bench/hot_queries.py`, at a million rows in each of their tables. With the
  wall: the application's role. Without: a role that bypasses it, with the tenant as a condition of its own.
"""


def write_report(ratios: Sequence[Ratio], *, seconds: float) -> str:
    """The page: a table of the ratios, what was measured on each side, and where."""
    lines = [INTRODUCTION, "| what | goal | ratio | |", "|---|---|---|---|"]
    lines += [
        f"| {ratio.what} | {ratio.goal_words} | {ratio.value:g} | {'met' if ratio.is_met else 'missed'} |"
        for ratio in ratios
    ]
    lines += ["", "## Measured", "", "Medians, with the lowest and the highest in brackets.", ""]
    lines += ["| name | ours | compared with | unit |", "|---|---|---|---|"]
    lines += [f"| `{ratio.name}` | {ratio.ours} | {ratio.theirs} | {ratio.unit} |" for ratio in ratios]
    lines += ["", NOTES]
    lines.append(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"the run took {seconds / 60:.0f} minutes."
    )
    return "\n".join(lines) + "\n"


def say(ratio: Ratio) -> str:
    """One finished comparison, for the screen."""
    return (
        f"{ratio.name}: {ratio.value:g} ({ratio.goal_words}; {'met' if ratio.is_met else 'missed'}). "
        f"{ratio.ours} against {ratio.theirs} {ratio.unit}"
    )


def last_line(ratios: Sequence[Ratio]) -> str:
    """Name and ratio of each, as one line of JSON."""
    return json.dumps({ratio.name: ratio.value for ratio in ratios})
