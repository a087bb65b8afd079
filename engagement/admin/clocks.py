"""Pages of the 21-day contact: what each clock shows, and the touches that moved it. Read-only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from agent.admin import ReadOnlyTenantAdmin
from agent.admin.display import badge
from engagement.models import EngagementClock, Touch


class OverdueFilter(admin.SimpleListFilter):
    """Overdue or in time, as of now: nothing stores it."""

    title = "contact"
    parameter_name = "contact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "Overdue"), ("in_time", "In time")]

    def queryset(self, request: HttpRequest, clocks: QuerySet[EngagementClock]) -> QuerySet[EngagementClock]:
        now = timezone.now()
        if self.value() == "overdue":
            return clocks.filter(next_touch_due_at__lt=now)
        return clocks.filter(next_touch_due_at__gte=now) if self.value() == "in_time" else clocks


class OfWhatFilter(admin.SimpleListFilter):
    """Clocks of people, or of whole accounts."""

    title = "clock of"
    parameter_name = "of"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("contacts", "Contacts"), ("accounts", "Accounts")]

    def queryset(self, request: HttpRequest, clocks: QuerySet[EngagementClock]) -> QuerySet[EngagementClock]:
        if self.value() is None:
            return clocks
        return clocks.filter(contact__isnull=self.value() == "accounts")


@admin.register(EngagementClock)
class EngagementClockAdmin(ReadOnlyTenantAdmin):
    """Who was last in contact when, the longest wait first."""

    list_display = ("of_whom", "account", "standing", "last_touch_at", "last_touch_kind", "next_touch_due_at")
    list_filter = (OverdueFilter, OfWhatFilter)
    list_select_related = ("contact__client", "client")
    search_fields = ("contact__first_name", "contact__last_name", "contact__client__name", "client__name")
    ordering = ("next_touch_due_at",)
    fields = (
        "contact",
        "client",
        "last_touch_at",
        "last_touch_kind",
        "last_touch_by",
        "next_touch_due_at",
        "limit_days",
        "started_at",
    )
    empty_list = "No contact has been added yet. Add one, or import mail."

    @admin.display(description="Contact or account")
    def of_whom(self, clock: EngagementClock) -> str:
        return str(clock.contact or clock.client)

    @admin.display(description="Account")
    def account(self, clock: EngagementClock) -> str:
        client = clock.contact.client if clock.contact is not None else clock.client
        return str(client or "")

    @admin.display(description="21-day contact", ordering="next_touch_due_at")
    def standing(self, clock: EngagementClock) -> str:
        late = timezone.now() - clock.next_touch_due_at
        if late.total_seconds() <= 0:
            return badge("In time", "good")
        return badge(f"Overdue, {late.days} days" if late.days != 1 else "Overdue, 1 day", "bad")


@admin.register(Touch)
class TouchAdmin(ReadOnlyTenantAdmin):
    """Every real contact, the newest first."""

    list_display = ("at", "contact", "client", "kind", "by")
    list_filter = ("kind", "at")
    list_select_related = ("contact", "client")
    search_fields = ("contact__first_name", "contact__last_name", "client__name", "source_id")
    ordering = ("-at",)
    fields = ("at", "contact", "client", "kind", "by", "source_kind", "source_id", "recorded_at")
    empty_list = (
        "No contact with anybody has been recorded yet. Mail from contacts, calls and meetings count."
    )
