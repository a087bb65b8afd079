"""Tables of the library: documents and their files, their text, where they came from, and the extraction queue."""

from documents.models.documents import Document, DocumentQuerySet, DocumentText
from documents.models.files import StoredFile
from documents.models.jobs import ExtractionJob
from documents.models.sources import DocumentSource

__all__ = ["Document", "DocumentQuerySet", "DocumentSource", "DocumentText", "ExtractionJob", "StoredFile"]
