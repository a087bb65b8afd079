"""What mail providers told us by webhook of messages that we gave them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantModel


class ProviderEventKind(models.TextChoices):
    """What became of a message, from the best to the worst: a later word never makes an earlier one better."""

    ACCEPTED = "accepted", "Taken by the provider"
    DELAYED = "delayed", "Not delivered yet"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Never sent"
    BOUNCED = "bounced", "Bounced"
    UNSUBSCRIBED = "unsubscribed", "They asked not to be written to"
    COMPLAINED = "complained", "They reported it as spam"

    @property
    def gravity(self) -> int:
        """Its place in that order."""
        return list(ProviderEventKind).index(self)


class ProviderEvent(TenantModel):
    """One thing that a provider told us of one message to one recipient. Append-only; told twice, it is kept once."""

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=ProviderEventKind)
    card = TenantForeignKey("agent.Card", models.PROTECT, db_index=False, related_name="+")
    # The Message-ID that we gave the message, and whom it was written to.
    message_id = models.CharField("Message-ID", max_length=998)
    email_normalised = models.CharField("address", max_length=254)
    detail = models.CharField("in words", max_length=500, blank=True)
    at = models.DateTimeField("when")
    received_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "mail_provider_events"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "provider", "event_id"], name="provider_events_once"),
            models.CheckConstraint(
                condition=Q(kind__in=ProviderEventKind.values), name="provider_events_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "card"], name="provider_events_card"),
            models.Index(fields=["tenant", "message_id"], name="provider_events_message"),
        ]

    def __str__(self) -> str:
        return f"{self.email_normalised}: {self.get_kind_display()}"
