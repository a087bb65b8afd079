"""The page of contacts, with their addresses and further clients, and the contacts a person makes by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from unfold.admin import TabularInline

from agent.admin import TenantAdmin
from agent.admin.display import NOTHING
from engagement.admin.clients import with_clock
from engagement.admin.forms import OneOfEach, TenantModelForm
from engagement.admin.suggestions import describe_origins, suggestions_of
from engagement.models import Contact, ContactAddress, ContactAffiliation, TouchKind
from engagement.models.contacts import PHONE_FIELDS
from engagement.services import NewTouch, record_edits, record_touches, set_primary_address, start_clocks


class AddressForm(TenantModelForm):
    """One address; it is normalised by the model."""

    derived = ("email_normalised",)

    def _get_validation_exclusions(self) -> set[str]:
        # That one address is primary is judged over all rows together: the mark moves from one to another.
        return super()._get_validation_exclusions() | {"is_primary"}


class AddressFormSet(OneOfEach):
    """All addresses of one contact."""

    distinct = "email_normalised"
    complaint = "This address stands here twice."

    def clean(self) -> None:
        super().clean()
        rows = self.rows_kept()
        if rows and sum(form.cleaned_data["is_primary"] for form in rows) != 1:
            raise forms.ValidationError("Mark exactly one address as primary: the one we write to.")


class AddressInline(TabularInline):
    """Where the person can be written to."""

    model = ContactAddress
    form = AddressForm
    formset = AddressFormSet
    fields = ("email", "is_primary")
    extra = 0


class AffiliationInline(TabularInline):
    """Further clients the person works for."""

    model = ContactAffiliation
    form = TenantModelForm
    fields = ("client",)
    autocomplete_fields = ("client",)
    verbose_name = "further client"
    verbose_name_plural = "further clients"
    extra = 0


@admin.register(Contact)
class ContactAdmin(TenantAdmin):
    """One person, or one shared mailbox, a page. The clock starts when the contact is added."""

    form = TenantModelForm
    list_display = (
        "full_name",
        "client",
        "role",
        "last_touch",
        "next_touch_due",
        "is_active",
        "is_shared_mailbox",
        "source",
    )
    list_filter = (
        "role",
        "is_active",
        "has_left",
        "restricted_party",
        "is_shared_mailbox",
        "source",
        ("merged_into", admin.EmptyFieldListFilter),
    )
    list_select_related = ("client",)
    search_fields = ("first_name", "last_name", "addresses__email_normalised", "client__name")
    autocomplete_fields = ("client",)
    ordering = ("last_name", "first_name")
    readonly_fields = (
        "last_touch",
        "next_touch_due",
        "source",
        "source_message_id",
        "created_at",
        "merged_into",
        "origins",
    )
    change_form_outer_before_template = "engagement/contact_suggestions.html"
    inlines = (AddressInline, AffiliationInline)
    actions = ("record_call", "record_meeting")
    fieldsets = (
        (None, {"fields": ("first_name", "last_name", "client", "role", "title", "department", "company")}),
        ("How to reach them", {"fields": (*PHONE_FIELDS, "linkedin_url", "postal_address", "timezone")}),
        ("What kind of contact", {"fields": ("is_active", "restricted_party", "is_shared_mailbox")}),
        ("Are they there", {"fields": ("has_left", "away_until")}),
        ("21-day contact", {"fields": ("last_touch", "next_touch_due")}),
        (
            "How we know them",
            {"fields": ("source", "source_message_id", "created_at", "merged_into", "origins")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        return with_clock(super().get_queryset(request))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        contact = context["original"]
        if contact is not None:
            context["suggestions"] = suggestions_of(contact)
            context["may_decide"] = request.user.has_perm("engagement.change_contactdetail")
            context["merges"] = contact.merges_kept.standing().select_related("other")
            if contact.merged_into_id is None and request.user.has_perm("enrichment.add_contactmerge"):
                context["merge_url"] = f"{reverse('admin:enrichment_contactmerge_add')}?keep={contact.pk}"
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="Who said what")
    def origins(self, contact: Contact) -> str:
        return describe_origins(contact) if contact.pk else NOTHING

    @admin.display(description="name", ordering="last_name")
    def full_name(self, contact: Contact) -> str:
        return str(contact)

    @admin.display(description="Last contact", ordering="clock_last_touch_at", empty_value="None yet")
    def last_touch(self, contact: Any) -> datetime | None:
        return getattr(contact, "clock_last_touch_at", None)

    @admin.display(description="Next contact due", ordering="clock_due_at")
    def next_touch_due(self, contact: Any) -> datetime | None:
        return getattr(contact, "clock_due_at", None)

    @admin.action(description="Record a call with them, just now")
    def record_call(self, request: HttpRequest, contacts: QuerySet[Contact]) -> None:
        self._record(request, contacts, TouchKind.CALL)

    @admin.action(description="Record a meeting with them, just now")
    def record_meeting(self, request: HttpRequest, contacts: QuerySet[Contact]) -> None:
        self._record(request, contacts, TouchKind.MEETING)

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        now = timezone.now()
        if change:
            obj.save(update_fields=form.changed_data or None)
        else:
            obj.created_at = now
            obj.save(force_insert=True)
            start_clocks(contacts=[obj])
        # What a person types is theirs from now on: no mail replaces it.
        record_edits(contact=obj, fields=form.changed_data, actor=request.user.get_username(), now=now)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not ContactAddress:
            formset.save()
            return
        primary = [row.instance for row in formset.rows_kept() if row.cleaned_data["is_primary"]]
        for row in formset.forms:
            row.instance.is_primary = False
            row.instance.created_at = row.instance.created_at or timezone.now()
        formset.save()
        for address in primary:
            set_primary_address(address=address)

    def _record(self, request: HttpRequest, contacts: QuerySet[Contact], kind: TouchKind) -> None:
        now = timezone.now()
        person = request.user.get_username()
        touches = [
            NewTouch(
                contact_id=contact_id,
                kind=kind,
                at=now,
                by=person,
                source_kind="operator",
                source_id=f"{person} {now.isoformat()}",
            )
            for contact_id in contacts.values_list("pk", flat=True)
        ]
        count = record_touches(touches, now=now)
        messages.success(request, f"Recorded. The 21-day contact of {count} contacts starts again now.")
