"""The console's pages for the library: documents, where they came from, their files and text, and the queue."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest

from agent.admin import ReadOnlyTenantAdmin
from documents.models import (
    Document,
    DocumentChunk,
    DocumentSource,
    DocumentText,
    Embedding,
    EmbeddingSpace,
    ExtractionJob,
    IndexedDocument,
    StoredFile,
)
from documents.states import Visibility

# Of a text that may be megabytes long.
CHARACTERS_SHOWN = 5000


@admin.register(Document)
class DocumentAdmin(ReadOnlyTenantAdmin):
    """The documents of the library, the newest first."""

    list_display = (
        "title",
        "version",
        "category",
        "extraction_status",
        "indexing_status",
        "pages",
        "added_at",
    )
    list_filter = ("category", "extraction_status", "indexing_status", "visibility", "is_latest")
    list_select_related = ("file",)
    search_fields = ("title", "name")
    ordering = ("-added_at", "-id")
    empty_list = (
        "No document is in the library yet. Add some with: manage.py ingest_documents PATH --tenant SLUG"
    )


@admin.register(DocumentSource)
class DocumentSourceAdmin(ReadOnlyTenantAdmin):
    """The places that documents came from, the newest first."""

    list_display = ("label", "type", "state", "document", "reason", "added_at")
    list_filter = ("type", "state")
    list_select_related = ("document",)
    ordering = ("-id",)
    empty_list = "No document has come from anywhere yet."


@admin.register(DocumentText)
class DocumentTextAdmin(ReadOnlyTenantAdmin):
    """What was read out of each document."""

    list_display = ("document", "read_at")
    list_select_related = ("document",)
    ordering = ("-id",)
    fields = ("document", "beginning", "read_at")
    empty_list = "No document has been read yet."

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentText]:
        return (
            super()
            .get_queryset(request)
            .defer("content")
            .annotate(beginning=Left("content", CHARACTERS_SHOWN))
        )

    @admin.display(description="Beginning of the text")
    def beginning(self, text: Any) -> str:
        return str(text.beginning)


@admin.register(ExtractionJob)
class ExtractionJobAdmin(ReadOnlyTenantAdmin):
    """The extraction queue, the newest first."""

    list_display = ("document", "step", "state", "attempts", "not_before", "reason")
    list_filter = ("step", "state")
    list_select_related = ("document",)
    ordering = ("-id",)
    empty_list = "Nothing is waiting to be read."


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyTenantAdmin):
    """What the storage holds for this company."""

    list_display = ("key", "size", "state", "touched_at")
    list_filter = ("state",)
    ordering = ("-id",)
    empty_list = "The storage holds nothing for this company."


class OfSearchableDocument(ReadOnlyTenantAdmin):
    """A page over what the search keeps of documents; what is restricted shows to those who may see it."""

    list_select_related = ("document",)
    empty_list = "No document has been indexed yet."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if request.user.has_perm("documents.view_restricted_document"):
            return rows
        return rows.exclude(document__visibility=Visibility.RESTRICTED)


@admin.register(DocumentChunk)
class DocumentChunkAdmin(OfSearchableDocument):
    """The pieces of documents that are found and cited."""

    list_display = ("document", "ordinal", "page_from", "page_to", "char_from", "char_to")
    ordering = ("-document_id", "ordinal")


@admin.register(IndexedDocument)
class IndexedDocumentAdmin(OfSearchableDocument):
    """What the index holds of each document, the last indexed first."""

    list_display = ("document", "chunks", "terms", "chunker_version", "indexed_at")
    ordering = ("-id",)


@admin.register(Embedding)
class EmbeddingAdmin(OfSearchableDocument):
    """The vectors of chunks."""

    list_display = ("document", "ordinal", "model", "dimensions", "chunker_version")
    list_filter = ("model",)
    ordering = ("-id",)


@admin.register(EmbeddingSpace)
class EmbeddingSpaceAdmin(ReadOnlyTenantAdmin):
    """The models that documents have vectors of: the one that is searched, and one that is being made."""

    list_display = ("model", "dimensions", "state", "began_at", "activated_at")
    ordering = ("state", "-id")
    empty_list = "No document has been indexed yet."
