"""What rules found wrong with orders, and what becomes of a fix that they offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from agent.rest.bodies import Body
from agent.rest.filters import Filters, KeyFilter
from agent.rest.views import ListResource, Resource, RowResource
from orders.api.orders import FixDetail
from orders.loading import DeskNotSetUp
from orders.models import OrderException
from orders.services import UnableToApplyFix, UnableToUndoFix, apply_fix, undo_fix

FIELDS: tuple[str, ...] = (
    "id", "order_id", "order_number", "code", "subject", "severity", "message", "state", "opened_at", "resolved_at",
    "reopened_count", "fix_state", "fix", "fix_at", "fix_by", "override_id",
)  # fmt: skip


class ExceptionSummary(serializers.ModelSerializer):
    """One thing that a rule found wrong with an order, and the safe fix that it offers."""

    order_id = serializers.IntegerField()
    order_number = serializers.CharField(source="order.order_number")
    override_id = serializers.IntegerField(allow_null=True)
    fix = FixDetail(many=True)

    class Meta:
        model = OrderException
        fields = FIELDS


class ExceptionDetail(ExceptionSummary):
    """The same with what it was found by."""

    evidence = serializers.DictField()

    class Meta(ExceptionSummary.Meta):
        fields = (*FIELDS, "evidence")


class ExceptionFilters(Filters):
    """By state, severity, code, fix or order."""

    order_id = KeyFilter()
    code = CharFilter()

    class Meta:
        model = OrderException
        fields = ("state", "severity", "code", "fix_state", "order_id")


class Exceptions:
    """What rules found, the newest first."""

    resource = "exceptions"
    read_permission = "orders.view_orderexception"
    write_permission = "orders.change_orderexception"
    refusals: ClassVar[Mapping[type[Exception], int]] = {
        UnableToApplyFix: 409,
        UnableToUndoFix: 409,
        DeskNotSetUp: 409,
    }

    def get_queryset(self) -> QuerySet[OrderException]:
        return OrderException.objects.select_related("order")


class ExceptionList(Exceptions, ListResource):
    serializer_class = ExceptionSummary
    filterset_class = ExceptionFilters

    def get_queryset(self) -> QuerySet[OrderException]:
        return super().get_queryset().defer("evidence")


class ExceptionRow(Exceptions, RowResource):
    serializer_class = ExceptionDetail


class Act(Exceptions, Resource):
    """One service call on an exception, answered with the exception as it then is."""

    serializer_class = Body

    def act(self, request: Any, pk: int, service: Callable[..., None]) -> Response:
        self.get_serializer(data=request.data).is_valid(raise_exception=True)
        row = get_object_or_404(OrderException.objects.all(), pk=pk)
        service(exception=row, actor=self.actor, now=timezone.now())
        return Response(ExceptionDetail(self.get_queryset().get(pk=pk)).data)


class ApplyFix(Act):
    @extend_schema(request=None, responses=ExceptionDetail)
    def post(self, request: Any, pk: int) -> Response:
        """Make the fix that is offered; the order is judged again after it."""
        return self.act(request, pk, apply_fix)


class UndoFix(Act):
    @extend_schema(request=None, responses=ExceptionDetail)
    def post(self, request: Any, pk: int) -> Response:
        """Take an applied fix back: the order gets its old values, and the exception opens again."""
        return self.act(request, pk, undo_fix)
