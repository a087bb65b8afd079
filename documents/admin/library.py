"""The library's list and the page of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from unfold.paginator import InfinitePaginator

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section
from documents.admin.access import is_cleared, may, visible_documents
from documents.admin.acts import ACTS, VersionForm, list_acts
from documents.admin.bulk import list_bulk_acts
from documents.admin.files import send_file, send_preview
from documents.admin.filters import CountedChoices, PlaceFilter, SourceFilter
from documents.admin.search import search_page
from documents.admin.sections import describe_document
from documents.admin.texts import show_text
from documents.admin.uploads import delete_for_good, upload_files, upload_version
from documents.admin.words import index_badge, status_badge
from documents.models import Document
from documents.services import ContentTaken, DetailsRefused


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    """The latest version of every document, the newest first. It is not counted: a library may be of any size."""

    change_list_template = "documents/library.html"
    change_form_template = "documents/document.html"
    list_display = (
        "titled",
        "filed",
        "text",
        "found",
        column("pages", "Pages"),
        column("added_at", "Added"),
        column("added_by", "By"),
    )
    list_display_links = ("titled",)
    list_filter = (
        PlaceFilter,
        ("category", CountedChoices),
        ("extraction_status", CountedChoices),
        ("indexing_status", CountedChoices),
        ("visibility", CountedChoices),
        SourceFilter,
    )
    show_facets = ShowFacets.ALWAYS
    paginator = InfinitePaginator
    list_disable_select_all = True
    ordering = ("-added_at", "-id")
    sortable_by = ()
    button_methods = tuple(ACTS)
    refusals = (ContentTaken, DetailsRefused)
    empty_list = (
        "No document is here. Add some with the button above, or with: "
        "manage.py ingest_documents PATH --tenant SLUG"
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible_documents(request)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """As an index has them: the one by date holds the latest versions only."""
        return self.ordering if request.GET.get(PlaceFilter.parameter_name) != "versions" else ("-id",)

    def get_actions(self, request: HttpRequest) -> dict[str, tuple[Callable[..., Any], str, str]]:
        return list_bulk_acts(request)

    def get_urls(self) -> list[URLPattern]:
        views: tuple[tuple[str, str, Callable[..., HttpResponse]], ...] = (
            ("search/", "search", search_page),
            ("upload/", "upload", upload_files),
            ("delete-for-good/", "delete_for_good", delete_for_good),
            ("<int:object_id>/version/", "version", upload_version),
            ("<int:object_id>/text/", "text", show_text),
            ("<int:object_id>/download/", "download", send_file),
            ("<int:object_id>/preview/", "preview", send_preview),
        )
        return [
            path(address, self.wrap_view(view), name=f"documents_document_{name}")
            for address, name, view in views
        ] + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "may_add": may(request, "add")})

    def describe_for(self, request: HttpRequest, document: Document) -> list[Section]:
        return describe_document(document, visible_documents(request))

    def list_buttons_for(self, request: HttpRequest, document: Document) -> list[Button]:
        return list_acts(document, is_cleared=is_cleared(request)) if self.may_act(request) else []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        document = context["original"]
        context |= {
            "may_delete": document.is_trashed and may(request, "delete"),
            "version_form": VersionForm(act="version") if self._takes_versions(request, document) else None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def _takes_versions(self, request: HttpRequest, document: Document) -> bool:
        return not document.is_trashed and self.may_act(request)

    @admin.display(description="Title")
    def titled(self, document: Document) -> str | SafeString:
        return str(document)

    @admin.display(description="Category")
    def filed(self, document: Document) -> str:
        return document.get_category_display()

    @admin.display(description="Text")
    def text(self, document: Document) -> SafeString:
        return status_badge(document)

    @admin.display(description="Search")
    def found(self, document: Document) -> SafeString:
        return index_badge(document)

    def carry_out(self, method: str, request: HttpRequest, document: Document) -> str:
        return ACTS[method](request, document, request.user.get_username())
