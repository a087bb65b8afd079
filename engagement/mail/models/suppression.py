"""Addresses that must not be written to, and the delivery reports that say why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class Stream(models.TextChoices):
    """Why we write: an opt-out from one stream does not silence the others (pitfall U8)."""

    TRANSACTIONAL = "transactional", "Orders, invoices and answers"
    RELATIONSHIP = "relationship", "Keeping in touch"
    MARKETING = "marketing", "News and campaigns"


# What a person may switch off; what an order owes them is sent to whoever ordered it.
OPTIONAL_STREAMS: tuple[Stream, ...] = (Stream.RELATIONSHIP, Stream.MARKETING)


class SuppressionScope(models.TextChoices):
    """Which streams a suppression closes."""

    ALL = "all", "Everything"
    NON_TRANSACTIONAL = "non_transactional", "Everything but transactional messages"
    RELATIONSHIP = "relationship", "Keeping in touch only"
    MARKETING = "marketing", "News and campaigns only"


CLOSED_STREAMS: dict[SuppressionScope, frozenset[Stream]] = {
    SuppressionScope.ALL: frozenset(Stream),
    SuppressionScope.NON_TRANSACTIONAL: frozenset(OPTIONAL_STREAMS),
    SuppressionScope.RELATIONSHIP: frozenset({Stream.RELATIONSHIP}),
    SuppressionScope.MARKETING: frozenset({Stream.MARKETING}),
}


class SuppressionReason(models.TextChoices):
    """Why an address is suppressed."""

    HARD_BOUNCE = "hard_bounce", "The address does not exist"
    SOFT_BOUNCE = "soft_bounce", "Three deliveries failed within 14 days"
    COMPLAINT = "complaint", "They reported a message as spam"
    UNSUBSCRIBE = "unsubscribe", "They asked not to be written to"
    PAUSE = "pause", "They asked for a pause"
    DISSATISFIED = "dissatisfied", "They complained about our work"
    LEGAL = "legal", "Legal: do not contact"
    OPERATOR = "operator", "Suppressed by an operator"


# What a person says holds for the person, at whichever address it was said. A bounce, and an address that an
# operator took out of use, say something of one address alone.
PERSONAL_REASONS = frozenset(
    {
        SuppressionReason.COMPLAINT,
        SuppressionReason.UNSUBSCRIBE,
        SuppressionReason.PAUSE,
        SuppressionReason.DISSATISFIED,
        SuppressionReason.LEGAL,
    }
)


class EmailSuppressionQuerySet(TenantQuerySet):
    def in_force(self, now: datetime) -> EmailSuppressionQuerySet:
        return self.unlifted().filter(Q(until__isnull=True) | Q(until__gt=now))

    def unlifted(self) -> EmailSuppressionQuerySet:
        """Those that nobody ended, also when their date has passed."""
        return self.filter(lifted_at__isnull=True)

    def for_addresses(self, addresses: Iterable[str]) -> EmailSuppressionQuerySet:
        return self.filter(email_normalised__in=set(addresses))

    def of_people(self, addresses: Iterable[str], contact_ids: Iterable[int]) -> EmailSuppressionQuerySet:
        """Those of the addresses, and those that the contacts gave from whichever address was theirs."""
        return self.filter(Q(email_normalised__in=set(addresses)) | Q(contact_id__in=set(contact_ids)))

    def lift(self, *, actor: str, reason: str, now: datetime) -> int:
        """End the suppressions in force; returns how many. Who, when and why stay on record."""
        return self.unlifted().update(lifted_at=now, lifted_by=actor, lift_reason=reason)


class EmailSuppression(TenantModel):
    """One reason why an address, or the person it belongs to, is not written to by this tenant."""

    email_normalised = models.CharField("address", max_length=254)
    # Whose address it was then: the word of a person outlives the address it was given from.
    contact = TenantForeignKey(
        "engagement.Contact", models.SET_NULL, null=True, blank=True, related_name="suppressions"
    )
    scope = models.CharField(max_length=20, choices=SuppressionScope)
    reason = models.CharField(max_length=20, choices=SuppressionReason)
    detail = models.CharField(max_length=500, blank=True)
    source_message = TenantForeignKey(
        "mail.Message", models.SET_NULL, null=True, blank=True, related_name="suppressions", db_index=False
    )
    suppressed_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="Empty: until somebody lifts it.")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=150, blank=True)
    lift_reason = models.CharField(max_length=500, blank=True)

    objects = TenantManager.from_queryset(EmailSuppressionQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "email_suppressions"
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=SuppressionScope.values), name="email_suppressions_scope_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=SuppressionReason.values), name="email_suppressions_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by="", lift_reason="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_by="") & ~Q(lift_reason="")),
                name="email_suppressions_lifted_has_who",
            ),
            models.CheckConstraint(
                condition=~Q(reason__in=(SuppressionReason.PAUSE, SuppressionReason.DISSATISFIED))
                | Q(until__isnull=False),
                name="email_suppressions_pause_ends",
            ),
            # One open suppression an address, reason and scope; saying it twice changes nothing.
            models.UniqueConstraint(
                fields=["tenant", "email_normalised", "reason", "scope"],
                condition=Q(lifted_at__isnull=True),
                name="email_suppressions_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "source_message"], name="email_suppressions_source"),
            models.Index(fields=["tenant", "contact"], name="email_suppressions_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.email_normalised}: {self.get_reason_display()}"

    @property
    def is_personal(self) -> bool:
        """Whether it holds for every address of the person."""
        return self.reason in PERSONAL_REASONS

    @property
    def closed_streams(self) -> frozenset[Stream]:
        """The streams that it forbids."""
        return CLOSED_STREAMS[SuppressionScope(self.scope)]

    def closes(self, stream: str) -> bool:
        """Whether it forbids this stream; a stream nobody knows is forbidden."""
        return stream not in Stream.values or Stream(stream) in self.closed_streams


class BounceSeverity(models.TextChoices):
    """What a delivery report says of one recipient."""

    HARD = "hard", "Permanent: the address does not exist"
    SOFT = "soft", "Temporary or about this message: full, busy, refused"


class Bounce(TenantModel):
    """One recipient that a delivery report, or our provider, names as failed."""

    # The mail that reports it; none where the provider told us by webhook.
    message = TenantForeignKey(
        "mail.Message", models.PROTECT, null=True, blank=True, related_name="bounces", db_index=False
    )
    email_normalised = models.CharField("address", max_length=254)
    severity = models.CharField(max_length=4, choices=BounceSeverity)
    status = models.CharField("status code", max_length=20, blank=True)
    diagnostic = models.CharField(max_length=500, blank=True)
    # The Message-ID of the message that came back, when the report encloses it.
    original_message_id = models.CharField(max_length=998, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "mail_bounces"
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=BounceSeverity.values), name="mail_bounces_severity_known"
            ),
            models.UniqueConstraint(
                fields=["tenant", "message", "email_normalised"], name="mail_bounces_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "email_normalised", "at"], name="mail_bounces_address"),
            models.Index(
                fields=["tenant", "original_message_id"],
                condition=~Q(original_message_id=""),
                name="mail_bounces_original",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email_normalised}: {self.get_severity_display()}"
