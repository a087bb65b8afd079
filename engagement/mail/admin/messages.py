"""Pages of conversations and messages.

A mail's text is shown as text and never as HTML: no picture of it is loaded and no link of it is one.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from agent.admin.base import RecordAdmin, column
from agent.admin.display import Section, link_to, pairs, sentence, table, verbatim
from engagement.mail.admin.links import list_rows
from engagement.mail.admin.readings import FlagFilter, SentimentFilter, SignalFilter, describe_reading
from engagement.mail.models import Attachment, Direction, Message, SentTo, Thread

NO_MAIL = "No mail yet. Bring some in with `manage.py import_mail --tenant SLUG PATH`."


@admin.register(Message)
class MessageAdmin(RecordAdmin):
    """Every mail received and sent, the newest first."""

    list_display = (
        "subject_words",
        column("from_address", "From"),
        "contact",
        "direction",
        "tier",
        "category",
        column("request_count", "Requests"),
        column("sent_at", "Sent"),
    )
    list_filter = ("direction", "tier", "category", "standing", FlagFilter, SignalFilter, SentimentFilter)
    list_select_related = ("contact",)
    search_fields = ("subject", "from_address", "message_id")
    ordering = ("-sent_at", "-id")
    empty_list = NO_MAIL

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        return super().get_queryset(request).select_related("contact", "client", "mailbox", "thread")

    @admin.display(description="Subject", ordering="subject")
    def subject_words(self, message: Message) -> str:
        return str(message)

    def describe(self, message: Message) -> list[Section]:
        return [
            Section(title="Message", body=pairs(_entries(message))),
            Section(title="What was written", body=verbatim(message.newest_text) or sentence("No text.")),
            Section(title="What the agent read in it", body=describe_reading(message)),
            Section(title="What it is about", body=list_rows(message)),
            Section(title="Attachments", body=_attachments(message)),
            Section(title="The whole text", body=verbatim(message.body_text), is_folded=True),
            Section(title="Headers", body=table(("Name", "Value"), message.headers), is_folded=True),
        ]


def _entries(message: Message) -> list[tuple[str, Any]]:
    sender = f"{message.from_name} <{message.from_address}>" if message.from_name else message.from_address
    return [
        ("From", sender),
        ("To", _people(message.to_addresses)),
        ("Copy to", _people(message.cc_addresses)),
        ("Subject", str(message)),
        ("Sent", message.sent_at),
        ("Stored", message.stored_at),
        ("Way", message.get_direction_display()),
        ("Kind", message.get_tier_display()),
        ("About", message.get_category_display()),
        ("Sender", message.get_standing_display()),
        ("Contact", link_to(message.contact)),
        ("Client", link_to(message.client)),
        ("Mailbox", link_to(message.mailbox)),
        ("Conversation", link_to(message.thread)),
        ("Message-ID", message.message_id),
    ]


def _people(addresses: list[dict[str, str]]) -> str:
    return ", ".join(
        f"{one['name']} <{one['address']}>" if one["name"] else one["address"] for one in addresses
    )


def _attachments(message: Message) -> SafeString:
    rows = message.attachments.order_by("pk").values_list("filename", "content_type", "size", "sha256")
    return table(("File", "Type", "Bytes", "SHA-256"), rows, empty="None.")


@admin.register(Thread)
class ThreadAdmin(RecordAdmin):
    """Conversations, the latest first."""

    list_display = ("subject_words", column("last_message_at", "Last message"))
    search_fields = ("subject",)
    ordering = ("-last_message_at", "-id")
    empty_list = NO_MAIL

    @admin.display(description="Subject", ordering="subject")
    def subject_words(self, thread: Thread) -> str:
        return str(thread)

    def describe(self, thread: Thread) -> list[Section]:
        mails = thread.messages.without_content().order_by("sent_at", "id")
        rows = [
            (link_to(one), one.from_address, Direction(one.direction).label, one.sent_at) for one in mails
        ]
        return [Section(title="Messages", body=table(("Subject", "From", "Way", "Sent"), rows))]


@admin.register(Attachment)
class AttachmentAdmin(RecordAdmin):
    """Files that came with mail."""

    list_display = ("filename", column("content_type", "Type"), column("size", "Bytes"), "message")
    list_select_related = ("message",)
    search_fields = ("filename", "sha256")
    ordering = ("-id",)
    empty_list = "No mail has brought a file."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attachment]:
        return super().get_queryset(request).defer("content")

    def describe(self, attachment: Attachment) -> list[Section]:
        entries = [
            ("File", attachment.filename),
            ("Type", attachment.content_type),
            ("Bytes", attachment.size),
            ("SHA-256", attachment.sha256),
            ("Came with", link_to(attachment.message)),
        ]
        return [Section(title="Attachment", body=pairs(entries))]


@admin.register(SentTo)
class SentToAdmin(RecordAdmin):
    """Whom we wrote to."""

    list_display = (column("email_normalised", "Address"), "message")
    list_select_related = ("message",)
    search_fields = ("email_normalised",)
    ordering = ("-id",)
    empty_list = "We have written to nobody yet."

    def describe(self, row: SentTo) -> list[Section]:
        entries = [("Address", row.email_normalised), ("Message", link_to(row.message))]
        return [Section(title="Recipient", body=pairs(entries))]
