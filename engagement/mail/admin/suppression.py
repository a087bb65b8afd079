"""Pages of addresses that must not be written to, and of the reports that said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.widgets import UnfoldAdminDateWidget

from agent.admin import ReadOnlyTenantAdmin, TenantAdmin
from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, link_to, pairs
from engagement.mail.admin.mailboxes import AddressForm
from engagement.mail.models import Bounce, EmailSuppression, SuppressionReason, SuppressionScope
from engagement.mail.suppression import (
    GRAVE_REASONS,
    LiftRefused,
    NewSuppression,
    is_closed_already,
    lift_suppressions,
    suppress_addresses,
)

# What a person may give as the reason when they suppress an address by hand.
BY_HAND = (
    SuppressionReason.UNSUBSCRIBE,
    SuppressionReason.PAUSE,
    SuppressionReason.COMPLAINT,
    SuppressionReason.LEGAL,
    SuppressionReason.OPERATOR,
)
FIELDS = ("email_normalised", "reason", "scope", "until", "detail")


class SuppressionForm(AddressForm):
    """An address that a person suppresses by hand."""

    reason = forms.ChoiceField(choices=[(reason.value, reason.label) for reason in BY_HAND])
    scope = forms.ChoiceField(
        label="What is closed",
        required=False,
        choices=[("", "What the reason usually closes"), *SuppressionScope.choices],
    )
    until = forms.DateField(
        label="Until",
        required=False,
        widget=UnfoldAdminDateWidget(),
        help_text="The first day on which they may be written to again. Empty: until somebody lifts it.",
    )

    class Meta:
        model = EmailSuppression
        fields = FIELDS

    def _get_validation_exclusions(self) -> set[str]:
        """Saying it again for longer is no conflict: the service prolongs the row that is there."""
        return super()._get_validation_exclusions() | {"tenant"}

    def clean_until(self) -> datetime | None:
        """The start of that day where the tenant is."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day <= timezone.localdate():
            raise forms.ValidationError("Choose a day from tomorrow on.")
        return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())

    def clean(self) -> dict[str, Any]:
        """Refuse a pause without an end, and what is closed for that reason already."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == SuppressionReason.PAUSE and not cleaned.get("until"):
            self.add_error("until", "Say until when they want a pause.")
        if not self.errors and is_closed_already(self.wanted):
            raise forms.ValidationError(
                f"{cleaned['email_normalised']} is suppressed for this reason already, and for as long."
            )
        return cleaned

    @property
    def wanted(self) -> NewSuppression:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        return NewSuppression(
            email_normalised=chosen["email_normalised"],
            reason=SuppressionReason(chosen["reason"]),
            scope=SuppressionScope(chosen["scope"]) if chosen["scope"] else None,
            until=chosen["until"],
            detail=chosen["detail"],
        )


@admin.register(EmailSuppression)
class EmailSuppressionAdmin(RecordAdmin):
    """Addresses that must not be written to; a person may add one, and lift one with a reason."""

    form = SuppressionForm
    list_display = (
        column("email_normalised", "Address"),
        "reason",
        "scope",
        column("suppressed_at", "Since"),
        column("until", "Until"),
        column("lifted_at", "Lifted"),
    )
    list_filter = ("reason", "scope")
    search_fields = ("email_normalised",)
    ordering = ("-id",)
    empty_list = "Nobody is suppressed. Bounces, complaints and opt-outs suppress an address by themselves."
    button_methods = ("lift",)
    refusals = (LiftRefused,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return TenantAdmin.has_add_permission(self, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return [(None, {"fields": FIELDS})]
        return super().get_fieldsets(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["original"] is None:
            self.add_form_template = "admin/change_form.html"
            return ReadOnlyTenantAdmin.render_change_form(self, request, context, *args, **kwargs)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: EmailSuppression, form: Any, change: bool) -> None:
        """Adding only: the service writes the row and tells the others."""
        detail = f"{obj.detail} ({request.user.get_username()})".strip()
        (row,) = suppress_addresses([replace(form.wanted, detail=detail)], now=timezone.now())
        obj.__dict__.update(row.__dict__)

    def list_buttons(self, row: EmailSuppression) -> list[Button]:
        if row.lifted_at is not None:
            return []
        help_text = "They may be written to again. Only when they ask for it, or the address was put right."
        if row.reason in GRAVE_REASONS:
            help_text = "Only when they ask for it: say in a whole sentence who did, when and how."
        return [
            Button(
                method="lift",
                label="Lift",
                help_text=help_text,
                needs_reason=True,
                is_grave=True,
                hidden=(("acknowledged", row.reason),),
            )
        ]

    def lift(self, request: HttpRequest, row: EmailSuppression) -> str:
        """End the suppression, with the person's reason."""
        lift_suppressions(
            [row],
            actor=request.user.get_username(),
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
            acknowledged=request.POST.get("acknowledged", ""),
        )
        return f"{row.email_normalised} may be written to again."

    def describe(self, row: EmailSuppression) -> list[Section]:
        entries = [
            ("Address", row.email_normalised),
            ("Whose", link_to(row.contact)),
            ("Holds for", "every address of this person" if row.is_personal else "this address alone"),
            ("Why", row.get_reason_display()),
            ("What is closed", row.get_scope_display()),
            ("In detail", row.detail),
            ("Since", row.suppressed_at),
            ("Until", row.until or "somebody lifts it"),
            ("The mail that caused it", link_to(row.source_message)),
        ]
        lifted = [("Lifted", row.lifted_at), ("By", row.lifted_by), ("Because", row.lift_reason)]
        return [Section(title="Suppression", body=pairs([*entries, *(lifted if row.lifted_at else [])]))]


@admin.register(Bounce)
class BounceAdmin(RecordAdmin):
    """What delivery reports said of our recipients."""

    list_display = (
        column("email_normalised", "Address"),
        "severity",
        column("status", "Code"),
        column("at", "When"),
    )
    list_filter = ("severity",)
    search_fields = ("email_normalised",)
    ordering = ("-id",)
    empty_list = "No message of ours has come back."

    def describe(self, bounce: Bounce) -> list[Section]:
        entries = [
            ("Address", bounce.email_normalised),
            ("Kind", bounce.get_severity_display()),
            ("Code", bounce.status),
            ("The server's words", bounce.diagnostic),
            ("When", bounce.at),
            ("The report", link_to(bounce.message)),
            ("Message-ID of what came back", bounce.original_message_id),
        ]
        return [Section(title="Failed delivery", body=pairs(entries))]
