"""The console's pages for quotes and bids: their lines, their history, and how they ended."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import TabularInline

from agent.admin import ReadOnlyTenantAdmin, ReadOnlyTenantInline, TenantAdmin
from agent.admin.display import NOTHING
from engagement.admin.forms import TenantModelForm
from engagement.mail.admin.links import list_documents_of, list_mails
from quotes.models import Quote, QuoteActivity, QuoteLine


class QuoteLineInline(TabularInline):
    """What the fee is made of."""

    model = QuoteLine
    form = TenantModelForm
    fields = ("code", "description", "amount")
    extra = 0


class QuoteActivityInline(ReadOnlyTenantInline):
    """What has happened to the quote."""

    model = QuoteActivity
    fields = ("at", "kind", "actor", "summary")
    ordering = ("-at",)


@admin.register(Quote)
class QuoteAdmin(TenantAdmin):
    """One price that we gave, or one answer to a request for proposals, a page."""

    form = TenantModelForm
    list_display = (
        "quote_number",
        "kind",
        "client",
        "product_code",
        "status",
        "fee_amount",
        "sent_at",
        "next_follow_up_at",
        "follow_up_count",
        "outcome_reason",
    )
    list_filter = ("status", "kind", "outcome_reason")
    list_select_related = ("client",)
    search_fields = ("quote_number", "client__name", "street", "title")
    autocomplete_fields = ("client", "contact")
    ordering = ("-id",)
    readonly_fields = ("created_at", "documents", "mail")
    inlines = (QuoteLineInline, QuoteActivityInline)

    @admin.display(description="Documents")
    def documents(self, quote: Quote) -> str:
        return list_documents_of(quote) if quote.pk else NOTHING

    @admin.display(description="Mail about it")
    def mail(self, quote: Quote) -> str:
        return list_mails(quote) if quote.pk else NOTHING

    def save_model(self, request: HttpRequest, obj: Quote, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data or None)
            return
        obj.created_at = timezone.now()
        obj.save(force_insert=True)


@admin.register(QuoteLine)
class QuoteLineAdmin(ReadOnlyTenantAdmin):
    """Every line of every quote."""

    list_display = ("quote", "code", "description", "amount")
    list_select_related = ("quote",)
    search_fields = ("quote__quote_number", "code")
    ordering = ("-id",)


@admin.register(QuoteActivity)
class QuoteActivityAdmin(ReadOnlyTenantAdmin):
    """Everything that has happened to quotes, the newest first."""

    list_display = ("at", "quote", "kind", "actor", "summary")
    list_filter = ("kind",)
    list_select_related = ("quote",)
    search_fields = ("quote__quote_number", "summary")
    ordering = ("-at",)
