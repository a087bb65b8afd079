"""Which embedder the installation's settings name, and which one made a stored vector."""

from __future__ import annotations

import functools

from django.conf import settings

from .endpoint import ENDPOINT_PREFIX, EndpointEmbedder
from .minilm import MINILM, MiniLM
from .protocol import Embedder, EmbedderUnavailable
from .wordllama import WORDLLAMA, WordLlama

BUNDLED, SENTENCES, ENDPOINT = "wordllama", "minilm", "endpoint"


def configured_embedder() -> Embedder:
    """The embedder of `EMBEDDER`: what new vectors are made by. Loads nothing yet."""
    if settings.EMBEDDER == ENDPOINT:
        return embedder_of(f"{ENDPOINT_PREFIX}{settings.EMBEDDING_MODEL}")
    return embedder_of(MINILM if settings.EMBEDDER == SENTENCES else WORDLLAMA)


def embedder_of(model: str) -> Embedder:
    """The embedder that made the vectors of `model`, so that a query can be compared with them.

    Raises `EmbedderUnavailable` for an endpoint's model that the settings no longer name.
    """
    if model == WORDLLAMA:
        return _wordllama()
    if model == MINILM:
        return _minilm(settings.MINILM_DIRECTORY)
    if model != f"{ENDPOINT_PREFIX}{settings.EMBEDDING_MODEL}" or not settings.EMBEDDING_URL:
        raise EmbedderUnavailable(
            f"The vectors were made by {model}, which no setting names: set EMBEDDING_URL and EMBEDDING_MODEL as they "
            "were, or make new ones with `manage.py documents_reindex`."
        )
    return EndpointEmbedder(
        url=settings.EMBEDDING_URL, name=settings.EMBEDDING_MODEL, key=settings.EMBEDDING_KEY
    )


@functools.cache
def _wordllama() -> WordLlama:
    return WordLlama()


@functools.cache
def _minilm(directory: str) -> MiniLM:
    return MiniLM(directory)
