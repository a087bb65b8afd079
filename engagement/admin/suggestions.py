"""What is known of contacts value by value, and what mail suggests: one page a value, and a block on the contact's."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, badge, link_to, pairs, quote, stack, table, token
from engagement.models import Contact, ContactDetail, DetailState
from engagement.services import DetailClosed, accept_detail, dismiss_detail

TONES = {
    DetailState.CURRENT: "good",
    DetailState.PROPOSED: "warning",
    DetailState.REPLACED: "quiet",
    DetailState.DISMISSED: "quiet",
}
HISTORY_SHOWN = 50


@admin.register(ContactDetail)
class ContactDetailAdmin(RecordAdmin):
    """Every value of every contact with its origin; what waits for a person's word at the top."""

    list_display = (
        "contact",
        "field",
        column("value", "Value"),
        "state_word",
        "origin",
        column("by", "By"),
        column("said_at", "When"),
    )
    list_filter = ("state", "origin", "field")
    list_select_related = ("contact",)
    search_fields = ("value", "contact__last_name", "contact__first_name")
    ordering = ("-state", "-recorded_at", "-id")
    empty_list = "Nothing is known of any contact yet. Add one, or import mail."
    button_methods = ("accept", "dismiss")
    refusals = (DetailClosed,)

    @admin.display(description="State", ordering="state")
    def state_word(self, detail: ContactDetail) -> str:
        return badge(detail.get_state_display(), TONES[DetailState(detail.state)])

    def landing(self, detail: ContactDetail) -> str:
        """A decision leads back to the contact, where the others wait."""
        return reverse("admin:engagement_contact_change", args=[detail.contact_id])

    def list_buttons(self, detail: ContactDetail) -> list[Button]:
        if detail.state != DetailState.PROPOSED:
            return []
        return [
            Button(method="accept", label="Accept", help_text="It then counts as your own word."),
            Button(method="dismiss", label="Dismiss", help_text="It is not suggested again."),
        ]

    def accept(self, request: HttpRequest, detail: ContactDetail) -> str:
        """Put a suggestion into force."""
        accept_detail(detail=detail, actor=request.user.get_username(), now=timezone.now())
        return f"{detail} holds now."

    def dismiss(self, request: HttpRequest, detail: ContactDetail) -> str:
        """Turn a suggestion down."""
        dismiss_detail(detail=detail, actor=request.user.get_username(), now=timezone.now())
        return f"{detail} is not suggested again."

    def describe(self, detail: ContactDetail) -> list[Section]:
        entries: list[tuple[str, Any]] = [
            ("Contact", link_to(detail.contact)),
            ("Field", detail.get_field_display()),
            ("Value", detail.value),
            ("State", self.state_word(detail)),
            ("Who said it", f"{detail.get_origin_display()}: {detail.by}"),
            ("When", detail.said_at),
            ("Why a person decides", detail.doubt),
            ("In message", token(detail.message_id) if detail.message_id else ""),
            ("Decided by", detail.decided_by),
            ("Decided", detail.decided_at),
        ]
        words = quote(detail.evidence) if detail.evidence else ""
        shown = pairs((name, value) for name, value in entries if value not in (None, ""))
        return [Section(title="What is known", body=stack(shown, words))]


def suggestions_of(contact: Contact) -> list[dict[str, Any]]:
    """What waits for a person's word on a contact's page, each with the addresses of its two buttons."""
    return [
        {
            "detail": detail,
            "accept_url": reverse("admin:engagement_contactdetail_accept", args=[detail.pk]),
            "dismiss_url": reverse("admin:engagement_contactdetail_dismiss", args=[detail.pk]),
        }
        for detail in contact.details.proposed()
    ]


def describe_origins(contact: Contact) -> str:
    """Who said what of a contact, the latest first."""
    rows = contact.details.exclude(state=DetailState.PROPOSED).order_by("-recorded_at", "-id")
    return table(
        ("Field", "Value", "State", "Who said it", "When"),
        [
            (
                link_to(row, row.get_field_display()),
                row.value,
                badge(row.get_state_display(), TONES[DetailState(row.state)]),
                f"{row.get_origin_display()}: {row.by}",
                row.said_at,
            )
            for row in rows[:HISTORY_SHOWN]
        ],
        empty="Nothing is known yet.",
    )
