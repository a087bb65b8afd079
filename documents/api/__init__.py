"""The library as other programs use it (spec P1.1). What can be done with documents is `documents.services`."""

from documents.api.bulk import (
    DeleteDocuments,
    IngestSource,
    RecategoriseDocuments,
    RestoreDocuments,
    RetryDocuments,
)
from documents.api.library import DocumentFile, DocumentRow, Documents, DocumentTextRow
from documents.api.search import SearchDocuments

__all__ = [
    "DeleteDocuments",
    "DocumentFile",
    "DocumentRow",
    "DocumentTextRow",
    "Documents",
    "IngestSource",
    "RecategoriseDocuments",
    "RestoreDocuments",
    "RetryDocuments",
    "SearchDocuments",
]
