"""How well signals, sentiment, signatures and delivery reports were read. Pure, like `scores`, which joins them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engagement.mail.evaluation.tallies import Pair, Score, Tally, is_same_evidence, share

SIGNAL_TYPES = ("complaint", "urgency", "upsell", "renewal", "referral")
SENTIMENTS = ("negative", "neutral", "positive")
# A label's name for a field of the signature, and where the report has it; phones by their kind.
SIGNATURE_FIELDS = ("name", "title", "department", "company", "email", "url", "address")
OTHER_NAMES = {"linkedin_url": "linkedin"}
PHONE_KINDS = {"phone_e164": "office", "mobile_e164": "mobile", "fax_e164": "fax"}


def score_signals(pairs: Sequence[Pair]) -> Iterator[Score]:
    """Signals by their type in each mail, and whether they rest on the labelled words."""
    tally, same, judged, wrong = Tally(), 0, 0, []
    labelled = [(row, label) for row, label in pairs if label.get("signals") is not None]
    for row, label in labelled:
        expected = {
            one["type"]: one.get("evidence") for one in label["signals"] if one["type"] in SIGNAL_TYPES
        }
        found: dict[str, list[str]] = {}
        for one in row["signals"]:
            found.setdefault(one["type"], []).append(one["evidence"])
        both = expected.keys() & found.keys()
        tally.hits += len(both)
        tally.false_alarms += len(found.keys() - both)
        tally.misses += len(expected.keys() - both)
        judged += len(both)
        same += sum(any(is_same_evidence(words, expected[kind]) for words in found[kind]) for kind in both)
        if expected.keys() != found.keys():
            wrong.append(row["file"])
    cases = len(labelled)
    yield Score(name="signals, micro F1", value=tally.f1, goal=0.85, cases=cases, wrong=tuple(wrong))
    yield Score(name="signals, same evidence", value=share(same, judged), goal=0.85, cases=judged)


def score_sentiments(pairs: Sequence[Pair]) -> Iterator[Score]:
    """Three classes; what a label calls mixed is neutral."""
    tallies = {name: Tally() for name in SENTIMENTS}
    labelled = [(row, label) for row, label in pairs if label.get("sentiment")]
    wrong = []
    for row, label in labelled:
        expected = "neutral" if label["sentiment"] == "mixed" else label["sentiment"]
        found = row["sentiment"]["label"]
        if found == expected:
            tallies[found].hits += 1
        else:
            tallies[found].false_alarms += 1
            tallies.setdefault(expected, Tally()).misses += 1
            wrong.append(row["file"])
    present = [tally.f1 or 0.0 for tally in tallies.values() if tally.hits + tally.misses]
    macro = sum(present) / len(present) if present else None
    negative = tallies["negative"]
    for name, value, goal in (
        ("macro F1", macro, 0.62),
        ("recall of negative", negative.recall, 0.65),
        ("precision of negative", negative.precision, 0.70),
    ):
        yield Score(
            name=f"sentiment, {name}", value=value, goal=goal, cases=len(labelled), wrong=tuple(wrong)
        )


def score_signatures(pairs: Sequence[Pair]) -> Iterator[Score]:
    """Fields that people found and so did we, and phones that nobody wrote there."""
    labelled = [(row, label) for row, label in pairs if label.get("signature") is not None]
    tally, phones, wrong = Counter[bool](), Tally(), []
    for row, label in labelled:
        rights = list(_fields_read(row["signature"], label["signature"]))
        expected = {label["signature"].get(key) for key in PHONE_KINDS} - {None}
        found = {one["e164"] for one in row["signature"]["phones"]}
        tally.update(rights)
        phones.hits += len(found & expected)
        phones.false_alarms += len(found - expected)
        if not all(rights) or found - expected:
            wrong.append(row["file"])
    cases = tally.total()
    yield Score(
        name="signature fields", value=share(tally[True], cases), goal=0.90, cases=cases, wrong=tuple(wrong)
    )
    yield Score(
        name="phones that are phones",
        value=phones.precision,
        goal=1.0,
        cases=phones.hits + phones.false_alarms,
    )


def _fields_read(found: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[bool]:
    """Each labelled field, read right or not: the same words, or the same number of the same kind."""
    for key, value in expected.items():
        field = OTHER_NAMES.get(key, key)
        if value and key in PHONE_KINDS:
            yield any(
                one["e164"] == value and _is_kind(one["kind"], PHONE_KINDS[key]) for one in found["phones"]
            )
        elif value and (field in SIGNATURE_FIELDS or key in OTHER_NAMES):
            yield is_same_evidence(found[field], value)


def _is_kind(found: str, expected: str) -> bool:
    """A label's plain phone is whatever is neither a mobile nor a fax."""
    return found == expected or expected == "office" and found in ("direct", "other")


def score_bounces(pairs: Sequence[Pair]) -> Iterator[Score]:
    """Delivery reports among all mail, and among those which address is dead."""
    tier, hard = Tally(), Tally()
    labelled = [(row, label) for row, label in pairs if label.get("category")]
    for row, label in labelled:
        is_bounce, is_found = label["category"].startswith("bounce_"), row["tier"] == "bounce"
        tier.hits += is_bounce and is_found
        tier.false_alarms += is_found and not is_bounce
        tier.misses += is_bounce and not is_found
        if is_bounce:
            is_hard, found_hard = (
                label["category"] == "bounce_hard",
                any(one["hard"] for one in row["bounce"]),
            )
            hard.hits += is_hard and found_hard
            hard.false_alarms += found_hard and not is_hard
            hard.misses += is_hard and not found_hard
    cases = len(labelled)
    yield Score(name="bounces, recall", value=tier.recall, goal=0.99, cases=cases)
    yield Score(name="bounces, precision", value=tier.precision, goal=1.0, cases=cases)
    yield Score(name="bounces, F1 of hard", value=hard.f1, goal=0.90, cases=hard.hits + hard.misses)
