"""What is done with many documents at once, and going through a source."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agent.rest.bodies import Body, Count, Flag
from agent.rest.views import Resource, TenantView
from agent.tenancy import tenant_scope
from documents.api.shapes import DocumentAccess
from documents.models import DocumentSource
from documents.services import (
    ContentTaken,
    StillInLibrary,
    announce_source,
    delete_documents,
    recategorise_documents,
    restore_documents,
    retry_documents,
    trash_documents,
)
from documents.sources import UnknownSource
from documents.states import Category, SourceState
from documents.tasks import sweep_library

MOST = 1000


class ChosenDocuments(Body):
    """The documents that are meant."""

    ids = serializers.ListField(child=Count(min_value=1, max_value=2**63 - 1), min_length=1, max_length=MOST)


class ChosenCategory(ChosenDocuments):
    """The documents that are meant, and what they are."""

    category = serializers.ChoiceField(choices=Category.choices)


class ChosenDeletion(ChosenDocuments):
    """The documents that are meant, and whether they go for good."""

    forever = Flag(default=False, help_text="Delete for good what is in the trash; otherwise put it there.")


class BulkAnswer(serializers.Serializer):
    """How many documents it was done to, and which were not found."""

    done = serializers.IntegerField()
    not_found = serializers.ListField(child=serializers.IntegerField())


class Bulk(DocumentAccess, Resource):
    """One service call on documents that the caller may see; what they may not see is not found."""

    refusals = DocumentAccess.refusals | {StillInLibrary: 409, ContentTaken: 409}
    serializer_class = ChosenDocuments

    def read_body(self, request: Any) -> dict[str, Any]:
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        read: dict[str, Any] = body.validated_data
        return read

    def find(self, wanted: list[int]) -> tuple[list[int], list[int]]:
        """Those of the documents that are there for the caller, and the others."""
        found = set(self.get_queryset().filter(pk__in=wanted).values_list("pk", flat=True))
        return sorted(found), sorted(set(wanted) - found)


def _answer(done: int, not_found: list[int]) -> Response:
    return Response(BulkAnswer({"done": done, "not_found": not_found}).data)


class RetryDocuments(Bulk):
    @extend_schema(responses=BulkAnswer)
    def post(self, request: Any) -> Response:
        """Read documents again, or index them again where only that failed."""
        found, missing = self.find(self.read_body(request)["ids"])
        return _answer(retry_documents(document_ids=found, actor=self.actor, now=timezone.now()), missing)


class RecategoriseDocuments(Bulk):
    serializer_class = ChosenCategory

    @extend_schema(responses=BulkAnswer)
    def post(self, request: Any) -> Response:
        """Say what documents are; no suggestion overwrites it."""
        body = self.read_body(request)
        found, missing = self.find(body["ids"])
        category = Category(body["category"])
        done = recategorise_documents(
            document_ids=found, category=category, actor=self.actor, now=timezone.now()
        )
        return _answer(done, missing)


class RestoreDocuments(Bulk):
    @extend_schema(responses=BulkAnswer)
    def post(self, request: Any) -> Response:
        """Take documents back out of the trash, with all their versions there."""
        found, missing = self.find(self.read_body(request)["ids"])
        rows = restore_documents(
            document_ids=found, actor=self.actor, now=timezone.now(), is_cleared=self.is_cleared
        )
        return _answer(len(rows), missing)


class DeleteDocuments(Bulk):
    serializer_class = ChosenDeletion
    write_permission = "documents.delete_document"
    unscoped_methods = frozenset({"POST"})

    @extend_schema(responses=BulkAnswer)
    def post(self, request: Any) -> Response:
        """Put documents into the trash with all their versions, or delete for good what is there."""
        body, now = self.read_body(request), timezone.now()
        with tenant_scope(self.tenant):
            found, missing = self.find(body["ids"])
            if not body["forever"]:
                rows = trash_documents(
                    document_ids=found, actor=self.actor, now=now, is_cleared=self.is_cleared
                )
                return _answer(len(rows), missing)
        return _answer(
            delete_documents(tenant=self.tenant, document_ids=found, actor=self.actor, now=now), missing
        )


class IngestAnswer(serializers.Serializer):
    """What a source has for the library."""

    source = serializers.CharField()
    announced = serializers.IntegerField(help_text="Files that were not known before.")
    waiting = serializers.IntegerField(help_text="Files that a worker fetches now.")


class IngestSource(DocumentAccess, TenantView):
    """Going through everything that a source has."""

    write_permission = "documents.add_document"
    unscoped_methods = frozenset({"POST"})
    refusals = DocumentAccess.refusals | {UnknownSource: 404}

    @extend_schema(request=None, responses={202: IngestAnswer})
    def post(self, request: Any, source: str) -> Response:
        """Bring in what a source has and the library has not: a worker fetches and reads it, each file once."""
        announced = announce_source(tenant=self.tenant, slug=source, now=timezone.now())
        with tenant_scope(self.tenant):
            waits = DocumentSource.objects.filter(source=source, state=SourceState.ANNOUNCED).count()
        sweep_library.delay(self.tenant.pk)
        told = {"source": source, "announced": announced, "waiting": waits}
        return Response(IngestAnswer(told).data, status=202)
