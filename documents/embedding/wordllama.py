"""The default model: 256 numbers a text, from the weights and the tokenizer that the `wordllama` wheel brings.

Only the two files are used. Importing the package itself would take half a second and configure logging.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .protocol import EmbedderUnavailable

if TYPE_CHECKING:
    import numpy as np

WORDLLAMA = "wordllama-256"
WEIGHTS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
# Texts tokenised at a time, which bounds what is held in memory.
BATCH = 64


class WordLlama:
    """The mean of a table's rows, one for each token."""

    model = WORDLLAMA

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """See `Embedder`."""
        import numpy as np

        tokenizer, table = _load()
        vectors = np.zeros((len(texts), table.shape[1]), dtype=np.float32)
        for first in range(0, len(texts), BATCH):
            batch = list(texts[first : first + BATCH])
            for place, encoded in enumerate(tokenizer.encode_batch(batch, add_special_tokens=False), first):
                if encoded.ids:
                    vectors[place] = table[encoded.ids].mean(axis=0, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=vectors, where=lengths > 0)


@functools.cache
def _load() -> tuple[Any, np.ndarray]:
    """The tokenizer and the table of the installed wheel, once a process. 16 MB of half-precision numbers."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    spec = find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise EmbedderUnavailable("The package wordllama is not installed: run `make venv`.")
    package = Path(spec.submodule_search_locations[0])
    tokenizer = Tokenizer.from_file(str(package / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer, load_file(package / WEIGHTS)["embedding.weight"]
