"""Reads a query: its phrases in quotes, and what in it names documents: numbers, titles, categories, years.

What is read this way narrows the search only where a document answers to it. It is shown, and can be removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from documents.index.words import fold
from documents.search.filters import SOURCE_SQL, Condition
from documents.search.results import ParsedFilter
from documents.states import Category

PHRASE = re.compile(r"[\"“]([^\"“”]+)[\"”]")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
WORD = re.compile(r"\w+")
YEAR = re.compile(r"(?<![\w-])(?:19|20)\d{2}(?![\w-])")
# An order's or a loan's number: letters and digits joined by hyphens, a long run of digits, or what is called one.
NUMBER = re.compile(
    r"(?<![\w-])(?:[A-Za-z]{1,5}-\d[\d-]{3,}|\d{2,}-\d{4,}|\d{7,}"
    r"|(?<=order )#?\d{4,}|(?<=loan )#?\d{4,}|(?<=file )#?\d{4,}|#\d{4,})(?![\w-])",
    re.IGNORECASE,
)
CATEGORY_WORDS = {
    Category.CONTRACT: r"contracts?",
    Category.INVOICE: r"invoices?",
    Category.SOP: r"sops?|(?:standard )?operating procedures?",
    Category.BID_TEMPLATE: r"bid templates?",
    Category.EMAIL_ATTACHMENT: r"(?:e-?)?mail attachments?",
    Category.APPRAISAL_REPORT: r"appraisal reports?",
    Category.CLIENT_DOCUMENT: r"client documents?",
    Category.INTERNAL: r"internal documents?",
}
CATEGORIES = {
    category: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for category, words in CATEGORY_WORDS.items()
}
NUMBER_IN_TEXT_SQL = """d.id IN (
    SELECT t.document_id FROM document_chunk_terms t WHERE t.tenant_id = %s
    AND t.lexeme IN (SELECT lexeme FROM unnest(to_tsvector('english', %s)))
    GROUP BY t.document_id, t.ordinal
    HAVING count(*) = (SELECT count(*) FROM unnest(to_tsvector('english', %s))))"""
# A title is a name in the query only as it is written there, and when it is more than a common word.
NAMES_SQL = """
    SELECT name FROM (
        SELECT d.title AS name FROM documents d WHERE {conditions}
        UNION SELECT regexp_replace(d.name, '\\.[A-Za-z0-9]{{1,5}}$', '') FROM documents d WHERE {conditions}
    ) AS named
    WHERE length(name) >= 6 AND name ~ '[[:upper:]]' AND name ~ '[ 0-9]' AND strpos(%s, name) > 0
    ORDER BY length(name) DESC LIMIT 1
"""
LEXEMES_SQL = "SELECT lexeme FROM unnest(to_tsvector('english', %s)) ORDER BY positions[1]"


@dataclass(frozen=True)
class Phrase:
    """Words in quotes: `pattern` finds them as they stand, blanks and line ends alike.

    `words` are those that must be indexed; empty where none of them is.
    """

    text: str
    pattern: str
    words: str


def read_phrases(query: str) -> list[Phrase]:
    """The phrases of the query, each once."""
    texts = dict.fromkeys(" ".join(match[1].split()) for match in PHRASE.finditer(query))
    phrases = [_phrase(text) for text in texts if WORD.search(text)]
    if phrases and not read_lexemes(" ".join(phrase.words for phrase in phrases)):
        # Stop words are not indexed: only the text itself can tell where such a phrase stands.
        return [replace(phrase, words="") for phrase in phrases]
    return phrases


def _phrase(text: str) -> Phrase:
    escaped = r"\s+".join(PUNCTUATION.sub(r"\\\g<0>", word) for word in text.split())
    start = r"(?<!\w)" if text[0].isalnum() else ""
    end = r"(?!\w)" if text[-1].isalnum() else ""
    # Only plain words are sure to be lexemes of their own wherever they stand.
    plain = [word for word in text.split() if word.isascii() and word.isalpha()]
    return Phrase(text, f"{start}{escaped}{end}", " ".join(plain))


def read_lexemes(query: str) -> list[str]:
    """The query's words as they are indexed, without stop words, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES_SQL, [fold(query)])
        return [lexeme for (lexeme,) in cursor.fetchall()]


def read_filters(
    query: str, *, allowed: Condition, tenant_id: int, ignored: frozenset[str]
) -> tuple[list[ParsedFilter], Condition]:
    """The filters that the query names and that some allowed document meets, and the conditions with them."""
    offered = [*_numbers(query, tenant_id), *_names(query, allowed), *_categories(query), *_years(query)]
    offered = [(parsed, condition) for parsed, condition in offered if parsed.key not in ignored]
    if not offered:
        return [], allowed
    together = allowed
    for _, condition in offered:
        together &= condition
    if _exists([together])[0]:
        return [parsed for parsed, _ in offered], together
    # Not all of them at once: as many as go together, in the order of how surely each was meant.
    parsed, conditions = [], allowed
    for one, condition in offered:
        if _exists([conditions & condition])[0]:
            parsed.append(one)
            conditions &= condition
    return parsed, conditions


def _exists(conditions: Sequence[Condition]) -> list[bool]:
    parts = ", ".join(f"EXISTS (SELECT FROM documents d WHERE {condition.sql})" for condition in conditions)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {parts}",  # noqa: S608 - conditions of ours, values are parameters
            [value for condition in conditions for value in condition.parameters],
        )
        return list(cursor.fetchone())


def _numbers(query: str, tenant_id: int) -> Iterator[tuple[ParsedFilter, Condition]]:
    for number in dict.fromkeys(match[0].lstrip("#") for match in NUMBER.finditer(query)):
        in_source = SOURCE_SQL.format(
            "(s.reference_id = %s OR strpos(upper(s.label), upper(%s)) > 0 OR strpos(upper(s.key), upper(%s)) > 0)"
        )
        folded = fold(number)
        yield (
            ParsedFilter("number", number, f"Number {number}"),
            Condition(
                f"({in_source} OR strpos(upper(d.title), upper(%s)) > 0 OR {NUMBER_IN_TEXT_SQL})",
                (number, number, number, number, tenant_id, folded, folded),
            ),
        )


def _names(query: str, allowed: Condition) -> list[tuple[ParsedFilter, Condition]]:
    if not any(letter.isupper() for letter in query):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            NAMES_SQL.format(conditions=allowed.sql), [*allowed.parameters, *allowed.parameters, query]
        )
        return [
            (
                ParsedFilter("name", name, f"Document {name}"),
                Condition("(d.title = %s OR starts_with(d.name, %s))", (name, name)),
            )
            for (name,) in cursor.fetchall()
        ]


def _categories(query: str) -> Iterator[tuple[ParsedFilter, Condition]]:
    found = [category for category, pattern in CATEGORIES.items() if pattern.search(query)]
    if len(found) == 1:
        category = found[0]
        yield (
            ParsedFilter("category", str(category), f"Category {category.label}"),
            Condition("d.category = %s", (str(category),)),
        )


def _years(query: str) -> Iterator[tuple[ParsedFilter, Condition]]:
    years = list(dict.fromkeys(YEAR.findall(query)))
    if len(years) == 1:
        year = years[0]
        pattern = rf"(?<!\d){year}(?!\d)"
        yield (
            ParsedFilter("year", year, f"Year {year}"),
            Condition(
                "(extract(year FROM d.effective_date) = %s OR d.title ~ %s OR d.name ~ %s)",
                (int(year), pattern, pattern),
            ),
        )
