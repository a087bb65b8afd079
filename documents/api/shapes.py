"""How documents are shown, what may be said of them, and who may see which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Prefetch
from django_filters import CharFilter, ChoiceFilter, UUIDFilter
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied

from agent.rest.bodies import Body, Text
from agent.rest.filters import Filters, FlagFilter, MomentFilter
from agent.rest.tokens import TokenUse
from documents.models import Document, DocumentQuerySet, DocumentSource
from documents.services import DetailsRefused
from documents.states import Category, SourceType, Visibility

SEES_RESTRICTED = "documents.view_restricted_document"
RESTRICTED_SCOPE = "restricted_documents:read"
FIELDS: tuple[str, ...] = (
    "id", "title", "name", "media_type", "size", "sha256", "series", "version", "is_latest", "category",
    "category_set_by", "suggested_category", "suggestion_confidence", "suggestion_reason", "effective_date",
    "expiry_date", "visibility", "extraction_status", "extraction_reason", "extraction_detail", "pages",
    "pages_done", "characters", "indexing_status", "indexing_reason", "added_at", "added_by", "trashed_at",
    "trashed_by",
)  # fmt: skip


class DocumentSummary(serializers.ModelSerializer):
    """One version of one document."""

    class Meta:
        model = Document
        fields = FIELDS


class SourceDetail(serializers.ModelSerializer):
    """One place that a document came from."""

    class Meta:
        model = DocumentSource
        fields = ("type", "source", "label", "reference_kind", "reference_id", "added_at", "added_by")


class VersionDetail(serializers.Serializer):
    """One version of the same document."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    is_latest = serializers.BooleanField()
    added_at = serializers.DateTimeField()


class DocumentDetail(DocumentSummary):
    """One document with where it came from, its versions, and what reading it came to."""

    quality = serializers.DictField()
    sources = SourceDetail(many=True)
    versions = serializers.SerializerMethodField()

    class Meta(DocumentSummary.Meta):
        fields = (*FIELDS, "reader", "quality", "extracted_at", "indexed_at", "sources", "versions")

    @extend_schema_field(VersionDetail(many=True))
    def get_versions(self, document: Document) -> list[dict[str, Any]]:
        """All versions that the caller may see and that are not in the trash, the newest first."""
        seen = Document.objects.visible_to(is_cleared=self.context["is_cleared"])
        rows = seen.live().filter(series=document.series).order_by("-version")
        return [dict(VersionDetail(row).data) for row in rows]


class DocumentChanges(Body):
    """What is to be said of a document; what is left out stays."""

    title = Text(max_length=300, required=False)
    category = serializers.ChoiceField(
        choices=Category.choices, required=False, allow_null=True, help_text="Null: what the rules suggest."
    )
    effective_date = serializers.DateField(required=False, allow_null=True)
    expiry_date = serializers.DateField(
        required=False, allow_null=True, help_text="The last day on which it holds."
    )
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)


class DocumentFilters(Filters):
    """By what it is, how far it has been read, where it came from, and when it was added."""

    with_superseded = FlagFilter(method="by_version", label="Older versions as well.")
    is_trashed = FlagFilter(method="by_trash", label="What is in the trash; otherwise what is not.")
    source_type = ChoiceFilter(choices=SourceType.choices, field_name="type", method="by_source")
    reference_kind = CharFilter(method="by_source")
    reference_id = CharFilter(method="by_source")
    series = UUIDFilter()
    added_after = MomentFilter(field_name="added_at", lookup_expr="gte")
    added_before = MomentFilter(field_name="added_at", lookup_expr="lt")

    class Meta:
        model = Document
        fields = (
            "category",
            "extraction_status",
            "extraction_reason",
            "indexing_status",
            "visibility",
            "sha256",
            "series",
        )

    def by_source(self, rows: DocumentQuerySet, name: str, value: str) -> DocumentQuerySet:
        """Documents with a source that says so."""
        places = DocumentSource.objects.filter(document=OuterRef("pk"), **{name: value})
        return rows.filter(Exists(places))

    def by_version(self, rows: DocumentQuerySet, name: str, value: bool) -> DocumentQuerySet:
        """Read together with the trash, in `filter_queryset`."""
        return rows

    def by_trash(self, rows: DocumentQuerySet, name: str, value: bool) -> DocumentQuerySet:
        """Read together with the versions, in `filter_queryset`."""
        return rows

    def filter_queryset(self, queryset: DocumentQuerySet) -> DocumentQuerySet:
        """The latest versions that are not in the trash, unless other rows are asked for."""
        chosen = self.form.cleaned_data
        rows: DocumentQuerySet = super().filter_queryset(queryset)
        if chosen.get("is_trashed") is True:
            return rows.trashed()
        is_whole = chosen.get("with_superseded") is True or chosen.get("series")
        return rows.live() if is_whole else rows.latest()


class DocumentAccess:
    """Documents of the company that the caller may see."""

    resource = "documents"
    read_permission = "documents.view_document"
    write_permission = "documents.change_document"
    further_scopes: ClassVar[Mapping[str, str]] = {RESTRICTED_SCOPE: SEES_RESTRICTED}
    refusals: ClassVar[Mapping[type[Exception], int]] = {DetailsRefused: 400}

    request: Any

    @property
    def is_cleared(self) -> bool:
        """Whether the caller may see restricted documents."""
        auth = self.request.auth
        if isinstance(auth, TokenUse):
            return RESTRICTED_SCOPE in auth.scopes
        return bool(self.request.user.has_perm(SEES_RESTRICTED))

    def get_queryset(self) -> DocumentQuerySet:
        """Others do not exist for the caller."""
        return Document.objects.visible_to(is_cleared=self.is_cleared)

    def require_clearance(self, sent: Mapping[str, Any]) -> None:
        """Refuse who may not see restricted documents and says who may see some."""
        if "visibility" in sent and not self.is_cleared:
            raise PermissionDenied(
                "Only callers who may see restricted documents say who may see one. Leave visibility out, or use a "
                f"token with the scope {RESTRICTED_SCOPE}, or a login with the permission {SEES_RESTRICTED}."
            )

    def describe(self, pk: int) -> dict[str, Any]:
        """One document as its address shows it."""
        sources = Prefetch("sources", DocumentSource.objects.order_by("id"))
        document = self.get_queryset().prefetch_related(sources).get(pk=pk)
        data: dict[str, Any] = DocumentDetail(document, context={"is_cleared": self.is_cleared}).data
        return data
