"""The console's pages of Gmail: each mailbox's health, and what became of its messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from agent.admin.base import Button, RecordAdmin, column
from agent.admin.display import Section, badge, link_to, pairs
from engagement.mail.gmail.connection import TONES
from engagement.mail.gmail.models import GmailAccount, GmailConsent, GmailDayCount, GmailMessageId
from engagement.mail.gmail.states import SCOPE_SEND, ConnectionStatus, Handling
from engagement.mail.gmail.views import MAY_CONNECT

MINUTE = timedelta(minutes=1)


@admin.register(GmailAccount)
class GmailAccountAdmin(RecordAdmin):
    """Mailboxes at Gmail: whether we may read them, and how they are doing."""

    list_display = ("mailbox", "status_badge", "is_sender", "succeeded_at", "failure")
    list_filter = ("status",)
    list_select_related = ("mailbox",)
    ordering = ("pk",)
    empty_list = "No mailbox was connected to Gmail yet. Open one under Mailboxes and connect it there."

    @admin.display(description="Status", ordering="status")
    def status_badge(self, account: GmailAccount) -> str:
        return badge(account.get_status_display(), TONES[ConnectionStatus(account.status)])

    def describe(self, account: GmailAccount) -> list[Section]:
        return [
            Section(title="Connection", body=pairs(_connection_of(account))),
            Section(title="Reading", body=pairs(_reading_of(account, now=timezone.now()))),
        ]

    def may_act(self, request: HttpRequest) -> bool:
        """Whoever may change a mailbox may connect and disconnect it."""
        return bool(request.user.has_perm(MAY_CONNECT))

    def list_buttons(self, account: GmailAccount) -> list[Button]:
        connect = reverse("gmail:connect", args=[account.mailbox_id])
        buttons = [
            Button(method="connect", label="Connect again, for reading", url=connect),
            Button(
                method="connect_to_send",
                label="Connect again, for reading and sending",
                url=connect,
                hidden=(("send", "1"),),
            ),
        ]
        if account.status == ConnectionStatus.CONNECTED:
            buttons.append(
                Button(
                    method="disconnect",
                    label="Disconnect",
                    help_text="Gives the access back to Google. The mail that was read stays.",
                    is_grave=True,
                    url=reverse("gmail:disconnect", args=[account.pk]),
                )
            )
        return buttons

    def _with_url(self, button: Button, row: Any) -> Button:
        """These lead to views outside the page's transaction, because they talk to Google."""
        return button


def _connection_of(account: GmailAccount) -> list[tuple[str, Any]]:
    return [
        ("Mailbox", link_to(account.mailbox)),
        ("Status", badge(account.get_status_display(), TONES[ConnectionStatus(account.status)])),
        ("What stands in the way", account.failure),
        ("Connected", account.connected_at),
        ("May", "read and send" if SCOPE_SEND in account.scopes else "read"),
        ("Sends our messages", account.is_sender),
    ]


def _reading_of(account: GmailAccount, *, now: datetime) -> list[tuple[str, Any]]:
    """How reading is doing. One query."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    taken = account.processed.filter(handling=Handling.STORED, processed_at__gte=today).count()
    lag = f"{(now - account.succeeded_at) // MINUTE} minutes" if account.succeeded_at else ""
    return [
        ("Last poll", account.polled_at),
        ("Last success", account.succeeded_at),
        ("Behind by", lag),
        ("Read today", taken),
        ("Left alone until", account.resume_at),
        ("Reading anew since", account.resync_since if account.resync_history_id else None),
        ("Last read anew", account.resynced_at),
    ]


@admin.register(GmailMessageId)
class GmailMessageIdAdmin(RecordAdmin):
    """Messages at Gmail, and what became of each."""

    list_display = (
        column("gmail_message_id", "Id at Gmail"),
        "account",
        "handling",
        column("detail", "Why"),
        "processed_at",
    )
    list_filter = ("handling",)
    list_select_related = ("account__mailbox",)
    search_fields = ("gmail_message_id",)
    ordering = ("-id",)
    empty_list = "No message was read from Gmail yet."

    def describe(self, row: GmailMessageId) -> list[Section]:
        entries = [
            ("Mailbox", link_to(row.account)),
            ("Id at Gmail", row.gmail_message_id),
            ("Conversation at Gmail", row.gmail_thread_id),
            ("What became of it", row.get_handling_display()),
            ("Why", row.detail),
            ("Polls that tried", row.attempts),
            ("Message", link_to(row.message)),
            ("When", row.processed_at),
        ]
        return [Section(title="Message at Gmail", body=pairs(entries))]


@admin.register(GmailDayCount)
class GmailDayCountAdmin(RecordAdmin):
    """How many messages Gmail had of a day, and how many of them are missing here."""

    list_display = ("account", "day", column("at_gmail", "At Gmail"), "recovered", "missing", "checked_at")
    list_select_related = ("account__mailbox",)
    ordering = ("-day", "account")
    empty_list = (
        "No day was counted yet. Each finished day of a connected mailbox is counted once it is over."
    )

    def describe(self, row: GmailDayCount) -> list[Section]:
        entries = [
            ("Mailbox", link_to(row.account)),
            ("Day (UTC)", row.day),
            ("At Gmail", row.at_gmail),
            ("Fetched when it was counted", row.recovered),
            ("Missing here", row.missing),
            ("Counted", row.checked_at),
        ]
        return [Section(title="Count", body=pairs(entries))]


@admin.register(GmailConsent)
class GmailConsentAdmin(RecordAdmin):
    """Who went to Google to give us access, and came back or did not."""

    list_display = ("mailbox", "begun_by", "begun_at", "used_at")
    list_select_related = ("mailbox",)
    ordering = ("-id",)
    empty_list = "Nobody is on their way to Google. Open a mailbox and connect it."

    def describe(self, row: GmailConsent) -> list[Section]:
        entries = [
            ("Mailbox", link_to(row.mailbox)),
            ("Begun by", row.begun_by),
            ("Begun", row.begun_at),
            ("Good until", row.expires_at),
            ("Came back", row.used_at),
        ]
        return [Section(title="Consent", body=pairs(entries))]
