"""How text is made ready for being found by its words: the same for documents and for queries."""

from __future__ import annotations

import re
import unicodedata

# What PostgreSQL's parser would keep together as a path, a host or an address, so that no word of it is found.
_JOINED = re.compile(r"[/\\_@|~<>=]|(?<=[^\W\d])\.(?=[^\W\d])")


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can keep the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def fold(text: str) -> str:
    """The text as it is indexed: words apart from each other, letters without accents. Not for showing."""
    if text.isascii():
        return _JOINED.sub(" ", text).replace("\0", " ")
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _JOINED.sub(" ", plain).replace("\0", " ")
