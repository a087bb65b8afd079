"""The console's pages for deals: the pipeline, the history of each deal, and when a stage counts as stalled."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import TabularInline

from agent.admin import ReadOnlyTenantAdmin, ReadOnlyTenantInline, TenantAdmin
from agent.admin.display import NOTHING
from deals.models import Deal, DealActivity, DealStageConfig, DealStageHistory
from engagement.admin.forms import TenantModelForm
from engagement.mail.admin.links import list_mails


class DealStageHistoryInline(ReadOnlyTenantInline):
    """How the deal came to where it stands."""

    model = DealStageHistory
    fields = ("at", "old", "new", "actor", "reason", "duration")
    ordering = ("-at",)


class DealActivityInline(TabularInline):
    """What was said and done."""

    model = DealActivity
    form = TenantModelForm
    fields = ("at", "kind", "actor", "summary")
    ordering = ("-at",)
    extra = 0


@admin.register(Deal)
class DealAdmin(TenantAdmin):
    """One chance of business a page."""

    form = TenantModelForm
    list_display = (
        "title",
        "client",
        "stage",
        "expected_value",
        "last_activity_at",
        "stalled_at",
        "next_follow_up_at",
        "follow_up_count",
    )
    list_filter = ("stage", "auto_follow_up_enabled")
    list_select_related = ("client",)
    search_fields = ("title", "client__name")
    autocomplete_fields = ("client", "contact")
    ordering = ("-last_activity_at", "-id")
    readonly_fields = ("created_at", "mail")
    inlines = (DealStageHistoryInline, DealActivityInline)

    @admin.display(description="Mail about it")
    def mail(self, deal: Deal) -> str:
        return list_mails(deal) if deal.pk else NOTHING

    def save_model(self, request: HttpRequest, obj: Deal, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data or None)
            return
        obj.created_at = timezone.now()
        obj.save(force_insert=True)


@admin.register(DealStageConfig)
class DealStageConfigAdmin(TenantAdmin):
    """After how many days a stage counts as stalled, and how often it is followed up."""

    form = TenantModelForm
    list_display = ("stage", "stalled_after_days", "follow_up_every_days")


@admin.register(DealStageHistory)
class DealStageHistoryAdmin(ReadOnlyTenantAdmin):
    """Every change of stage, the newest first."""

    list_display = ("at", "deal", "old", "new", "actor", "reason")
    list_select_related = ("deal",)
    search_fields = ("deal__title",)
    ordering = ("-at",)


@admin.register(DealActivity)
class DealActivityAdmin(ReadOnlyTenantAdmin):
    """Everything said and done about deals, the newest first."""

    list_display = ("at", "deal", "kind", "actor", "summary")
    list_filter = ("kind",)
    list_select_related = ("deal",)
    search_fields = ("deal__title", "summary")
    ordering = ("-at",)
