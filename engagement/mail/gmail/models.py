"""The tables of Gmail: connections, consents under way, what became of each message, and a day's count."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from engagement.mail.gmail.states import ConnectionStatus, Handling


class GmailAccountQuerySet(TenantQuerySet):
    def connected(self) -> GmailAccountQuerySet:
        """Mailboxes that may be read, in a fixed order."""
        return self.filter(status=ConnectionStatus.CONNECTED).order_by("pk")


class GmailAccount(TenantModel):
    """Our access to one mailbox at Gmail, and how far it has been read.

    `refresh_token` is encrypted (`engagement.mail.gmail.vault`) and is there exactly while we are connected.
    `history_id` is Gmail's name for the moment up to which everything is stored. While `resync_history_id` is set, the
    mail since `resync_since` is being read anew, and reading goes on from that moment afterwards.
    """

    mailbox = TenantForeignKey("mail.Mailbox", models.PROTECT, related_name="gmail_accounts", db_index=False)
    status = models.CharField(
        max_length=14, choices=ConnectionStatus, default=ConnectionStatus.NOT_CONFIGURED
    )
    refresh_token = models.TextField(blank=True, editable=False)
    scopes = models.JSONField("granted", default=list)
    is_sender = models.BooleanField(
        "sends", default=False, help_text="Our messages leave through this mailbox."
    )
    connected_at = models.DateTimeField(null=True, blank=True)

    history_id = models.PositiveBigIntegerField(null=True, blank=True)
    resync_history_id = models.PositiveBigIntegerField(null=True, blank=True)
    resync_since = models.DateTimeField(null=True, blank=True)
    resynced_at = models.DateTimeField("last read anew", null=True, blank=True)

    polled_at = models.DateTimeField("last poll", null=True, blank=True)
    succeeded_at = models.DateTimeField("last success", null=True, blank=True)
    resume_at = models.DateTimeField("left alone until", null=True, blank=True)
    failure = models.CharField("what stands in the way", max_length=500, blank=True)

    # The quota meter (`engagement.mail.gmail.quota`) and the poller's lease (`.leases`), by the database's clock.
    quota_until = models.DateTimeField(null=True, blank=True, editable=False)
    lease_token = models.PositiveBigIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    lease_pid = models.IntegerField(null=True, blank=True, editable=False)
    lease_pid_started_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(GmailAccountQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "gmail_accounts"
        verbose_name = "Gmail mailbox"
        verbose_name_plural = "Gmail mailboxes"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "mailbox"], name="gmail_accounts_mailbox"),
            models.CheckConstraint(
                condition=Q(status__in=ConnectionStatus.values), name="gmail_accounts_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ConnectionStatus.CONNECTED, connected_at__isnull=False)
                & ~Q(refresh_token="")
                | ~Q(status=ConnectionStatus.CONNECTED) & Q(refresh_token=""),
                name="gmail_accounts_token_while_connected",
            ),
            models.CheckConstraint(
                condition=Q(resync_history_id__isnull=True) | Q(resync_since__isnull=False),
                name="gmail_accounts_resync_bounded",
            ),
        ]

    def __str__(self) -> str:
        return str(self.mailbox)


class GmailConsent(TenantModel):
    """One person on their way to Google's consent and back: used once, soon, and in the same session."""

    mailbox = TenantForeignKey("mail.Mailbox", models.CASCADE, related_name="+")
    nonce_digest = models.CharField(max_length=64, editable=False)
    session_digest = models.CharField(max_length=64, editable=False)
    begun_by = models.CharField("begun by", max_length=150)
    wants_to_send = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "gmail_oauth_states"
        verbose_name = "consent under way"
        verbose_name_plural = "consents under way"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "nonce_digest"], name="gmail_oauth_states_nonce"),
        ]
        indexes = [models.Index(fields=["tenant", "begun_at"], name="gmail_oauth_states_begun")]

    def __str__(self) -> str:
        return f"{self.mailbox} by {self.begun_by}"


class ProcessedQuerySet(TenantQuerySet):
    def ended_before(self, moment: datetime) -> ProcessedQuerySet:
        return self.filter(processed_at__lt=moment)


class GmailMessageId(TenantModel):
    """A message at Gmail that was dealt with: the fast answer to "have we had this one?" (spec P0.6).

    The unique key of `gmail_messages` stands behind it, so a row that has expired costs a second look and no more.
    """

    account = TenantForeignKey(GmailAccount, models.CASCADE, related_name="processed", db_index=False)
    gmail_message_id = models.CharField(max_length=64)
    gmail_thread_id = models.CharField(max_length=64, blank=True)
    handling = models.CharField(max_length=8, choices=Handling)
    detail = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    message = TenantForeignKey("mail.Message", models.SET_NULL, null=True, blank=True, related_name="+")
    processed_at = models.DateTimeField()

    objects = TenantManager.from_queryset(ProcessedQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "gmail_message_ids_cache"
        verbose_name = "message at Gmail"
        verbose_name_plural = "messages at Gmail"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account", "gmail_message_id"], name="gmail_message_ids_cache_id"
            ),
            models.CheckConstraint(
                condition=Q(handling__in=Handling.values), name="gmail_message_ids_cache_handling"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "processed_at"], name="gmail_message_ids_cache_at")]

    def __str__(self) -> str:
        return self.gmail_message_id


class GmailDayCount(TenantModel):
    """How many messages Gmail had of one day (UTC), how many of them had passed us by, and how many still do."""

    account = TenantForeignKey(GmailAccount, models.CASCADE, related_name="day_counts", db_index=False)
    day = models.DateField()
    at_gmail = models.PositiveIntegerField("at Gmail")
    recovered = models.PositiveIntegerField("fetched late", default=0)
    missing = models.PositiveIntegerField()
    checked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "gmail_day_counts"
        verbose_name = "day's count"
        verbose_name_plural = "days' counts"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "account", "day"], name="gmail_day_counts_day"),
        ]
        indexes = [models.Index(fields=["tenant", "day"], name="gmail_day_counts_latest")]

    def __str__(self) -> str:
        return f"{self.account} on {self.day}"
