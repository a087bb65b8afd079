"""Asks one question of a chat-completions endpoint, and gives up in time.

What lives here: the request and its limits. What does not: the question (`questions`), and what an answer is worth
(`answers`).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

import requests

SECONDS_TO_CONNECT = 5.0
SECONDS_IN_ALL = 20.0
MAX_ANSWER_BYTES = 64 * 1024
MAX_ANSWER_TOKENS = 800


class LanguageModelError(RuntimeError):
    """The endpoint gave no usable answer; the message says why and quotes neither the mail nor the key."""


@dataclass(frozen=True)
class LanguageModel:
    """Where the model is asked, as the installation's settings name it."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS_IN_ALL

    def ask(self, messages: list[dict[str, str]]) -> str:
        """The words of the model's answer. Raises `LanguageModelError` for everything that can go wrong on the way."""
        body = {
            "model": self.name,
            "messages": messages,
            "temperature": 0,
            "max_tokens": MAX_ANSWER_TOKENS,
            "response_format": {"type": "json_object"},
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        deadline = time.monotonic() + self.seconds
        try:
            with requests.post(
                self.url,
                json=body,
                headers=headers,
                timeout=(min(SECONDS_TO_CONNECT, self.seconds), self.seconds),
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != 200:
                    raise LanguageModelError(f"It answered {response.status_code}.")
                return _words_of(_read(response, deadline))
        except requests.RequestException as error:
            # The error's own words may hold the address with what somebody typed into it.
            raise LanguageModelError(f"It could not be asked: {type(error).__name__}.") from error


def _read(response: requests.Response, deadline: float) -> bytes:
    """The whole answer, unless it is too large or drips in past the deadline."""
    content = bytearray()
    for piece in response.iter_content(chunk_size=4096):
        content += piece
        if len(content) > MAX_ANSWER_BYTES:
            raise LanguageModelError(f"Its answer has more than {MAX_ANSWER_BYTES} bytes.")
        if time.monotonic() > deadline:
            raise LanguageModelError("Its answer took too long.")
    return bytes(content)


def _words_of(content: bytes) -> str:
    """What the first choice says, in the shape of chat completions."""
    try:
        answer: Any = json.loads(content)
        words = answer["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise LanguageModelError("Its answer is not a chat completion.") from error
    if not isinstance(words, str):
        raise LanguageModelError("Its answer holds no text.")
    return words
