"""What every embedder can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np


class EmbedderUnavailable(RuntimeError):
    """The model cannot be used here or does not answer; the message says what to do and quotes no text."""


class Embedder(Protocol):
    """A model. Vectors of one model are comparable with each other and with no other model's."""

    model: str

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text: float32 of length 1, or of length 0 where the text has no token.

        Raises `EmbedderUnavailable`. May ask a service on the network: never called inside a transaction.
        """
        ...
