"""Pages of what orders are judged by: products, add-ons, price lists and the desk's settings. A person keeps them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from agent.admin import ReadOnlyTenantAdmin, TenantAdmin
from engagement.admin.forms import TenantModelForm
from orders.models import AcceptedQuote, AddOn, Order, OrderDeskSettings, PriceRow, Product
from orders.services import time_orders


@admin.register(Product)
class ProductAdmin(TenantAdmin):
    """What can be ordered."""

    form = TenantModelForm
    list_display = ("code", "name", "valuation_method", "turn_time_days", "quote_required", "is_active")
    list_filter = ("valuation_method", "is_active")
    search_fields = ("code", "name", "legacy_form")
    ordering = ("code",)


@admin.register(AddOn)
class AddOnAdmin(TenantAdmin):
    """What is charged on top of a product."""

    form = TenantModelForm
    list_display = ("code", "name", "price", "percent_of_fee", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name")
    ordering = ("code",)


@admin.register(PriceRow)
class PriceRowAdmin(TenantAdmin):
    """Rows of the price lists; the row that names most of client, county and state is the one that counts."""

    form = TenantModelForm
    list_display = (
        "product",
        "client",
        "state",
        "county",
        "amount",
        "factor",
        "list_name",
        "effective_from",
        "effective_to",
    )
    list_filter = ("list_name", "state")
    list_select_related = ("product", "client")
    search_fields = ("product__code", "client__name")
    autocomplete_fields = ("product", "client")
    ordering = ("product__code", "-effective_from", "id")


@admin.register(OrderDeskSettings)
class OrderDeskSettingsAdmin(TenantAdmin):
    """How this desk judges orders: one row."""

    form = TenantModelForm
    list_display = ("order_prefix", "tech_fee", "currency")

    def save_model(self, request: HttpRequest, obj: OrderDeskSettings, form: Any, change: bool) -> None:
        """With other terms the next step of every open order is due at another time."""
        super().save_model(request, obj, form, change)
        time_orders(Order.objects.unfinished())


@admin.register(AcceptedQuote)
class AcceptedQuoteAdmin(ReadOnlyTenantAdmin):
    """The prices that clients have agreed to, as orders are held against them."""

    list_display = ("quote_number", "client", "product_code", "fee_amount", "accepted_at", "expires_date")
    list_select_related = ("client",)
    search_fields = ("quote_number", "client__name")
    ordering = ("-accepted_at",)
    empty_list = "No client has accepted a quote yet. An accepted quote appears here by itself."
