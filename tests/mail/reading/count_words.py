"""Counts in how many of the sorted mails of each category and mood a word stands, for `engagement.mail.reading.likeness`.

`python -m tests.mail.reading.count_words` writes the counts; do so after a line was added to one of the corpora.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from engagement.mail.reading import newest_of_text
from engagement.mail.reading.likeness import CATEGORIES, MAILS, MOODS, words_in
from engagement.mail.reading.phrases import own_words, words_of

from .meaning_corpus import JudgedMail, load_judged

CORPORA = ("corpus_meaning.txt", "corpus_general.txt", "corpus_voices.txt")
_FEWEST_MAILS = 2  # A word of one mail alone says more of the mail than of its sort.
_FEWEST_OF_SORT = 4


def count_categories() -> str:
    """The lines of the file: a word and in how many mails of which categories it stands."""
    return _counted((mail, mail.category) for mail in _sorted() if mail.category != "-")


def count_moods() -> str:
    """The same for how the writers feel."""
    return _counted((mail, mail.sentiment) for mail in _sorted() if mail.sentiment != "-")


def _sorted() -> list[JudgedMail]:
    return [mail for name in CORPORA for mail in load_judged(name)]


def _counted(pairs: Iterable[tuple[JudgedMail, str]]) -> str:
    mails: Counter[str] = Counter()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    pairs = list(pairs)
    mails.update(sort for _, sort in pairs)
    for mail, sort in pairs:
        if mails[sort] >= _FEWEST_OF_SORT:
            for word in words_in(*_flows(mail)):
                counted[word][sort] += 1
    enough = Counter({sort: count for sort, count in mails.items() if count >= _FEWEST_OF_SORT})
    common = sorted(word for word, counts in counted.items() if counts.total() >= _FEWEST_MAILS)
    return "\n".join([_row(MAILS, enough), *(_row(word, counted[word]) for word in common)]) + "\n"


def _flows(mail: JudgedMail) -> tuple[str, str]:
    return words_of(mail.subject).flow, own_words(newest_of_text(mail.text)).flow


def _row(word: str, counts: Counter[str]) -> str:
    return " ".join([word, *(f"{sort} {count}" for sort, count in sorted(counts.items()))])


if __name__ == "__main__":
    CATEGORIES.write_text(count_categories(), encoding="utf-8")
    MOODS.write_text(count_moods(), encoding="utf-8")
