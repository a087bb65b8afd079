"""The kernel's resources: cards, what waits for approval, runs and events. The domains' are in their own `api.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agent.events import read_horizon
from agent.models import Card, CardTransition, Event, Reflection, Run
from agent.moves import MoveRefused
from agent.registry import Content
from agent.rest.bodies import Body, Text
from agent.rest.filters import Filters, FlagFilter, KeyFilter, MomentFilter
from agent.rest.views import ListResource, Resource, RowResource
from agent.services import (
    ContentChanged,
    ContentUnavailable,
    ReasonMissing,
    approve_card,
    freeze_content,
    reject_card,
)
from agent.tenant_settings import InvalidAgentSettings

CARD_FIELDS: tuple[str, ...] = (
    "id", "kind", "engine", "state", "priority", "is_rehearsal", "subject_kind", "subject_id", "subject_label",
    "contact_id", "contact_label", "reason", "rule", "rule_reason", "not_before", "held_until", "proposed_at",
    "finished_at", "attempts", "approved_by", "run_id",
)  # fmt: skip


class CardSummary(serializers.ModelSerializer):
    """One proposed action, and where it stands."""

    run_id = serializers.IntegerField()

    class Meta:
        model = Card
        fields = CARD_FIELDS


class TransitionDetail(serializers.ModelSerializer):
    """One move of a card."""

    class Meta:
        model = CardTransition
        fields = ("old", "new", "actor", "reason", "at")


class EvidenceDetail(serializers.Serializer):
    """Where something stands that a card rests on, and the words there."""

    type = serializers.CharField()
    id = serializers.CharField()
    quote = serializers.CharField(required=False)


class CardDetail(CardSummary):
    """One proposed action with its grounds, what it is to do and what became of it."""

    evidence = EvidenceDetail(many=True)
    payload = serializers.DictField()
    result = serializers.DictField()
    transitions = TransitionDetail(many=True)

    class Meta(CardSummary.Meta):
        fields = (*CARD_FIELDS, "evidence", "payload", "result", "transitions")


class CardFilters(Filters):
    """By state, kind, engine, subject, contact or run."""

    is_rehearsal = FlagFilter()
    contact_id = KeyFilter()
    run_id = KeyFilter()

    class Meta:
        model = Card
        fields = (
            "state",
            "kind",
            "engine",
            "is_rehearsal",
            "subject_kind",
            "subject_id",
            "contact_id",
            "run_id",
        )


class Cards:
    """What the agent proposed, the newest first."""

    resource = "cards"
    read_permission = "agent.view_card"
    queryset = Card.objects.defer("payload", "evidence", "result")


class CardList(Cards, ListResource):
    serializer_class = CardSummary
    filterset_class = CardFilters


class CardRow(Cards, RowResource):
    serializer_class = CardDetail
    queryset = Card.objects.prefetch_related("transitions")


class ApprovalDetail(CardSummary):
    """A card that waits for a person, with exactly what it would do if it were approved now."""

    content_hash = serializers.CharField(
        help_text="What an approval names, so that it covers this content alone."
    )
    content = serializers.CharField(help_text="The exact content, such as the message with its headers.")
    details = serializers.DictField()

    class Meta(CardSummary.Meta):
        fields = (*CARD_FIELDS, "content_hash", "content", "details")


class Approvals:
    """Cards that wait for a person's yes or no."""

    resource = "approvals"
    read_permission = "agent.view_card"
    write_permission = "agent.change_card"
    refusals: ClassVar[Mapping[type[Exception], int]] = {
        MoveRefused: 409,
        ContentChanged: 409,
        ContentUnavailable: 409,
        InvalidAgentSettings: 409,
        ReasonMissing: 400,
    }

    def get_queryset(self) -> QuerySet[Card]:
        """Only what still waits."""
        return Card.objects.awaiting_approval()


class ApprovalList(Approvals, ListResource):
    serializer_class = CardSummary
    filterset_class = CardFilters


class ApprovalRow(Approvals, Resource):
    serializer_class = ApprovalDetail

    def get(self, request: Any, pk: int) -> Response:
        """One card that waits, with the content that an approval would cover."""
        card = get_object_or_404(self.get_queryset(), pk=pk)
        return Response(
            self.get_serializer(_with_content(card, freeze_content(card=card, now=timezone.now()))).data
        )


class ApprovalWord(Body):
    """A yes to exactly one content."""

    content_hash = Text(max_length=64, help_text="As the approval's own address gives it.")


class RefusalWord(Body):
    """A no, and why."""

    reason = Text(max_length=500)


class ApproveCard(Approvals, Resource):
    serializer_class = ApprovalWord

    @extend_schema(responses=CardSummary)
    def post(self, request: Any, pk: int) -> Response:
        """Let a card go ahead with exactly the content that `content_hash` names, once."""
        word = self.get_serializer(data=request.data)
        word.is_valid(raise_exception=True)
        card = approve_card(
            card=_find_card(pk),
            actor=self.actor,
            now=timezone.now(),
            seen_hash=word.validated_data["content_hash"],
        )
        return Response(CardSummary(card).data)


class RejectCard(Approvals, Resource):
    serializer_class = RefusalWord

    @extend_schema(responses=CardSummary)
    def post(self, request: Any, pk: int) -> Response:
        """Turn a card down, with a reason; it does not come back for the same occasion."""
        word = self.get_serializer(data=request.data)
        word.is_valid(raise_exception=True)
        card = reject_card(card=_find_card(pk), actor=self.actor, now=timezone.now(), **word.validated_data)
        return Response(CardSummary(card).data)


def _find_card(pk: int) -> Card:
    """Any card of the tenant: one that waits no more is refused by the service, with who was faster."""
    card: Card = get_object_or_404(Card.objects.all(), pk=pk)
    return card


def _with_content(card: Card, content: Content) -> Card:
    vars(card).update(
        content_hash=content.hash,
        content=content.body.decode(errors="replace"),
        details=dict(content.details),
    )
    return card


RUN_FIELDS: tuple[str, ...] = (
    "id", "cycle_number", "trigger", "state", "stop_reason", "stop_detail", "cycle_at", "started_at", "finished_at",
    "counts",
)  # fmt: skip


class RunSummary(serializers.ModelSerializer):
    """One cycle, and what it came to."""

    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Cards by the state they ended in."
    )

    class Meta:
        model = Run
        fields = RUN_FIELDS


class ReflectionDetail(serializers.ModelSerializer):
    """What a cycle learned."""

    changed = serializers.ListField()
    moved = serializers.ListField()
    blocked = serializers.ListField()
    hints = serializers.ListField()
    figures = serializers.DictField()

    class Meta:
        model = Reflection
        fields = ("changed", "moved", "blocked", "hints", "figures", "at")


class RunDetail(RunSummary):
    """One cycle with its phases, its work and its reflection."""

    phases = serializers.DictField()
    metrics = serializers.DictField()
    work_block = serializers.DictField()
    drift = serializers.DictField()
    reflections = ReflectionDetail(many=True)

    class Meta(RunSummary.Meta):
        fields = (*RUN_FIELDS, "phases", "metrics", "work_block", "drift", "reflections")


class RunFilters(Filters):
    """By state or trigger, and by when it began."""

    started_after = MomentFilter(field_name="started_at", lookup_expr="gte")
    started_before = MomentFilter(field_name="started_at", lookup_expr="lt")

    class Meta:
        model = Run
        fields = ("state", "trigger", "started_after", "started_before")


class Runs:
    """The cycles, the newest first."""

    resource = "runs"
    read_permission = "agent.view_run"


class RunList(Runs, ListResource):
    serializer_class = RunSummary
    filterset_class = RunFilters
    queryset = Run.objects.defer("phases", "metrics", "work_block", "drift")


class RunRow(Runs, RowResource):
    serializer_class = RunDetail
    queryset = Run.objects.prefetch_related("reflections")


class EventDetail(serializers.ModelSerializer):
    """Something that happened."""

    data = serializers.DictField()

    class Meta:
        model = Event
        fields = ("id", "kind", "subject_kind", "subject_id", "data", "occurred_at")


class EventFilters(Filters):
    """By kind or subject."""

    class Meta:
        model = Event
        fields = ("kind", "subject_kind", "subject_id")


class Events:
    """What happened, the oldest first, each once: whoever follows `next` misses none, whatever commits later."""

    resource = "events"
    read_permission = "agent.view_event"
    serializer_class = EventDetail


class EventList(Events, ListResource):
    filterset_class = EventFilters
    keyset = ("writer_xid", "id")
    follows = True

    def get_queryset(self) -> QuerySet[Event]:
        """Events of transactions below which all others have ended (`agent.events`): no later one slips in before."""
        return Event.objects.filter(writer_xid__lt=read_horizon())


class EventRow(Events, RowResource):
    queryset = Event.objects.all()
