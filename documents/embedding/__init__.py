"""Turns text into vectors: the bundled model, a better one by setting, or any endpoint of the OpenAI kind.

What lives here: `Embedder` and who implements it. A model is loaded when its first text comes, never on import: most
processes never search. Where vectors are kept and compared is `documents.index` and `documents.search`.
"""

import os

# One thread a process for numpy's matrices, before anything here imports it. Web processes and workers share the
# machine's cores; a library that takes all of them in each spends most of its time waiting for itself.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from .choice import configured_embedder, embedder_of  # noqa: E402
from .protocol import Embedder, EmbedderUnavailable  # noqa: E402

__all__ = ["Embedder", "EmbedderUnavailable", "configured_embedder", "embedder_of"]
