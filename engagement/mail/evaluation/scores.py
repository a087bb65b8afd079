"""How well labelled mails were read, goal by goal. Pure: rows of the report and labels in, figures out.

Evidence is compared as text, never by offset: the same words may stand elsewhere once a quote is cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from engagement.mail.evaluation.findings import (
    score_bounces,
    score_sentiments,
    score_signals,
    score_signatures,
)
from engagement.mail.evaluation.labels import Label
from engagement.mail.evaluation.tallies import Pair, Score, Tally, is_same_evidence, share, words

LINK_TYPES = ("order", "quote", "deal", "invoice", "loan")
SECOND = 1000.0


def score(rows: Iterable[Mapping[str, Any]], labels: Mapping[str, Label]) -> list[Score]:
    """Every goal's figure over the rows that have a label."""
    pairs = [(row, labels[row["file"]]) for row in rows if row["file"] in labels]
    return [
        _accuracy("category", 0.90, pairs, "category", _is_category),
        *_requests(pairs),
        _accuracy(
            "links of numbers that stand in the mail", 0.95, _with_number(pairs), "linked_entity", _has_link
        ),
        _must_not(pairs),
        *score_signals(pairs),
        *score_sentiments(pairs),
        *score_signatures(pairs),
        *score_bounces(pairs),
        _accuracy("newest text", 0.80, pairs, "newest_text", _is_newest_text),
        _speed(pairs),
    ]


def _accuracy(
    name: str,
    goal: float,
    pairs: Sequence[Pair],
    key: str,
    is_right: Callable[[Mapping[str, Any], Label], bool],
) -> Score:
    """The share of mails with that label that were read right."""
    labelled = [(row, label) for row, label in pairs if label.get(key) is not None]
    wrong = tuple(row["file"] for row, label in labelled if not is_right(row, label))
    return Score(
        name=name,
        value=share(len(labelled) - len(wrong), len(labelled)),
        goal=goal,
        cases=len(labelled),
        wrong=wrong,
    )


def _is_category(row: Mapping[str, Any], label: Label) -> bool:
    return bool(row["category"] == label["category"])


def _is_newest_text(row: Mapping[str, Any], label: Label) -> bool:
    return words(row["newest_text"]) == words(label["newest_text"])


def _requests(pairs: Sequence[Pair]) -> Iterator[Score]:
    """Requests: a finding with the wrong sentence as evidence is a false alarm and a miss."""
    tally, wrong = Tally(), []
    labelled = [(row, label) for row, label in pairs if "is_explicit_client_request" in label]
    for row, label in labelled:
        is_right, is_found = bool(label["is_explicit_client_request"]), bool(row["explicit_request"]["is"])
        fits = is_right and is_found and _is_request_of(row, label.get("evidence"))
        tally.hits += fits
        tally.false_alarms += is_found and not fits
        tally.misses += is_right and not fits
        if (is_right or is_found) and not fits:
            wrong.append(row["file"])
    for name, value, goal in (("precision", tally.precision, 0.97), ("recall", tally.recall, 0.85)):
        yield Score(
            name=f"explicit request, {name}", value=value, goal=goal, cases=len(labelled), wrong=tuple(wrong)
        )


def _is_request_of(row: Mapping[str, Any], evidence: Any) -> bool:
    """Whether one of the requests rests on the labelled words; a label without words asks for any."""
    expected = evidence.get("text") if isinstance(evidence, dict) else evidence
    found = (row["explicit_request"], *row["other_requests"])
    return expected is None or any(is_same_evidence(one["evidence"], expected) for one in found)


_NUMBER = re.compile(r"(?=[A-Z-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*", re.I)


def _with_number(pairs: Sequence[Pair]) -> list[Pair]:
    """Labels that name a number which the subject or the newest text holds; names of clients are none."""
    return [(row, label) for row, label in pairs if _numbers_of(label) and _stands_in(row, label)]


def _numbers_of(label: Label) -> list[str]:
    entity = label.get("linked_entity") or {}
    if entity.get("type") not in LINK_TYPES:
        return []
    return [
        one.upper()
        for one in _NUMBER.findall(str(entity.get("ref") or ""))
        if sum(map(str.isdecimal, one)) >= 3
    ]


def _stands_in(row: Mapping[str, Any], label: Label) -> bool:
    text = f"{label.get('subject', '')}\n{row['newest_text']}".upper()
    return any(number in text for number in _numbers_of(label))


def _has_link(row: Mapping[str, Any], label: Label) -> bool:
    refs = {link["ref"].upper() for link in row["links"]}
    return any(number in refs for number in _numbers_of(label))


def _must_not(pairs: Sequence[Pair]) -> Score:
    """The share of mails from which nothing follows that their label forbids, as far as reading decides it."""
    labelled = [
        (row, label) for row, label in pairs if any(_is_judged(rule) for rule in label.get("must_not") or ())
    ]
    wrong = tuple(
        row["file"] for row, label in labelled if any(_breaks(row, rule) for rule in label["must_not"])
    )
    return Score(
        name="nothing that must not follow",
        value=share(len(labelled) - len(wrong), len(labelled)),
        goal=1.0,
        cases=len(labelled),
        wrong=wrong,
    )


def _is_judged(rule: str) -> bool:
    return rule in ("create_task", "record_touch") or rule.startswith("link_to_")


def _breaks(row: Mapping[str, Any], rule: str) -> bool:
    name, _, ref = rule.partition(":")
    if name == "create_task":
        return bool(row["explicit_request"]["is"]) and row["category"] != "duplicate"
    if name == "record_touch":
        return row["tier"] == "human" and row["category"] != "duplicate"
    digits = re.sub(r"\D", "", ref)
    return name.startswith("link_to_") and any(
        re.sub(r"\D", "", one["ref"]) == digits for one in row["links"]
    )


def _speed(pairs: Sequence[Pair]) -> Score:
    slow = tuple(row["file"] for row, _ in pairs if row["ms"] > SECOND)
    return Score(
        name="read within a second",
        value=share(len(pairs) - len(slow), len(pairs)),
        goal=1.0,
        cases=len(pairs),
        wrong=slow,
    )
