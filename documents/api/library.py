"""Documents: the list, sending some, one with its file and text, changing what is said of it, and the trash."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from agent.rest.bodies import Body
from agent.rest.views import ListResource, Resource, RowResource
from agent.tenancy import tenant_scope
from documents.api.shapes import (
    DocumentAccess,
    DocumentChanges,
    DocumentDetail,
    DocumentFilters,
    DocumentSummary,
)
from documents.models import DocumentQuerySet, DocumentText
from documents.services import (
    Brought,
    ContentTaken,
    Details,
    Outcome,
    StillInLibrary,
    Upload,
    change_document,
    delete_documents,
    open_file,
    take_uploads,
    trash_documents,
)
from documents.states import Category, Visibility

NEW = (Outcome.ADDED, Outcome.VERSION, Outcome.RESTORED)
MOST_FILES = 100


class UploadBody(Body):
    """Files, and what is said of all of them."""

    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), min_length=1, max_length=MOST_FILES
    )
    title = serializers.CharField(required=False, max_length=300, help_text="For one file alone.")
    category = serializers.ChoiceField(choices=Category.choices, required=False)
    effective_date = serializers.DateField(required=False)
    expiry_date = serializers.DateField(required=False)
    visibility = serializers.ChoiceField(
        choices=Visibility.choices,
        required=False,
        help_text="For callers who may see restricted documents; it holds for all versions of a document.",
    )
    version_of = serializers.IntegerField(
        required=False,
        min_value=1,
        help_text="The document that the file is a newer version of; for one file alone.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A title and a document to follow belong to one file."""
        for name in ("title", "version_of"):
            if name in attrs and len(attrs["files"]) > 1:
                raise ValidationError({name: ["Send one file with it."]})
        return attrs


class BroughtDetail(serializers.Serializer):
    """What became of one file."""

    file = serializers.CharField()
    outcome = serializers.ChoiceField(choices=[*Outcome.values, "refused"])
    document = serializers.IntegerField(
        allow_null=True, help_text="The document that it is; null where you may not see it."
    )
    is_read_again = serializers.BooleanField(
        help_text="Nothing had been read of it, so it is read once more."
    )
    is_restricted = serializers.BooleanField(
        help_text="The library had it for everybody, and it is restricted now in all its versions."
    )
    reason = serializers.CharField(help_text="Why it was refused, and what to do.")


class UploadAnswer(serializers.Serializer):
    """What became of each file, in their order."""

    results = BroughtDetail(many=True)


class Documents(DocumentAccess, ListResource):
    serializer_class = DocumentSummary
    filterset_class = DocumentFilters
    write_permission = "documents.add_document"
    unscoped_methods = frozenset({"POST"})
    parser_classes = (MultiPartParser,)

    def get_queryset(self) -> DocumentQuerySet:
        return super().get_queryset().defer("quality")

    @extend_schema(
        request={"multipart/form-data": UploadBody},
        responses={
            201: UploadAnswer,
            200: OpenApiResponse(UploadAnswer, "The library has all of them already."),
        },
    )
    def post(self, request: Any) -> Response:
        """Send files: each content is one document, whatever it is called and however often it comes."""
        body = UploadBody(data=request.data)
        body.is_valid(raise_exception=True)
        sent = body.validated_data
        self.require_clearance(sent)
        if "version_of" in sent:
            self._require_document(sent["version_of"])
        brought = take_uploads(
            tenant=self.tenant,
            uploads=[Upload(name=file.name, content=file) for file in sent["files"]],
            actor=self.actor,
            now=timezone.now(),
            details=_read_details(sent),
            is_cleared=self.is_cleared,
            version_of=sent.get("version_of"),
        )
        if all(one.registered is None for one in brought):
            raise ValidationError({"files": [one.refusal for one in brought]})
        return Response(
            UploadAnswer({"results": [one.as_json() for one in brought]}).data, status=_status_of(brought)
        )

    def _require_document(self, pk: int) -> None:
        with tenant_scope(self.tenant):
            if not self.get_queryset().live().filter(pk=pk).exists():
                raise ValidationError({"version_of": [f"There is no document {pk}."]})


def _read_details(sent: dict[str, Any]) -> Details:
    return Details(
        title=sent.get("title", ""),
        category=Category(sent["category"]) if "category" in sent else None,
        effective_date=sent.get("effective_date"),
        expiry_date=sent.get("expiry_date"),
        visibility=Visibility(sent.get("visibility", Visibility.COMPANY)),
    )


def _status_of(brought: list[Brought]) -> int:
    return 201 if any(one.registered and one.registered.outcome in NEW for one in brought) else 200


class DocumentRow(DocumentAccess, RowResource):
    serializer_class = DocumentDetail
    refusals = DocumentAccess.refusals | {StillInLibrary: 409, ContentTaken: 409}
    unscoped_methods = frozenset({"DELETE"})

    @classmethod
    def permission_of(cls, method: str) -> str:
        """Taking a document out is more than changing what is said of it."""
        return "documents.delete_document" if method == "DELETE" else super().permission_of(method)

    def get(self, request: Any, pk: int) -> Response:
        """One document with where it came from, its versions, and what reading it came to."""
        return Response(self.describe(self.get_object().pk))

    @extend_schema(request=DocumentChanges, responses=DocumentDetail)
    def patch(self, request: Any, pk: int) -> Response:
        """Change what is said of a document: title, category, dates, and who may see it."""
        body = DocumentChanges(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        # Locked, so that it stays as the caller has seen it until it is changed.
        get_object_or_404(self.get_queryset().live().select_for_update(), pk=pk)
        self.require_clearance(body.validated_data)
        self.require_unchanged(self.describe(pk))
        change_document(document_id=pk, changes=body.validated_data, actor=self.actor, now=timezone.now())
        return Response(self.describe(pk))

    @extend_schema(
        request=None,
        responses={204: OpenApiResponse(description="Gone.")},
        parameters=[
            OpenApiParameter(
                "forever",
                OpenApiTypes.BOOL,
                description="Delete for good what is in the trash, with all its versions there.",
            )
        ],
    )
    def delete(self, request: Any, pk: int) -> Response:
        """Put a document into the trash with all its versions; from there it can be restored for 30 days."""
        forever = request.query_params.get("forever", "false")
        if forever not in ("true", "false"):
            raise ValidationError({"forever": ["Write true or false."]})
        with tenant_scope(self.tenant):
            document = get_object_or_404(self.get_queryset(), pk=pk)
            if forever == "false":
                trash_documents(
                    document_ids=[pk], actor=self.actor, now=timezone.now(), is_cleared=self.is_cleared
                )
                return Response(status=204)
            ids = list(
                self.get_queryset().trashed().filter(series=document.series).values_list("pk", flat=True)
            )
        delete_documents(tenant=self.tenant, document_ids=ids or [pk], actor=self.actor, now=timezone.now())
        return Response(status=204)


class DocumentFile(DocumentAccess, Resource):
    """The bytes of a document, as they came."""

    unscoped_methods = frozenset({"GET"})

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Any, pk: int) -> FileResponse:
        """The file itself, to be saved; no browser shows it."""
        with tenant_scope(self.tenant):
            document = get_object_or_404(self.get_queryset().select_related("file"), pk=pk)
        try:
            content = open_file(document.file)
        except FileNotFoundError as missing:
            raise NotFound(
                "The storage has lost this file. Whoever runs the program sees it by documents_check."
            ) from missing
        response = FileResponse(content, content_type="application/octet-stream")
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.name)}"
        response["Content-Length"] = str(document.size)
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox"
        return response


class TextDetail(serializers.ModelSerializer):
    """What was read out of a document. The ranges of citations are offsets into `content`."""

    page_starts = serializers.ListField(child=serializers.IntegerField(), help_text="Where each page begins.")

    class Meta:
        model = DocumentText
        fields = ("content", "page_starts", "read_at")


class DocumentTextRow(DocumentAccess, Resource):
    serializer_class = TextDetail

    def get(self, request: Any, pk: int) -> Response:
        """The text that was read out of a document; 404 while nothing was."""
        document = get_object_or_404(self.get_queryset(), pk=pk)
        return Response(TextDetail(get_object_or_404(DocumentText.objects.all(), document=document)).data)
