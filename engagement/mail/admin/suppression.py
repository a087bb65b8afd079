"""Pages of addresses that must not be written to, and of the reports that said so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agent.admin import ReadOnlyTenantAdmin, TenantAdmin
from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, link_to, pairs
from engagement.mail.admin.mailboxes import AddressForm
from engagement.mail.models import Bounce, EmailSuppression, SuppressionReason
from engagement.mail.suppression import LiftRefused, NewSuppression, lift_suppressions, suppress_addresses
from engagement.services import find_contact_by_address

# What a person may give as the reason when they suppress an address by hand.
BY_HAND = (SuppressionReason.OPERATOR, SuppressionReason.LEGAL, SuppressionReason.UNSUBSCRIBE)


class SuppressionForm(AddressForm):
    """An address that a person suppresses by hand."""

    reason = forms.ChoiceField(choices=[(reason.value, reason.label) for reason in BY_HAND])

    class Meta:
        model = EmailSuppression
        fields = ("email_normalised", "reason", "detail")

    def clean(self) -> dict[str, Any]:
        """Refuse what is suppressed for that reason already."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        address, reason = cleaned.get("email_normalised"), cleaned.get("reason")
        known = EmailSuppression.objects.filter(
            email_normalised=address, reason=reason, lifted_at__isnull=True
        )
        if known.exists():
            raise forms.ValidationError(f"{address} is suppressed for this reason already.")
        return cleaned


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
            return [(None, {"fields": ("email_normalised", "reason", "detail")})]
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
        contact = find_contact_by_address(obj.email_normalised)
        entry = NewSuppression(
            email_normalised=obj.email_normalised,
            reason=SuppressionReason(obj.reason),
            detail=f"{obj.detail} ({request.user.get_username()})".strip(),
            contact_id=contact.pk if contact else None,
        )
        (row,) = suppress_addresses([entry], now=timezone.now())
        obj.__dict__.update(row.__dict__)

    def list_buttons(self, row: EmailSuppression) -> list[Button]:
        if row.lifted_at is not None:
            return []
        return [
            Button(
                method="lift",
                label="Lift",
                help_text="The address may be written to again. Only when its owner asks, or the mail was fixed.",
                needs_reason=True,
                is_grave=True,
            )
        ]

    def lift(self, request: HttpRequest, row: EmailSuppression) -> str:
        """End the suppression, with the person's reason."""
        reason = request.POST.get("reason", "")
        lift_suppressions([row], actor=request.user.get_username(), reason=reason, now=timezone.now())
        return f"{row.email_normalised} may be written to again."

    def describe(self, row: EmailSuppression) -> list[Section]:
        entries = [
            ("Address", row.email_normalised),
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
