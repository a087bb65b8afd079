"""The page of the tenant's own addresses, and the form that stores an address in its one spelling."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from agent.admin import TenantAdmin
from agent.admin.base import column
from engagement.addresses import normalise_email
from engagement.admin.forms import TenantModelForm
from engagement.mail.gmail.connection import describe_connection
from engagement.mail.models import Mailbox


class AddressForm(TenantModelForm):
    """A form with one address of mail, which is stored in its one spelling."""

    def clean_email_normalised(self) -> str:
        return _normalised(self.cleaned_data["email_normalised"])

    def clean_address_normalised(self) -> str:
        return _normalised(self.cleaned_data["address_normalised"])


def _normalised(text: str) -> str:
    try:
        return normalise_email(text)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


class MailboxForm(AddressForm):
    """One of the tenant's own addresses."""

    class Meta:
        model = Mailbox
        fields = ("address_normalised", "display_name", "is_primary", "is_domain_own", "maildir_path")


@admin.register(Mailbox)
class MailboxAdmin(TenantAdmin):
    """The tenant's own addresses; one of them is the one we write from."""

    form = MailboxForm
    list_display = (column("address_normalised", "Address"), "display_name", "is_primary", "is_domain_own")
    search_fields = ("address_normalised",)
    ordering = ("address_normalised",)
    change_form_outer_after_template = "gmail/connect.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        mailbox = context["original"]
        if mailbox is not None and request.user.has_perm("mail.change_mailbox"):
            context |= describe_connection(mailbox)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Mailbox, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=form.changed_data or None)
        else:
            obj.save(force_insert=True)
        if not Mailbox.objects.filter(is_primary=True).exists():
            messages.warning(request, "No mailbox is primary, so no message can be written. Mark one.")
