"""Pages of what happened to orders: their moves, their holds and what people changed."""

from __future__ import annotations

from django.contrib import admin

from agent.admin import ReadOnlyTenantAdmin
from orders.models import OrderChange, OrderHold, OrderTransition


@admin.register(OrderTransition)
class OrderTransitionAdmin(ReadOnlyTenantAdmin):
    """Every change of stage, the newest first."""

    list_display = ("at", "order", "old", "new", "actor", "reason")
    list_select_related = ("order",)
    search_fields = ("order__order_number",)
    ordering = ("-id",)


@admin.register(OrderHold)
class OrderHoldAdmin(ReadOnlyTenantAdmin):
    """Every time an order was on hold, the newest first."""

    list_display = ("order", "reason", "until_date", "due_date", "held_at", "held_by", "ended_at", "ended_by")
    list_filter = ("reason",)
    list_select_related = ("order",)
    search_fields = ("order__order_number",)
    ordering = ("-id",)
    empty_list = "No order has been on hold. An order's page has the button that pauses it."


@admin.register(OrderChange)
class OrderChangeAdmin(ReadOnlyTenantAdmin):
    """Every change that a person made in an order, the newest first."""

    list_display = ("at", "order", "actor", "reason")
    list_select_related = ("order",)
    search_fields = ("order__order_number", "actor")
    ordering = ("-id",)
    empty_list = "Nobody has changed an order yet. An order's page leads to its form."
