"""Finds phrases in the words of a mail, quickly, from tables that hold one phrase a line.

What lives here: the notation of the tables, and the words of a mail as sentences of plain tokens that keep their offsets. What does
not: any phrase (`category_cues`, `signal_cues`, `sentiment_phrases`), or what finding one means.

The notation of a phrase: words with a blank between them, in lower case, as they are spoken: no punctuation, no hyphens.
    put|place|putting     one of several words; a_b stands for two words in a row
    hold*                 any word that begins so
    pull~                 a verb in any of its regular forms: pull, pulls, pulled, pulling
    the?                  may be missing
    ..  and  ...          up to three, up to eight words in between, in the same sentence
    ##                    a sum: with a currency, in thousands, or of three digits that are no house number
    #   and  +            a number or an amount, in digits or in a word from two to hundred; any one word
    ^   and  $            the sentence begins here; it ends here
    {order}               the words of a named group
A word in a script without blanks (Chinese, Japanese) is written as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .closing import unread_spans
from .newest import NewestText
from .sentences import Mask, split_sentences

# What a mail means stands in its first pages; nobody is served by reading a pasted log to its end.
MAX_CHARACTERS = 12_000

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(
    rf"[{_IDEOGRAPH}]|[$€£]?\d[\d,.:/]*\d%?|[$€£]?\d%?|[^\W\d_{_IDEOGRAPH}]+(?:['&][^\W\d_{_IDEOGRAPH}]+)*"
)
_IDEOGRAPHS = re.compile(f"[{_IDEOGRAPH}]")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_LINE_END = "\n"
_GAPS = {"..": r"(?:\S+ ){0,3}", "...": r"(?:\S+ ){0,8}"}
_NUMBER = r"(?:[$€£]?\d\S*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozen)"
_SUM = (
    r"(?:[$€£]\d\S*|\d{1,3},\d{3}\S*"
    r"|\d{3}(?! (?:\S+ ){1,3}(?:st|street|ave|avenue|rd|road|ln|lane|dr|drive|ct|court|blvd|way|cir|circle|pl|place|ter|terrace|hwy)\b))(?!\S)"
)
_SYMBOLS = {"#": _NUMBER, "##": _SUM, "+": r"\S+"}
_TOO_COMMON = frozenset(
    "a an the to of in on at for by with and or but is are was were be been it this that we i you he she they our your my us me "
    "have has had do does did not no can could will would please if as so from up out all any".split()
)


@dataclass(frozen=True)
class Words:
    """The words of one mail: `flow` is every token in lower case between blanks, each sentence closed by a line end.

    `spans` are the offsets of the tokens in the text read, `places` where each begins in `flow`.
    """

    text: str
    flow: str
    vocabulary: frozenset[str]
    spans: tuple[tuple[int, int], ...]
    places: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]

    def span_of(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text of a stretch of `flow`."""
        first = bisect_right(self.places, start) - 1
        last = bisect_right(self.places, max(start, end - 2)) - 1
        return self.spans[max(first, 0)][0], self.spans[max(last, 0)][1]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence of the text that holds an offset."""
        number = bisect_right(self.sentences, (offset, len(self.text))) - 1
        return self.sentences[max(number, 0)]


@dataclass(frozen=True)
class Found:
    """One place where a phrase stands: `row` of its table, `start` and `end` in `Words.flow`."""

    row: int
    start: int
    end: int


class PhraseTable:
    """A list of phrases; a mail pays only for the phrases whose rarest word it holds, the first one also for compiling them."""

    def __init__(self, phrases: Iterable[str], groups: Mapping[str, str] | None = None) -> None:
        self.phrases = tuple(phrases)
        self._expressions: list[str] = []
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        self._always: list[int] = []
        for row, phrase in enumerate(self.phrases):
            elements = [_expanded(element, groups or {}) for element in phrase.split()]
            if not elements or any("" in one.removesuffix("?").split("|") for one in elements):
                raise ValueError(f"The phrase {phrase!r} has an empty alternative.")
            self._expressions.append(" " + "".join(_expression(one) for one in elements))
            self._index(row, elements)
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})

    def find(self, words: Words) -> Iterator[Found]:
        """Every phrase that stands in the words, each at its first place, in the order of the table."""
        for row in self._candidates(words.vocabulary):
            match = self._pattern(row).search(words.flow)
            if match:
                yield Found(row, match.start() + 1, match.end())

    def find_all(self, words: Words) -> Iterator[Found]:
        """Every place of every phrase, in the order of the table."""
        for row in self._candidates(words.vocabulary):
            for match in self._pattern(row).finditer(words.flow):
                yield Found(row, match.start() + 1, match.end())

    def _candidates(self, vocabulary: frozenset[str]) -> list[int]:
        rows = set(self._always)
        for word in self._by_word.keys() & vocabulary:
            rows.update(self._by_word[word])
        for length in self._lengths:
            for beginning in self._by_beginning.keys() & {word[:length] for word in vocabulary}:
                rows.update(self._by_beginning[beginning])
        return sorted(rows)

    def _pattern(self, row: int) -> re.Pattern[str]:
        pattern = self._compiled.get(row)
        if pattern is None:
            pattern = self._compiled[row] = re.compile(self._expressions[row])
        return pattern

    def _index(self, row: int, elements: Sequence[str]) -> None:
        """Files a phrase under the words of its rarest element, one of which a mail must hold."""
        solid = [one for one in elements if one not in _GAPS and one not in "^$" and not one.endswith("?")]
        rated = sorted((one for one in solid if _SYMBOLS.keys().isdisjoint(one.split("|"))), key=_commonness)
        if not rated:
            self._always.append(row)
            return
        for alternative in rated[0].split("|"):
            head = _spelled(alternative).split()[0]
            if head.endswith(("*", "~")):
                self._by_beginning.setdefault(_stem(head), []).append(row)
            else:
                self._by_word.setdefault(head, []).append(row)


def _commonness(element: str) -> tuple[bool, int]:
    heads = [_stem(_spelled(one).split()[0]) for one in element.split("|")]
    return any(head in _TOO_COMMON or len(head) < 3 for head in heads), len(heads)


def _expanded(element: str, groups: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: groups[match[1]], element)


def _spelled(alternative: str) -> str:
    """The alternative as it stands in the flow: words with blanks, ideographs one by one."""
    return (
        _IDEOGRAPHS.sub(lambda match: f" {match[0]} ", alternative.replace("_", " ")).strip() or alternative
    )


def _expression(element: str) -> str:
    if element in _GAPS:
        return _GAPS[element]
    if element == "^":
        return r"(?<=\n )"
    if element == "$":
        return r"(?=\n)"
    is_optional = element.endswith("?")
    choices = "|".join(_choice(one) for one in element.removesuffix("?").split("|"))
    return f"(?:(?:{choices}) )" + ("?" if is_optional else "")


def _choice(alternative: str) -> str:
    if alternative in _SYMBOLS:
        return _SYMBOLS[alternative]
    return " ".join(_word(one) for one in _spelled(alternative).split())


def _word(word: str) -> str:
    if word == "#":
        return _NUMBER
    stem = re.escape(_stem(word))
    if word.endswith("*"):
        return stem + r"\S*"
    if word.endswith("e~"):
        return stem + "(?:e|es|ed|ing)"
    if word.endswith("y~"):
        return stem + "(?:y|ys|ies|yed|ied|ying)"
    if word.endswith("~"):
        last = re.escape(word[-2])
        return stem + f"(?:s|es|ed|ing|{last}ed|{last}ing)?"
    return re.escape(word)


def _stem(word: str) -> str:
    """What all words that an alternative stands for begin with."""
    if word.endswith(("e~", "y~")):
        return word[:-2]
    return word.rstrip("*~")


def words_of(text: str, *, hidden: Iterable[tuple[int, int]] = ()) -> Words:
    """The words of a text, sentence by sentence; sentences that lie mostly in a span of `hidden` are left out."""
    text = text[:MAX_CHARACTERS]
    mask = Mask(hidden)
    plain = text.translate(_PLAIN)
    parts: list[str] = [" \n "]
    length = 3
    spans: list[tuple[int, int]] = []
    places: list[int] = []
    sentences: list[tuple[int, int]] = []
    for begin, end in _stretches(text):
        if mask.covers_most_of(begin, end):
            continue
        sentences.append((begin, end))
        for token in _TOKEN.finditer(plain, begin, end):
            word = token[0].lower()
            spans.append(token.span())
            places.append(length)
            parts.append(word + " ")
            length += len(word) + 1
        parts.append("\n ")
        length += 2
    flow = "".join(parts)
    return Words(text, flow, frozenset(flow.split()), tuple(spans), tuple(places), tuple(sentences))


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The sentences, and what stands between them: a greeting that says more than hello ("Hi - we went with another firm, ...")."""
    before = 0
    for sentence in split_sentences(text):
        between = text[before : sentence.start]
        if any(character.isalpha() for character in between):
            yield before + len(between) - len(between.lstrip()), before + len(between.rstrip())
        yield sentence.start, sentence.end
        before = sentence.end
    if any(character.isalpha() for character in text[before:]):
        yield before, len(text.rstrip())


@lru_cache(maxsize=4)  # The readings of one mail follow upon each other and read the same words.
def own_words(newest: NewestText | str) -> Words:
    """What the sender said: the newest text without quoted lines, sign-off, signature and legal boilerplate."""
    text = newest.text if isinstance(newest, NewestText) else newest
    quoted = newest.quoted if isinstance(newest, NewestText) else ()
    text = text[:MAX_CHARACTERS]
    return words_of(text, hidden=[*quoted, *unread_spans(text)])


def table_rows(table: str) -> list[tuple[str, str]]:
    """The rows of a written table as (first field, rest), without blank lines and lines that begin with `//`."""
    rows = (line.strip() for line in table.split("\n"))
    return [
        (head, rest.strip())
        for head, _, rest in (row.partition(" ") for row in rows if row and not row.startswith("//"))
    ]


def flow_line(flow: str, start: int) -> str:
    """The sentence of `flow` that holds the place, as one line of words."""
    begin = flow.rfind(_LINE_END, 0, start) + 1
    end = flow.find(_LINE_END, start)
    return flow[begin : end if end >= 0 else len(flow)]
