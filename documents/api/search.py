"""Searching the library (spec P1.1): what may be asked, and the hits with the passages that say why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agent.rest.bodies import Body, Count, Flag, Text
from agent.rest.views import TenantView
from documents.api.shapes import DocumentAccess
from documents.search import Answer, Filters, Hit, Passage, SearchRefused, SearchRequest, search_documents
from documents.search.requests import LONGEST_QUERY, MOST_HITS
from documents.states import Category, ExtractionStatus, SourceType, Visibility

MOST_PASSAGES = 20
FURTHEST = 10_000
LARGEST_ID = 2**63 - 1


def _several(choices: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ChoiceField(choices=choices), required=False, max_length=len(choices)
    )


class SearchFilters(Body):
    """Which documents may be found; empty means any. Dates are days, both ends included."""

    categories = _several(Category.choices)
    source_types = _several(SourceType.choices)
    statuses = _several(ExtractionStatus.choices)
    visibilities = _several(Visibility.choices)
    added_from = serializers.DateField(required=False, allow_null=True)
    added_to = serializers.DateField(required=False, allow_null=True)
    effective_from = serializers.DateField(required=False, allow_null=True)
    effective_to = serializers.DateField(required=False, allow_null=True)
    document_ids = serializers.ListField(
        child=Count(min_value=1, max_value=LARGEST_ID), required=False, max_length=1000
    )
    reference_kind = Text(
        required=False, max_length=40, help_text="What they belong to, with `reference_id`: order."
    )
    reference_id = Text(required=False, max_length=64)
    with_superseded = Flag(default=False)
    with_expired = Flag(default=False)
    with_trashed = Flag(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A reference is whole, or none."""
        kind, key = attrs.pop("reference_kind", None), attrs.pop("reference_id", None)
        if (kind is None) != (key is None):
            missing = "reference_id" if key is None else "reference_kind"
            raise serializers.ValidationError({missing: ["Give both halves of the reference."]})
        return attrs | ({"reference": (kind, key)} if kind is not None else {})


class SearchBody(Body):
    """One search: words, phrases in quotes, and filters."""

    query = Text(max_length=LONGEST_QUERY)
    filters = SearchFilters(required=False)
    ignored = serializers.ListField(
        child=Text(max_length=200),
        required=False,
        max_length=50,
        help_text="Keys of `parsed` filters that are not meant: they are words again.",
    )
    limit = Count(min_value=1, max_value=MOST_HITS, default=10)
    offset = Count(min_value=0, max_value=FURTHEST, default=0)
    passages = Count(
        min_value=1, max_value=MOST_PASSAGES, default=3, help_text="Shown of each document, at most."
    )
    with_facets = Flag(default=True)
    explain = Flag(default=False, help_text="Why each document stands where it does.")


class PassageDetail(serializers.Serializer):
    """A citation: `text` is what stands from `char_from` to `char_to` of that version's text."""

    ordinal = serializers.IntegerField()
    page_from = serializers.IntegerField()
    page_to = serializers.IntegerField()
    char_from = serializers.IntegerField()
    char_to = serializers.IntegerField()
    text = serializers.CharField(trim_whitespace=False)
    snippet = serializers.CharField(trim_whitespace=False)
    matches = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField()),
        help_text="Where the query's words begin and end in the snippet.",
    )


class ExplanationDetail(serializers.Serializer):
    """Its ranks by words and by meaning, and what each word gave."""

    text_rank = serializers.IntegerField(allow_null=True)
    text_score = serializers.FloatField(allow_null=True)
    vector_rank = serializers.IntegerField(allow_null=True)
    similarity = serializers.FloatField(allow_null=True)
    words = serializers.DictField(child=serializers.FloatField())


class HitDetail(serializers.Serializer):
    """One document found, and its best passages."""

    document_id = serializers.IntegerField()
    title = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    is_latest = serializers.BooleanField()
    category = serializers.CharField()
    effective_date = serializers.DateField(allow_null=True)
    expiry_date = serializers.DateField(allow_null=True)
    score = serializers.FloatField()
    passages = PassageDetail(many=True)
    explanation = ExplanationDetail(allow_null=True)


class ParsedDetail(serializers.Serializer):
    """A filter that was read out of the query; its key among `ignored` takes it away."""

    key = serializers.CharField()
    kind = serializers.CharField()
    value = serializers.CharField()
    label = serializers.CharField()


class SearchAnswer(serializers.Serializer):
    """What was found. `total` and the facets count the documents that have one of the words, and every phrase."""

    hits = HitDetail(many=True)
    total = serializers.IntegerField()
    facets = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    parsed = ParsedDetail(many=True)
    words = serializers.ListField(child=serializers.CharField())
    phrases = serializers.ListField(child=serializers.CharField())
    mode = serializers.CharField(help_text="How meanings were compared: exact, ann, or off.")
    mode_reason = serializers.CharField()
    model = serializers.CharField()


class SearchDocuments(DocumentAccess, TenantView):
    """Documents by their words and by their meaning."""

    reading_methods = frozenset({"POST"})
    unscoped_methods = frozenset({"POST"})
    refusals = DocumentAccess.refusals | {SearchRefused: 400}

    @extend_schema(request=SearchBody, responses={200: SearchAnswer})
    def post(self, request: Any) -> Response:
        """Find documents that the caller may see, by words, phrases and meaning, with the passages that say why."""
        body = SearchBody(data=request.data)
        body.is_valid(raise_exception=True)
        asked = dict(body.validated_data)
        filters = Filters(**asked.pop("filters", {}))
        ignored = frozenset(asked.pop("ignored", ()))
        wanted = SearchRequest(filters=filters, ignored=ignored, is_cleared=self.is_cleared, **asked)
        answer = search_documents(tenant=self.tenant, request=wanted, now=timezone.now())
        return Response(_show_answer(answer))


def _show_answer(answer: Answer) -> dict[str, Any]:
    return {
        "hits": [_show_hit(hit) for hit in answer.hits],
        "total": answer.total,
        "facets": answer.facets,
        "parsed": [
            {"key": one.key, "kind": one.kind, "value": one.value, "label": one.label}
            for one in answer.parsed
        ],
        "words": list(answer.words),
        "phrases": list(answer.phrases),
        "mode": str(answer.mode),
        "mode_reason": answer.mode_reason,
        "model": answer.model,
    }


def _show_hit(hit: Hit) -> dict[str, Any]:
    shown = _pick(hit, HitDetail)
    shown["passages"] = [_show_passage(passage) for passage in hit.passages]
    shown["explanation"] = _pick(hit.explanation, ExplanationDetail) if hit.explanation else None
    return shown


def _show_passage(passage: Passage) -> dict[str, Any]:
    return _pick(passage, PassageDetail) | {"matches": [list(match) for match in passage.matches]}


def _pick(row: Any, shape: Callable[[], serializers.Serializer]) -> dict[str, Any]:
    """The members of a shape as the row has them; texts stay to the letter, because citations count characters."""
    return {name: getattr(row, name) for name in shape().fields}
