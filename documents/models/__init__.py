"""Tables of the library: documents and their files, their text, where they came from,
the extraction queue, and the search index."""

from documents.models.documents import Document, DocumentQuerySet, DocumentText
from documents.models.files import StoredFile
from documents.models.index import (
    DocumentChunk,
    Embedding,
    EmbeddingSource,
    EmbeddingSpace,
    IndexedDocument,
    SpaceState,
)
from documents.models.jobs import ExtractionJob
from documents.models.sources import DocumentSource

__all__ = [
    "Document",
    "DocumentChunk",
    "DocumentQuerySet",
    "DocumentSource",
    "DocumentText",
    "Embedding",
    "EmbeddingSource",
    "EmbeddingSpace",
    "ExtractionJob",
    "IndexedDocument",
    "SpaceState",
    "StoredFile",
]
