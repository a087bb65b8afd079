"""An embeddings endpoint of the OpenAI kind: `POST {"model", "input"}`, answered by `data[].embedding`."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests

from .protocol import EmbedderUnavailable

if TYPE_CHECKING:
    import numpy as np

ENDPOINT_PREFIX = "endpoint:"
# Texts a request, which every such endpoint takes; and how long one may take, in seconds.
BATCH = 64
SECONDS_TO_CONNECT = 5.0
SECONDS_IN_ALL = 60.0
MAX_ANSWER_BYTES = 16 * 1024 * 1024
# What pgvector can index (`halfvec`).
MAX_DIMENSIONS = 4000


@dataclass(frozen=True)
class EndpointEmbedder:
    """Where the model is asked, as the installation's settings name it."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS_IN_ALL

    @property
    def model(self) -> str:
        return f"{ENDPOINT_PREFIX}{self.name}"

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """See `Embedder`."""
        import numpy as np

        rows: list[list[float]] = []
        for first in range(0, len(texts), BATCH):
            batch = list(texts[first : first + BATCH])
            rows += _read_rows(self._ask(batch), len(batch))
        try:
            vectors = np.array(rows, dtype=np.float32).reshape(len(texts), -1)
        except (TypeError, ValueError) as error:
            raise EmbedderUnavailable("The embedding endpoint answered rows of different lengths.") from error
        if vectors.shape[1] > MAX_DIMENSIONS or not np.isfinite(vectors).all():
            raise EmbedderUnavailable(
                f"The embedding endpoint answered with vectors that cannot be kept: finite numbers, at most "
                f"{MAX_DIMENSIONS} of them."
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=vectors, where=lengths > 0)

    def _ask(self, texts: list[str]) -> bytes:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        deadline = time.monotonic() + self.seconds
        try:
            with requests.post(
                self.url,
                json={"model": self.name, "input": texts},
                headers=headers,
                timeout=(min(SECONDS_TO_CONNECT, self.seconds), self.seconds),
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != 200:
                    raise EmbedderUnavailable(f"The embedding endpoint answered {response.status_code}.")
                return _read(response, deadline)
        except requests.RequestException as error:
            # The error's own words may hold the address with what somebody typed into it.
            raise EmbedderUnavailable(
                f"The embedding endpoint could not be asked: {type(error).__name__}."
            ) from error


def _read(response: requests.Response, deadline: float) -> bytes:
    """The whole answer, unless it is too large or drips in past the deadline."""
    content = bytearray()
    for piece in response.iter_content(chunk_size=65536):
        content += piece
        if len(content) > MAX_ANSWER_BYTES:
            raise EmbedderUnavailable(
                f"The embedding endpoint's answer has more than {MAX_ANSWER_BYTES} bytes."
            )
        if time.monotonic() > deadline:
            raise EmbedderUnavailable("The embedding endpoint's answer took too long.")
    return bytes(content)


def _read_rows(content: bytes, count: int) -> list[list[float]]:
    """The vectors in the order of the texts."""
    try:
        data: Any = json.loads(content)["data"]
        rows = [entry["embedding"] for entry in sorted(data, key=lambda entry: entry["index"])]
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise EmbedderUnavailable("The embedding endpoint's answer is not a list of embeddings.") from error
    if len(rows) != count:
        raise EmbedderUnavailable(f"The embedding endpoint answered {len(rows)} vectors for {count} texts.")
    return rows
