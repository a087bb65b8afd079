"""Orders: the list, one order with what stands against it, sending one, and having one looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django_filters import CharFilter, DateFilter
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from agent.rest.filters import Filters, KeyFilter, MomentFilter
from agent.rest.views import ListResource, Resource, RowResource
from orders.api.columns import ConsideredOrder, OrderBody, read_cells
from orders.credit import decide_credit
from orders.intake import FileLine, LineError
from orders.loading import DeskNotSetUp, read_order_facts
from orders.models import FeeLineKind, Order, OrderException
from orders.services import check_lines
from orders.services.checking import credit_as_json, price_as_json
from orders.services.entry import OrderUnreadable, enter_order

SUMMARY: tuple[str, ...] = (
    "id", "order_number", "client_id", "client", "bill_to", "client_file_number", "loan_number", "portal_order_id",
    "stage", "product", "street", "unit", "city", "state", "zip", "fee_amount", "tech_fee", "total_amount",
    "payment_type", "vendor", "ordered_at", "due_date", "stage_due_at", "delivered_at", "cancelled_at", "validated_at",
)  # fmt: skip
FURTHER: tuple[str, ...] = (
    "addressed_to", "portal_deadline", "fha_case_number", "legacy_form", "property_type", "units_excluding_adu",
    "has_adu", "is_waterfront", "gross_living_area", "acres", "county", "parcel_number", "borrower_name",
    "borrower_phone", "borrower_email", "co_borrower_name", "property_contact_name", "property_contact_phone",
    "occupancy", "access_instructions", "utilities_on", "loan_type", "loan_purpose", "loan_officer_email",
    "estimated_value", "loan_amount", "payment_authorised", "quote_number", "vendor_fee", "intended_use",
    "intended_users", "effective_date", "has_contract", "notes", "vendor_instructions", "unbillable_amounts",
    "hold_reason", "hold_until_date", "cancel_reason", "add_ons", "exceptions", "price", "credit",
)  # fmt: skip


class OrderSummary(serializers.ModelSerializer):
    """One order, and how far it has come."""

    client_id = serializers.IntegerField(source="ordered_by_id")
    client = serializers.CharField(source="ordered_by.name")
    bill_to = serializers.CharField(source="bill_to.name")
    product = serializers.SerializerMethodField()
    vendor = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = SUMMARY

    def get_product(self, order: Order) -> str:
        """Its code, or what the order named where we sell no such product."""
        return order.product.code if order.product else order.product_text

    def get_vendor(self, order: Order) -> str | None:
        return order.vendor.name if order.vendor else None


class FixDetail(serializers.Serializer):
    """One change of a safe fix."""

    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class FoundException(serializers.Serializer):
    """What a rule finds wrong with an order."""

    code = serializers.CharField()
    severity = serializers.CharField()
    message = serializers.CharField()
    fix = FixDetail(many=True, allow_null=True)


class PriceDetail(serializers.Serializer):
    """What the order should cost, and why; without amounts where there is no price."""

    base = serializers.CharField(allow_null=True)
    add_ons = serializers.CharField(allow_null=True)
    fee = serializers.CharField(allow_null=True)
    tech_fee = serializers.CharField(allow_null=True)
    total = serializers.CharField(allow_null=True)
    explanation = serializers.CharField()


class CreditDetail(serializers.Serializer):
    """Whether its payer has credit for it."""

    verdict = serializers.CharField()
    limit = serializers.CharField(allow_null=True)
    exposure = serializers.CharField(allow_null=True)
    available = serializers.CharField(allow_null=True)


class StoredException(serializers.ModelSerializer):
    """An exception of the order that is open."""

    fix = FixDetail(many=True)

    class Meta:
        model = OrderException
        fields = ("id", "code", "subject", "severity", "message", "fix_state", "fix")


class OrderDetail(OrderSummary):
    """One order with every fact of it, its open exceptions, and what its price and its payer's credit come to now."""

    portal_deadline = serializers.DateTimeField(source="portal_deadline_at", allow_null=True)
    has_adu = serializers.SerializerMethodField()
    unbillable_amounts = serializers.DictField(child=serializers.CharField())
    add_ons = serializers.ListField(child=serializers.CharField())
    exceptions = StoredException(many=True)
    price = PriceDetail(allow_null=True)
    credit = CreditDetail(allow_null=True)

    class Meta(OrderSummary.Meta):
        fields = (*SUMMARY, *FURTHER)

    def get_has_adu(self, order: Order) -> bool | None:
        return None if order.adu_count is None else order.adu_count > 0


class CheckedOrder(serializers.Serializer):
    """What the desk would say to an order, were it sent."""

    exceptions = FoundException(many=True)
    price = PriceDetail(allow_null=True)
    credit = CreditDetail(allow_null=True)


class OrderFilters(Filters):
    """By stage, client or number, and by when it came or is due."""

    client_id = KeyFilter(field_name="ordered_by_id")
    order_number = CharFilter()
    ordered_after = MomentFilter(field_name="ordered_at", lookup_expr="gte")
    ordered_before = MomentFilter(field_name="ordered_at", lookup_expr="lt")
    due_before = DateFilter(field_name="due_date", lookup_expr="lt")

    class Meta:
        model = Order
        fields = (
            "stage",
            "client_id",
            "order_number",
            "client_file_number",
            "loan_number",
            "portal_order_id",
        )


class OrderAccess:
    """Orders of the desk; a program that sends some needs `orders:write`."""

    resource = "orders"
    read_permission = "orders.view_order"
    write_permission = "orders.add_order"
    refusals: ClassVar[Mapping[type[Exception], int]] = {DeskNotSetUp: 409}

    def get_queryset(self) -> QuerySet[Order]:
        return Order.objects.select_related("ordered_by", "bill_to", "product", "vendor")

    def describe(self, order_id: int) -> dict[str, Any]:
        """One order as its address shows it."""
        open_ones = OrderException.objects.open().order_by("severity", "code", "id")
        order = self.get_queryset().prefetch_related(Prefetch("exceptions", open_ones)).get(pk=order_id)
        facts = _read_facts(order_id)
        vars(order).update(
            add_ons=list(
                order.fee_lines.filter(kind=FeeLineKind.ADD_ON).order_by("id").values_list("code", flat=True)
            ),
            price=price_as_json(facts.price) if facts else None,
            credit=credit_as_json(decide_credit(facts)) if facts else None,
        )
        data: dict[str, Any] = OrderDetail(order).data
        return data


class Orders(OrderAccess, ListResource):
    serializer_class = OrderSummary
    filterset_class = OrderFilters

    @extend_schema(
        request=OrderBody,
        responses={
            201: OrderDetail,
            200: OpenApiResponse(OrderDetail, "The desk has an order of that number; it was left as it is."),
        },
    )
    def post(self, request: Any) -> Response:
        """Send one order: it is stored, judged by every rule, and answered with what stands against it."""
        body = OrderBody(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            entered = enter_order(cells=read_cells(body.validated_data), actor=self.actor, now=timezone.now())
        except OrderUnreadable as unreadable:
            raise ValidationError(_by_column(unreadable.errors)) from unreadable
        data = self.describe(entered.order.pk)
        status = 201 if entered.is_new else 200
        return Response(data, status=status, headers={"Location": f"/api/v1/orders/{entered.order.pk}"})


class OrderRow(OrderAccess, RowResource):
    serializer_class = OrderDetail

    def get(self, request: Any, pk: int) -> Response:
        """One order with its open exceptions, its price and its payer's credit."""
        return Response(self.describe(self.get_object().pk))


class ValidateOrder(OrderAccess, Resource):
    serializer_class = ConsideredOrder
    reading_methods = frozenset({"POST"})

    @extend_schema(responses=CheckedOrder)
    def post(self, request: Any) -> Response:
        """What the desk would say to an order, judged against the desk as it is; nothing is stored."""
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        line = FileLine(line=1, cells=read_cells(body.validated_data))
        (checked,) = check_lines(lines=[line], now=timezone.now())
        if checked.errors:
            raise ValidationError(_by_column(checked.errors))
        told = checked.as_json()
        return Response({name: told[name] for name in ("exceptions", "price", "credit")})


def _by_column(errors: Iterable[LineError]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for error in errors:
        found.setdefault(error.column, []).append(error.message.removeprefix(f"{error.column} "))
    return found


def _read_facts(order_id: int) -> Any:
    """Its facts, or None where the desk has no settings by which anybody could judge it."""
    try:
        return read_order_facts(order_id, now=timezone.now())
    except DeskNotSetUp:
        return None
