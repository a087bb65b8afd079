"""The library's tables behind the documents: where they came from, what was read out of them, and their files."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest

from agent.admin import ReadOnlyTenantAdmin
from documents.admin.access import only_of_visible
from documents.models import (
    DocumentChunk,
    DocumentSource,
    DocumentText,
    Embedding,
    EmbeddingSpace,
    IndexedDocument,
    StoredFile,
)

# Of a text that may be megabytes long.
CHARACTERS_SHOWN = 5000


class OfVisibleDocuments(ReadOnlyTenantAdmin):
    """A page over rows of documents, without those of documents that do not exist for the person."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return only_of_visible(request, super().get_queryset(request))


@admin.register(DocumentSource)
class DocumentSourceAdmin(OfVisibleDocuments):
    """The places that documents came from, the newest first."""

    list_display = ("label", "type", "state", "document", "reason", "added_at")
    list_filter = ("type", "state")
    list_select_related = ("document",)
    ordering = ("-id",)
    empty_list = "No document has come from anywhere yet."


@admin.register(DocumentText)
class DocumentTextAdmin(OfVisibleDocuments):
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


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyTenantAdmin):
    """What the storage holds for this company."""

    list_display = ("key", "size", "state", "touched_at")
    list_filter = ("state",)
    ordering = ("-id",)
    empty_list = "The storage holds nothing for this company."


class OfSearchableDocuments(OfVisibleDocuments):
    """A page over what the search keeps of documents."""

    list_select_related = ("document",)
    empty_list = "No document has been indexed yet."


@admin.register(DocumentChunk)
class DocumentChunkAdmin(OfSearchableDocuments):
    """The pieces of documents that are found and cited."""

    list_display = ("document", "ordinal", "page_from", "page_to", "char_from", "char_to")
    ordering = ("-document_id", "ordinal")


@admin.register(IndexedDocument)
class IndexedDocumentAdmin(OfSearchableDocuments):
    """What the index holds of each document, the last indexed first."""

    list_display = ("document", "chunks", "terms", "chunker_version", "indexed_at")
    ordering = ("-id",)


@admin.register(Embedding)
class EmbeddingAdmin(OfSearchableDocuments):
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
