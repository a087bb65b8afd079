"""Makes one list of documents out of the two lists of chunks.

A weighted sum of both scores, each brought to 0 to 1 over its own list: 1 the best document, 0 the last that counts. By
how much a document stands out is kept that way; reciprocal ranks throw it away and found less (docs/adr/0039).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents.embedding.minilm import MINILM
from documents.embedding.wordllama import WORDLLAMA
from documents.search.legs import TEXT_DEPTH, VECTOR_DEPTH, Candidate

# Documents of a list that count; further down, words in common say nothing any more.
COUNTED = 100
# What the words weigh beside a model's vectors: as much as those of the bundled model, half as much as a better one's.
WORD_WEIGHTS: Mapping[str, float] = {WORDLLAMA: 1.0, MINILM: 0.5}
WORD_WEIGHT = 0.5


@dataclass
class Ranked:
    """One document: where its best chunk stands in each list, and its chunks, the best first."""

    document_id: int
    score: float = 0.0
    text_rank: int | None = None
    text_score: float | None = None
    vector_rank: int | None = None
    similarity: float | None = None
    chunks: dict[int, float] = field(default_factory=dict)

    @property
    def ordinals(self) -> list[int]:
        return sorted(self.chunks, key=lambda ordinal: (-self.chunks[ordinal], ordinal))


def fuse(by_words: Sequence[Candidate], by_meaning: Sequence[Candidate], *, model: str = "") -> list[Ranked]:
    """The documents of both lists, the best first; `model` made the vectors of the second."""
    ranked: dict[int, Ranked] = {}
    word_weight = WORD_WEIGHTS.get(model, WORD_WEIGHT)
    for candidates, depth, weight, is_text in (
        (by_words, TEXT_DEPTH, word_weight, True),
        (by_meaning, VECTOR_DEPTH, 1.0, False),
    ):
        # Each document by its best chunk, which is the first of its chunks in the list.
        best: dict[int, float] = {}
        for candidate in candidates:
            best.setdefault(candidate.document_id, candidate.score)
        # Documents without any of the words have 0; what stands beyond the end of a full list is not known.
        is_whole = is_text and len(candidates) < depth
        lowest = _lowest(list(best.values()), is_whole=is_whole)
        highest = max(best.values(), default=0.0)
        for candidate in candidates:
            document = ranked.setdefault(candidate.document_id, Ranked(candidate.document_id))
            share = weight * _share(candidate.score, lowest, highest)
            document.chunks[candidate.ordinal] = document.chunks.get(candidate.ordinal, 0.0) + share
        for place, (document_id, score) in enumerate(best.items(), 1):
            document = ranked[document_id]
            document.score += weight * _share(score, lowest, highest)
            if is_text:
                document.text_rank, document.text_score = place, score
            else:
                document.vector_rank, document.similarity = place, score
    return sorted(ranked.values(), key=lambda document: (-document.score, document.document_id))


def _lowest(scores: Sequence[float], *, is_whole: bool) -> float:
    """The score that counts as 0."""
    if len(scores) >= COUNTED:
        return scores[COUNTED - 1]
    return 0.0 if is_whole or not scores else scores[-1]


def _share(score: float, lowest: float, highest: float) -> float:
    if highest <= lowest:
        return 1.0
    return max(0.0, (score - lowest) / (highest - lowest))
