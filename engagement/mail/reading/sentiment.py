"""Reads how the writer of a mail feels: negative, neutral or positive.

What lives here: the counting. What does not: the lexicon (`sentiment_words`, `sentiment_phrases`, `sentiment_formulas`). A phrase of the
lexicon takes its words out of the count, so that courtesy and idioms cost nothing. A negated word turns round and weakens, one behind
an "if" counts half; praise beside a mishap is irony, and a mishap in a courteous request counts half. Good and bad in like amounts are
mixed, which is neutral. The result is held against how mails of such words sound (`likeness`). Machine mail is neutral: `NEUTRAL`, the
caller's decision.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import sentiment_words as lexicon
from .likeness import MOODS, likenesses
from .newest import NewestText
from .phrases import PhraseTable, Words, own_words, table_rows, words_of
from .sentiment_formulas import FORMULAS
from .sentiment_phrases import BAD, GOOD
from .signal_cues import GROUPS, blockers, complaints

NEGATIVE, NEUTRAL_LABEL, POSITIVE = "negative", "neutral", "positive"


@dataclass(frozen=True)
class Sentiment:
    """`label` is negative, neutral or positive; `score` runs from -1 to 1."""

    label: str
    score: float


_COMPLAINT = -2.5

NEUTRAL = Sentiment(NEUTRAL_LABEL, 0.0)

_WEIGHTS = {word: float(weight) for weight, line in table_rows(lexicon.WORDS) for word in line.split()}
# Whoever complains is not content, whatever words it is in.
_PHRASE_ROWS = [
    *((float(weight), phrase) for table in (FORMULAS, GOOD, BAD) for weight, phrase in table_rows(table)),
    *((_COMPLAINT * float(strength), phrase) for strength, phrase in table_rows(complaints.COMPLAINT)),
    *((0.0, phrase) for kind, phrase in table_rows(blockers.BLOCKERS) if kind == "complaint"),
]
_NEGATING = frozenset(
    row
    for row, (_, phrase) in enumerate(_PHRASE_ROWS)
    if not lexicon.NEGATORS.isdisjoint(phrase.split()[0].split("|"))
)
_PHRASES = PhraseTable((phrase for _, phrase in _PHRASE_ROWS), GROUPS)
_IRONIES = PhraseTable(phrase.strip() for phrase in lexicon.IRONIES.strip().split("\n"))
# Above this the sum of what was said makes a label; the score nears 1 as the sum grows.
_POSITIVE_FROM = 1.9
_NEGATIVE_FROM = -1.9
_HALF_WAY = 4.0
_MIXED = 0.6
_REACH = 3
# Likeness in logarithms over a neutral mail; measured on mails that were not counted.
_UNHEARD = -25.0
_CLEAR = 20.0
_HEARD = 0.4
_MISHAP = -1.8


def read_sentiment(newest: NewestText | str, *, subject: str = "") -> Sentiment:
    """How the sender feels, from their own words; the subject of a new mail counts like a sentence."""
    if isinstance(newest, NewestText) and newest.is_only_quote:
        return NEUTRAL
    words = own_words(newest)
    good, bad = _weigh(words)
    if bad <= _MISHAP and lexicon.TURNS.isdisjoint(words.vocabulary) and any(_IRONIES.find(words)):
        good, bad = 0.0, bad - good / 2
    if subject and ":" not in subject[:5]:
        more_good, more_bad = _weigh(words_of(subject[:300]))
        good, bad = good + more_good / 2, bad + more_bad / 2
    if not lexicon.COURTESY.isdisjoint(words.vocabulary) and lexicon.FEELINGS.isdisjoint(words.vocabulary):
        bad /= 2  # "We never received it, please send it again" names a mishap to ask for help.
    total = good + bad
    score = round(total / (abs(total) + _HALF_WAY), 3)
    smaller, larger = sorted((good, -bad))
    is_mixed = smaller > _MIXED * larger
    if is_mixed or _NEGATIVE_FROM < total < _POSITIVE_FROM:
        label = NEUTRAL_LABEL
    else:
        label = POSITIVE if total > 0 else NEGATIVE
    return _as_others_sound(label, score, words_of(subject[:300]), words, is_mixed=is_mixed)


def _as_others_sound(label: str, score: float, title: Words, words: Words, *, is_mixed: bool) -> Sentiment:
    """Takes back anger where mails of such words are not angry, and hears a mood that no phrase told."""
    likeness = likenesses(MOODS, title.flow, words.flow)
    moods = {one: likeness[one] - likeness[NEUTRAL_LABEL] for one in (NEGATIVE, POSITIVE)}
    if label == NEGATIVE and moods[label] < _UNHEARD:
        return Sentiment(NEUTRAL_LABEL, score)
    if label != NEUTRAL_LABEL:
        return Sentiment(label, score)
    clearest = max(moods, key=moods.__getitem__)
    if is_mixed or moods[clearest] < _CLEAR:
        return Sentiment(label, score)
    return Sentiment(clearest, _HEARD if clearest == POSITIVE else -_HEARD)


def _weigh(words: Words) -> tuple[float, float]:
    """The good and the bad in the words, each as one sum."""
    weighed = weigh_sentences(words)
    return sum(good for _, good, _ in weighed), sum(bad for _, _, bad in weighed)


def weigh_sentences(words: Words) -> list[tuple[int, float, float]]:
    """Each sentence as its place in the flow, the good in it and the bad in it (below 0)."""
    weighed = []
    begin = 0
    values = _phrase_values(words)
    for line in words.flow.split("\n"):
        weighed.append((begin, *_weigh_line(line, begin, values)))
        begin += len(line) + 1
    return weighed


def _phrase_values(words: Words) -> dict[int, tuple[int, float]]:
    """Where phrases stand in the flow: place to (end, weight).

    Of two that overlap, one that begins with a negation counts ("not happy" before "happy with"), then the longer, then the earlier.
    """
    found = sorted(
        _PHRASES.find_all(words),
        key=lambda one: (one.row not in _NEGATING, one.start - one.end, one.start),
    )
    taken: list[tuple[int, int]] = []
    values: dict[int, tuple[int, float]] = {}
    for one in found:
        if any(start < one.end and one.start < end for start, end in taken):
            continue
        taken.append((one.start, one.end))
        values[one.start] = (one.end, _PHRASE_ROWS[one.row][0])
    return values


def _weigh_line(line: str, begin: int, values: dict[int, tuple[int, float]]) -> tuple[float, float]:
    hits: list[float] = []
    is_supposed = False
    place = begin
    covered_to = -1
    recent: list[str] = []
    for word in line.split(" "):
        if place in values:
            covered_to, weight = values[place]
            phrase = line[place - begin : covered_to - begin].split()
            is_plain = lexicon.NEGATORS.isdisjoint(phrase)
            hits.append(_in_context(weight, recent) if is_plain else weight)
        if word in lexicon.TURNS:
            recent.clear()
        elif word in lexicon.SUPPOSED:
            is_supposed = True
        elif place >= covered_to and word in _WEIGHTS:
            weight = _in_context(_WEIGHTS[word], recent)
            hits.append(weight / 2 if is_supposed else weight)
        recent.append(word)
        place += len(word) + 1
    return sum(weight for weight in hits if weight > 0), sum(weight for weight in hits if weight < 0)


def _in_context(weight: float, recent: list[str]) -> float:
    """The weight of a word after the words before it: emphasised, weakened, or turned round."""
    near = recent[-_REACH:]
    for word in near:
        weight *= lexicon.BOOSTERS.get(word, 1.0)
    if any(word in lexicon.NEGATORS for word in near):
        weight *= -0.6 if weight < 0 else -0.8
    return weight
