"""The fees that clients agreed to after their orders came, with the words of their mails."""

from __future__ import annotations

from django.contrib import admin

from agent.admin import ReadOnlyTenantAdmin
from orders.models import FeeApproval


@admin.register(FeeApproval)
class FeeApprovalAdmin(ReadOnlyTenantAdmin):
    """The newest first."""

    list_display = ("order", "fee_before", "fee_amount", "quote", "message", "approved_by", "approved_at")
    list_select_related = ("order", "message")
    search_fields = ("order__order_number", "quote")
    ordering = ("-id",)
    empty_list = (
        "No client has agreed to another fee. A yes is recorded on the page of the exception about the fee."
    )
