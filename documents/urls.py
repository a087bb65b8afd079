"""Addresses of the API that belong to the library (spec P1.1); the console's pages are the admin's."""

from django.urls import path

from documents.api import (
    DeleteDocuments,
    DocumentFile,
    DocumentRow,
    Documents,
    DocumentTextRow,
    IngestSource,
    RecategoriseDocuments,
    RestoreDocuments,
    RetryDocuments,
    SearchDocuments,
)

app_name = "documents"

urlpatterns = [
    path("api/documents", Documents.as_view(), name="documents"),
    path("api/documents/<int:pk>", DocumentRow.as_view(), name="document"),
    path("api/documents/<int:pk>/file", DocumentFile.as_view(), name="file"),
    path("api/documents/<int:pk>/text", DocumentTextRow.as_view(), name="text"),
    path("api/documents/search", SearchDocuments.as_view(), name="search"),
    path("api/documents/retry", RetryDocuments.as_view(), name="retry"),
    path("api/documents/recategorise", RecategoriseDocuments.as_view(), name="recategorise"),
    path("api/documents/restore", RestoreDocuments.as_view(), name="restore"),
    path("api/documents/delete", DeleteDocuments.as_view(), name="delete"),
    path("api/documents/ingest/<slug:source>", IngestSource.as_view(), name="ingest"),
]
