"""Reads a collection: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.index.words import is_storable

HEADER = ["query-id", "corpus-id", "score"]


class CollectionRefused(ValueError):
    """A file is not what it should be; the message names it, the line, and what is expected there."""


@dataclass(frozen=True)
class Text:
    """One text of the corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Collection:
    """Texts, queries by id, and how relevant which text is to which query (above 0: relevant)."""

    corpus: list[Text]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]


def read_collection(corpus: Path, queries: Path, qrels: Path) -> Collection:
    """Read the three files whole. Raises `CollectionRefused`."""
    texts: dict[str, Text] = {}
    for place, row in _read_rows(corpus):
        text = Text(_string(row, "_id", place), _string(row, "title", place, ""), _string(row, "text", place))
        if text.id in texts:
            raise CollectionRefused(f"{place}: the _id {text.id!r} is there twice.")
        texts[text.id] = text
    asked = {_string(row, "_id", place): _string(row, "text", place) for place, row in _read_rows(queries)}
    judgements = _read_judgements(qrels)
    if not texts:
        raise CollectionRefused(f"{corpus} has no text in it.")
    judged = {
        query: judged
        for query, judged in judgements.items()
        if query in asked and asked[query].strip() and any(score > 0 for score in judged.values())
    }
    if not judged:
        raise CollectionRefused(
            f"No query of {queries} has a relevant text in {qrels}: the ids must be the same."
        )
    return Collection(list(texts.values()), {query: asked[query] for query in judged}, judged)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise CollectionRefused(f"{path} cannot be read: {reason}.") from error


def _read_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in _lines(path):
        place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CollectionRefused(f"{place}: this is not JSON; each line must be one object.") from error
        if not isinstance(row, dict):
            raise CollectionRefused(f"{place}: each line must be one JSON object.")
        yield place, row


def _string(row: dict[str, Any], key: str, place: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if isinstance(value, int) and key == "_id":
        return str(value)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise CollectionRefused(f"{place}: {key!r} must be there and be text.")
    if not is_storable(value):
        raise CollectionRefused(
            f"{place}: {key!r} has a character that no database keeps (NUL or half of a pair)."
        )
    return value


def _read_judgements(path: Path) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    is_header = True
    for number, line in _lines(path):
        cells = [cell.strip() for cell in line.rstrip("\r\n").split("\t")]
        if is_header:
            is_header = False
            if cells != HEADER:
                raise CollectionRefused(
                    f"{path}, line {number}: the first line must name the columns {', '.join(HEADER)}, "
                    "separated by tabs."
                )
            continue
        try:
            query, text, score = cells
            judgements.setdefault(query, {})[text] = int(score)
        except ValueError as error:
            raise CollectionRefused(
                f"{path}, line {number}: expected a query's id, a text's id and a whole number, separated by tabs."
            ) from error
    return judgements
