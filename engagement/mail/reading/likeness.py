"""Says how like a mail is to the mails that were sorted by hand, by the words it shares with those of each sort.

What lives here: weighing counted words. What does not: phrases (`category_cues`, `sentiment_words`), and what likeness decides
(`category`, `sentiment`): it speaks where no phrase does, or against one that stands among quite other words. The two files hold, for a
word or two in a row, in how many of the sorted mails of each sort it stands; `python -m tests.mail.reading.count_words` counts them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from pathlib import Path

CATEGORIES = Path(__file__).with_name("category_words.txt")
MOODS = Path(__file__).with_name("mood_words.txt")
MAILS = "="  # The line that says how many mails of each sort were counted.

_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "'s")
_NUMBER = "#"
# A long mail repeats itself: beyond so many words each counts for less.
_WORDS_IN_FULL = 60


@dataclass(frozen=True)
class _Counts:
    """`gains` is what a word adds to a sort it was seen in, over `unseen`, what any known word adds to each sort."""

    priors: Mapping[str, float]
    unseen: Mapping[str, float]
    gains: Mapping[str, Mapping[str, float]]


def likenesses(counts_file: Path, *flows: str) -> dict[str, float]:
    """The logarithm of how many times likelier the words (`Words.flow`) are in a mail of each sort than in any; 0 says nothing."""
    counts = _counts(counts_file)
    known = [word for word in words_in(*flows) if word in counts.gains]
    share = min(1.0, _WORDS_IN_FULL / max(len(known), 1))
    scores = {sort: share * len(known) * unseen for sort, unseen in counts.unseen.items()}
    for word in known:
        for sort, gain in counts.gains[word].items():
            scores[sort] += share * gain
    return {sort: score + counts.priors[sort] for sort, score in scores.items()}


def words_in(*flows: str) -> set[str]:
    """The words of a mail without their endings, and each two in a row."""
    return set().union(*map(_words_of, flows))


@lru_cache(maxsize=8)  # The category and the mood of one mail are read from the same words.
def _words_of(flow: str) -> frozenset[str]:
    stems = [_stem(word) for word in flow.split()]
    return frozenset(stems).union(f"{one}_{other}" for one, other in zip(stems, stems[1:], strict=False))


def _stem(word: str) -> str:
    if word[0].isdigit() or word[0] in "$€£":
        return _NUMBER
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


@cache
def _counts(counts_file: Path) -> _Counts:
    """The counted words as weights of naive Bayes, smoothed by one mail with the words of all."""
    lines = (line.split() for line in counts_file.read_text(encoding="utf-8").splitlines())
    counted = {
        word: dict(zip(rest[::2], (int(count) for count in rest[1::2]), strict=True)) for word, *rest in lines
    }
    mails = counted.pop(MAILS)
    every = sum(mails.values())
    gains = {}
    for word, counts in counted.items():
        usual = sum(counts.values()) / every
        gains[word] = {sort: log(count / usual + 1) for sort, count in counts.items()}
    return _Counts(
        priors={sort: log(count / every) / 2 for sort, count in mails.items()},
        unseen={sort: -log(count + 1) for sort, count in mails.items()},
        gains=gains,
    )
