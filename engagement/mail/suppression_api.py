"""Suppressions as other programs read them, add one, and lift one with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import CharFilter
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from agent.rest.bodies import Body, Text
from agent.rest.filters import Filters, FlagFilter, KeyFilter
from agent.rest.views import ListResource, Resource, RowResource
from engagement.addresses import InvalidAddress, normalise_email
from engagement.mail.models import EmailSuppression, SuppressionReason
from engagement.mail.suppression import LiftRefused, NewSuppression, lift_suppressions, suppress_addresses

# What a program may give as the reason; bounces are told by mail and by the provider.
TOLD = (
    SuppressionReason.UNSUBSCRIBE,
    SuppressionReason.PAUSE,
    SuppressionReason.COMPLAINT,
    SuppressionReason.LEGAL,
    SuppressionReason.OPERATOR,
)


class SuppressionDetail(serializers.ModelSerializer):
    """One reason why an address, or the person it belongs to, is not written to."""

    address = serializers.CharField(source="email_normalised")
    contact_id = serializers.IntegerField(allow_null=True)

    class Meta:
        model = EmailSuppression
        fields = (
            "id", "address", "contact_id", "reason", "scope", "detail", "suppressed_at", "until", "lifted_at",
            "lifted_by", "lift_reason",
        )  # fmt: skip


class SuppressionBody(Body):
    """An address that must not be written to, and why."""

    address = Text(max_length=254)
    reason = serializers.ChoiceField(choices=[(reason.value, reason.label) for reason in TOLD])
    detail = Text(max_length=400, required=False, allow_blank=True)
    until = serializers.DateTimeField(required=False, allow_null=True, help_text="A pause ends then.")

    def validate_address(self, text: str) -> str:
        """As it is compared."""
        try:
            return normalise_email(text)
        except InvalidAddress as error:
            raise ValidationError(str(error)) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A pause ends, and ends in the future."""
        until = attrs.get("until")
        if attrs["reason"] == SuppressionReason.PAUSE and until is None:
            raise ValidationError({"until": ["Say until when they want a pause."]})
        if until is not None and until <= timezone.now():
            raise ValidationError({"until": ["Give a moment that is still to come."]})
        return attrs


class LiftBody(Body):
    """Why an address may be written to again."""

    reason = Text(
        max_length=500, help_text="For a complaint or a legal demand: who asked for it, when and how."
    )
    acknowledged = serializers.ChoiceField(
        choices=SuppressionReason.choices,
        required=False,
        help_text="The reason of the suppression; needed to lift a complaint or a legal demand.",
    )


class SuppressionFilters(Filters):
    """By address, contact, reason or scope, and by whether it still stands."""

    address = CharFilter(method="by_address")
    contact_id = KeyFilter()
    is_lifted = FlagFilter(field_name="lifted_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = EmailSuppression
        fields = ("address", "contact_id", "reason", "scope", "is_lifted")

    def by_address(
        self, rows: QuerySet[EmailSuppression], name: str, value: str
    ) -> QuerySet[EmailSuppression]:
        """In any spelling; what is no address has no suppression."""
        try:
            return rows.filter(email_normalised=normalise_email(value))
        except InvalidAddress as error:
            raise ValidationError({"address": [str(error)]}) from error


class SuppressionAccess:
    """Addresses that must not be written to, the newest first."""

    resource = "suppressions"
    read_permission = "mail.view_emailsuppression"
    write_permission = "mail.change_emailsuppression"
    serializer_class = SuppressionDetail
    queryset = EmailSuppression.objects.all()
    refusals: ClassVar[Mapping[type[Exception], int]] = {LiftRefused: 409}


class Suppressions(SuppressionAccess, ListResource):
    filterset_class = SuppressionFilters

    @extend_schema(
        request=SuppressionBody,
        responses={
            201: SuppressionDetail,
            200: OpenApiResponse(SuppressionDetail, "It is closed already, for as long."),
        },
    )
    def post(self, request: Any) -> Response:
        """Let an address be written to no more; what waits to be sent there is cancelled."""
        body = SuppressionBody(data=request.data)
        body.is_valid(raise_exception=True)
        told = body.validated_data
        wanted = NewSuppression(
            email_normalised=told["address"],
            reason=SuppressionReason(told["reason"]),
            detail=f"{told.get('detail', '')} ({self.actor})".strip(),
            until=told.get("until"),
        )
        rows = suppress_addresses([wanted], now=timezone.now())
        row = rows[0] if rows else _find_closing(wanted)
        return Response(SuppressionDetail(row).data, status=201 if rows else 200)


def _find_closing(wanted: NewSuppression) -> EmailSuppression:
    """The suppression because of which nothing had to be done."""
    known = EmailSuppression.objects.unlifted().for_addresses([wanted.email_normalised])
    row: EmailSuppression = known.filter(reason=wanted.reason).order_by("-id")[0]
    return row


class SuppressionRow(SuppressionAccess, RowResource):
    pass


class LiftSuppression(SuppressionAccess, Resource):
    serializer_class = LiftBody

    @extend_schema(responses=SuppressionDetail)
    def post(self, request: Any, pk: int) -> Response:
        """Let the address be written to again; who asked, when and why stays on record."""
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        row = get_object_or_404(EmailSuppression.objects.all(), pk=pk)
        lift_suppressions([row], actor=self.actor, now=timezone.now(), **body.validated_data)
        return Response(SuppressionDetail(EmailSuppression.objects.get(pk=pk)).data)
