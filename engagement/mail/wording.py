"""What servers and libraries say, as an operator can read it."""

from __future__ import annotations

_MAX_WORDS = 300


def in_words(said: Exception | bytes | str) -> str:
    """What a server or an error said, on one line that an operator can read."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:_MAX_WORDS] or type(said).__name__
