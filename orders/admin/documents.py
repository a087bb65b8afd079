"""Files of orders, the newest first."""

from __future__ import annotations

from django.contrib import admin

from agent.admin import ReadOnlyTenantAdmin
from orders.models import OrderDocument


@admin.register(OrderDocument)
class OrderDocumentAdmin(ReadOnlyTenantAdmin):
    """What came with orders, and what was delivered."""

    list_display = ("name", "order", "kind", "size", "added_by", "added_at")
    list_filter = ("kind",)
    list_select_related = ("order",)
    search_fields = ("name", "order__order_number")
    ordering = ("-id",)
    empty_list = "No order has a file yet."
