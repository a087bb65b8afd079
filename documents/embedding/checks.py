"""What would keep the search by meaning from working, said when the program starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from .choice import SENTENCES
from .minilm import find_weights
from .protocol import EmbedderUnavailable

MODEL_MISSING = "documents.E101"


def check_embedder(**kwargs: Any) -> list[checks.CheckMessage]:
    """The model that the settings name has its files; nothing of it is loaded."""
    if settings.EMBEDDER != SENTENCES:
        return []
    try:
        find_weights(settings.MINILM_DIRECTORY)
    except EmbedderUnavailable as error:
        return [checks.Error(str(error), hint="EMBEDDER=wordllama needs nothing.", id=MODEL_MISSING)]
    return []
