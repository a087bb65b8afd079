"""Threads, messages, their attachments, and whom we wrote to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from engagement.mail.models.categories import Category

# RFC 5322 allows a line of 998 characters; a longer id is stored as its digest (`engagement.mail.inbound`).
MESSAGE_ID_LENGTH = 998


class Direction(models.TextChoices):
    """Which way a message went."""

    IN = "in", "Received"
    OUT = "out", "Sent"  # delivered by the agent, or a copy of what one of our people sent


class Tier(models.TextChoices):
    """What kind of sender a message has; only people are answered, counted as a touch, or asked of."""

    HUMAN = "human", "A person"
    AUTOMATED = "automated", "A program"  # portals, notifications, no-reply addresses
    LIST = "list", "A mailing list or newsletter"
    AUTO_REPLY = "auto_reply", "An automatic reply"
    BOUNCE = "bounce", "A delivery report"
    COMPLAINT = "complaint", "A complaint report"


class SenderStanding(models.TextChoices):
    """Who the sender is to this tenant."""

    CONTACT = "contact", "A contact"
    OWN = "own", "One of our own addresses"
    STRANGER = "stranger", "Nobody we know"


class Thread(TenantModel):
    """A conversation, held together by In-Reply-To and References and never by the subject alone."""

    # The first Message-ID the conversation refers to, which may never have reached us.
    root_message_id = models.CharField(max_length=MESSAGE_ID_LENGTH)
    subject = models.CharField(max_length=500, blank=True)
    last_message_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "mail_threads"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "root_message_id"], name="mail_threads_root"),
        ]
        indexes = [models.Index(fields=["tenant", "last_message_at"], name="mail_threads_latest")]

    def __str__(self) -> str:
        return self.subject or "(no subject)"


class MessageQuerySet(TenantQuerySet):
    def awaiting_plan(self) -> MessageQuerySet:
        """Messages of people that no plan has answered yet, the oldest first."""
        return self.filter(is_awaiting_plan=True).order_by("id")

    def from_people(self) -> MessageQuerySet:
        return self.filter(direction=Direction.IN, tier=Tier.HUMAN)

    def without_content(self) -> MessageQuerySet:
        """Leaves out the columns that can be megabytes long."""
        return self.defer("body_text", "headers")


class Message(TenantModel):
    """One mail that was received or sent. Text and names in it come from outside: data, never instructions.

    `newest_text` is what the sender wrote this time; spans in `reading` are offsets into it, and
    `newest_text[start:end]` is the quote.
    """

    message_id = models.CharField("Message-ID", max_length=MESSAGE_ID_LENGTH)
    thread = TenantForeignKey(Thread, models.PROTECT, related_name="messages", db_index=False)
    mailbox = TenantForeignKey(
        "mail.Mailbox", models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    contact = TenantForeignKey(
        "engagement.Contact", models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    client = TenantForeignKey(
        "engagement.Client", models.SET_NULL, null=True, blank=True, related_name="messages", db_index=False
    )
    direction = models.CharField(max_length=3, choices=Direction)
    tier = models.CharField(max_length=10, choices=Tier)
    # Empty where nothing was read: what the agent sent, and what was stored before mail was put into categories.
    category = models.CharField("about", max_length=30, choices=Category, blank=True)
    standing = models.CharField("sender", max_length=8, choices=SenderStanding)
    in_reply_to = models.CharField(max_length=MESSAGE_ID_LENGTH, blank=True)
    from_address = models.CharField(max_length=254, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    to_addresses = models.JSONField(default=list)
    cc_addresses = models.JSONField(default=list)
    subject = models.CharField(max_length=2000, blank=True)
    headers = models.JSONField(default=list)
    body_text = models.TextField(blank=True)
    newest_text = models.TextField(blank=True)
    reading = models.JSONField(default=dict)
    request_count = models.PositiveSmallIntegerField("requests", default=0)
    size = models.PositiveBigIntegerField(help_text="Bytes of the whole message.")
    sent_at = models.DateTimeField(
        help_text="When the sender says it was sent, never later than its arrival."
    )
    stored_at = models.DateTimeField()
    is_awaiting_plan = models.BooleanField(default=False)

    objects = TenantManager.from_queryset(MessageQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "gmail_messages"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "message_id"], name="gmail_messages_message_id"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="gmail_messages_direction_known"
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="gmail_messages_tier_known"),
            models.CheckConstraint(
                condition=Q(category__in=["", *Category.values]), name="gmail_messages_category_known"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=SenderStanding.values), name="gmail_messages_standing_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "id"], condition=Q(is_awaiting_plan=True), name="gmail_messages_to_plan"
            ),
            models.Index(
                fields=["tenant", "in_reply_to"], condition=~Q(in_reply_to=""), name="gmail_messages_answers"
            ),
            models.Index(fields=["tenant", "thread", "sent_at"], name="gmail_messages_thread"),
            models.Index(fields=["tenant", "contact", "sent_at"], name="gmail_messages_contact"),
            models.Index(fields=["tenant", "client", "sent_at"], name="gmail_messages_client"),
            models.Index(fields=["tenant", "mailbox"], name="gmail_messages_mailbox"),
            models.Index(fields=["tenant", "from_address"], name="gmail_messages_sender"),
            models.Index(fields=["tenant", "stored_at"], name="gmail_messages_stored"),
        ]

    def __str__(self) -> str:
        return self.subject or "(no subject)"

    @property
    def requests(self) -> list[dict[str, Any]]:
        """What the sender asks a person to do, each with its span (see `engagement.mail.reading`)."""
        found: list[dict[str, Any]] = self.reading.get("requests", [])
        return found


class Attachment(TenantModel):
    """A part of a message that is not its own text, kept byte for byte."""

    message = TenantForeignKey(Message, models.PROTECT, related_name="attachments", db_index=False)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    is_inline = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        db_table = "mail_attachments"
        indexes = [
            models.Index(fields=["tenant", "message"], name="mail_attachments_message"),
            models.Index(fields=["tenant", "sha256"], name="mail_attachments_sha256"),
        ]

    def __str__(self) -> str:
        return self.filename


class SentTo(TenantModel):
    """One recipient of one message that we sent: the proof that we wrote to an address."""

    message = TenantForeignKey(Message, models.PROTECT, related_name="recipients", db_index=False)
    email_normalised = models.CharField("address", max_length=254)

    class Meta(TenantModel.Meta):
        db_table = "mail_sent_to"
        verbose_name = "recipient"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "message", "email_normalised"], name="mail_sent_to_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "email_normalised"], name="mail_sent_to_address")]

    def __str__(self) -> str:
        return self.email_normalised
