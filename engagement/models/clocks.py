"""The 21-day contact: touches, and the clock of each contact and each account.

A clock stores when the next touch is due, never whether it is overdue. Only services move clocks.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet
from engagement.models.clients import OPEN_CLIENT_STATUSES


class TouchKind(models.TextChoices):
    """How the contact was made."""

    EMAIL_RECEIVED = "email_received", "E-mail from them"
    EMAIL_SENT = "email_sent", "E-mail to them"
    CALL = "call", "Call"
    MEETING = "meeting", "Meeting"


# Touches made by the contact: the ones that answer "has the client replied since".
INBOUND_TOUCHES = (TouchKind.EMAIL_RECEIVED,)


class TouchQuerySet(TenantQuerySet):
    def latest_by_contact(self) -> TouchQuerySet:
        """The last touch of each contact; one row a contact."""
        return self.order_by("contact_id", "-at", "-id").distinct("contact_id")


class Touch(TenantModel):
    """A real contact with a person: not a bounce, a rehearsal or an automatic reply. Append-only."""

    contact = TenantForeignKey("engagement.Contact", models.PROTECT, db_index=False, related_name="touches")
    client = TenantForeignKey(
        "engagement.Client",
        models.SET_NULL,
        db_index=False,
        null=True,
        related_name="touches",
        help_text="The contact's main client at that time.",
    )
    kind = models.CharField(max_length=15, choices=TouchKind)
    by = models.CharField(max_length=200, help_text="Who made the contact.")
    at = models.DateTimeField()
    source_kind = models.CharField(max_length=40, help_text="What recorded it: mail, card, operator, desk.")
    source_id = models.CharField(max_length=998)
    recorded_at = models.DateTimeField()

    objects = TenantManager.from_queryset(TouchQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "engagement_touches"
        verbose_name = "touch"
        verbose_name_plural = "touches"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "contact", "source_kind", "source_id"], name="engagement_touches_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TouchKind.values), name="engagement_touches_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(source_kind="") & ~Q(source_id=""), name="engagement_touches_sourced"
            ),
            # A date from the future would silence the clock until then.
            models.CheckConstraint(
                condition=Q(at__lte=models.F("recorded_at")), name="engagement_touches_not_future"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "contact", "-at"], name="engagement_touches_contact"),
            models.Index(fields=["tenant", "client", "-at"], name="engagement_touches_client"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"


class EngagementClockQuerySet(TenantQuerySet):
    def overdue(self, now: datetime) -> EngagementClockQuerySet:
        """Clocks past their limit, the longest first (spec P0.4, `getEngagementViolations`).

        A clock is overdue after the moment its touch is due: at exactly 21 days it is not yet.
        """
        return self.filter(next_touch_due_at__lt=now).order_by("next_touch_due_at", "id")

    def of_contacts(self) -> EngagementClockQuerySet:
        """Clocks of people and mailboxes."""
        return self.filter(contact__isnull=False)

    def of_accounts(self) -> EngagementClockQuerySet:
        """Clocks of whole clients."""
        return self.filter(client__isnull=False)

    def of_another_limit(self, days: int) -> EngagementClockQuerySet:
        """Clocks that were set for another number of days than `days`; both halves of it use the index."""
        return self.filter(Q(limit_days__lt=days) | Q(limit_days__gt=days))

    def kept(self) -> EngagementClockQuerySet:
        """Clocks that the desk answers for: open accounts, and active people who belong to one or to none.

        Shared mailboxes are left out: their mail moves the account's clock, and no mailbox is owed a letter.
        """
        person = Q(contact__is_active=True, contact__is_shared_mailbox=False) & (
            Q(contact__client__isnull=True) | Q(contact__client__status__in=OPEN_CLIENT_STATUSES)
        )
        return self.filter(person | Q(client__status__in=OPEN_CLIENT_STATUSES))


class EngagementClock(TenantModel):
    """How long ago a contact, or anyone at an account, was last touched, and when the next touch is due."""

    contact = TenantForeignKey(
        "engagement.Contact", models.CASCADE, db_index=False, null=True, related_name="clocks"
    )
    client = TenantForeignKey(
        "engagement.Client", models.CASCADE, db_index=False, null=True, related_name="clocks"
    )
    started_at = models.DateTimeField(help_text="When the clock of a contact never touched began to run.")
    last_touch_at = models.DateTimeField("last touch", null=True)
    last_touch_kind = models.CharField(max_length=15, choices=TouchKind, blank=True)
    last_touch_by = models.CharField(max_length=200, blank=True)
    limit_days = models.PositiveSmallIntegerField("limit in days", help_text="Days allowed without a touch.")
    next_touch_due_at = models.DateTimeField("next touch due")

    objects = TenantManager.from_queryset(EngagementClockQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "engagement_clocks"
        verbose_name = "21-day contact"
        verbose_name_plural = "21-day contacts"
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, client__isnull=True)
                | Q(contact__isnull=True, client__isnull=False),
                name="engagement_clocks_contact_or_client",
            ),
            models.UniqueConstraint(fields=["tenant", "contact"], name="engagement_clocks_one_per_contact"),
            models.UniqueConstraint(fields=["tenant", "client"], name="engagement_clocks_one_per_client"),
            models.CheckConstraint(
                condition=Q(last_touch_kind__in=["", *TouchKind.values]), name="engagement_clocks_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(last_touch_at__isnull=True, last_touch_kind="")
                | (Q(last_touch_at__isnull=False) & ~Q(last_touch_kind="")),
                name="engagement_clocks_touch_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "next_touch_due_at"], name="engagement_clocks_due"),
            # `refresh_engagement_compliance` finds the rows of another limit here.
            models.Index(fields=["tenant", "limit_days"], name="engagement_clocks_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.contact or self.client}, due {self.next_touch_due_at:%Y-%m-%d}"

    @property
    def runs_since(self) -> datetime:
        """The last touch, or the moment the clock of a contact never touched began."""
        return self.last_touch_at or self.started_at

    def days_without_touch(self, now: datetime) -> int:
        """Whole days since the last touch, or since the clock began."""
        return (now - self.runs_since).days
