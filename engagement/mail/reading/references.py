"""Finds the numbers a mail speaks of: orders, quotes, portal orders, invoices, loans.

What lives here: reading numbers out of text. What does not: resolving them, which happens within one tenant only (services).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """`type` is order, quote, portal, invoice or loan; `ref` as written, upper-case; offsets into the text given."""

    type: str
    ref: str
    start: int
    end: int


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("quote", re.compile(r"\b(?P<ref>Q-\d{3,7})\b", re.I)),
    ("portal", re.compile(r"\b(?P<ref>[A-Z]{2,4}-\d{7,10})\b")),
    (
        "invoice",
        re.compile(
            r"\b(?:invoices?|inv\.?)\s*(?:#|no\.?|number|nos\.?)?\s*:?\s*(?P<ref>(?:INV-?)?\d{4,10})\b", re.I
        ),
    ),
    (
        "loan",
        re.compile(
            r"\b(?:loans?|file/loan)\s*(?:#|no\.?|number|num\.?|id)*\s*(?:is\s*)?[:#]?\s*(?P<ref>(?=[\w-]*\d{4})[A-Z0-9][A-Z0-9-]{4,24})\b",
            re.I,
        ),
    ),
    ("order", re.compile(r"\b(?P<ref>[A-Z]{2,4}-\d{2}-\d{3,6}|[A-Z]{2,4}-\d{5,6})\b")),
    (
        "order",
        re.compile(
            r"\b(?:orders?|file|assignment)\s*(?:#|no\.?|number)?\s*:?\s*(?P<ref>[A-Z]{2,4}-\d{2}-\d{3,6}|[A-Z]{2,4}-\d{5,6}|\d{6})\b",
            re.I,
        ),
    ),
)
_MORE_INVOICES = re.compile(
    r"\s*(?:\([^()]{0,30}\))?\s*(?:,|and|&|/)\s*(?:and\s+)?(?:#\s*)?(?P<ref>\d{4,10})\b", re.I
)


def find_references(text: str) -> tuple[Reference, ...]:
    """Each number once, in the order of the text."""
    found: dict[tuple[str, str], Reference] = {}
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            spans = [match.span("ref")]
            if kind == "invoice":
                spans.extend(_listed_after(text, match.end()))
            for start, end in spans:
                if any(start < stop and begin < end for begin, stop in taken):
                    continue
                taken.append((start, end))
                ref = text[start:end].upper().rstrip("-")
                found.setdefault((kind, ref), Reference(kind, ref, start, end))
                if len(taken) > 300:
                    return tuple(sorted(found.values(), key=lambda reference: reference.start))
    return tuple(sorted(found.values(), key=lambda reference: reference.start))


def _listed_after(text: str, position: int) -> list[tuple[int, int]]:
    """Further numbers of a list: "invoices 88121 (2,150.00), 88140"."""
    spans: list[tuple[int, int]] = []
    while len(spans) < 50 and (match := _MORE_INVOICES.match(text, position)):
        spans.append(match.span("ref"))
        position = match.end()
    return spans
