"""What mail providers refused us, as far as it was their doing and not the message's (spec P0.7.3)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantForeignKey, TenantModel


class FailureKind(models.TextChoices):
    """How a provider failed."""

    UNREACHABLE = "unreachable", "Could not be reached, or did not let us in"
    REFUSED = "refused", "Took nothing for now"
    NO_ANSWER = "no_answer", "Did not say whether it took the message"
    QUOTA = "quota", "Refused because a quota is used up"


class ProviderFailure(TenantModel):
    """One failure of a mail provider. Append-only; five in a quarter of an hour raise an alert."""

    provider = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=FailureKind)
    status = models.PositiveSmallIntegerField("answered with", null=True, blank=True)
    detail = models.CharField("in words", max_length=500, blank=True)
    card = TenantForeignKey(
        "agent.Card", models.PROTECT, db_index=False, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("when")

    class Meta(TenantModel.Meta):
        db_table = "email_provider_failures"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=FailureKind.values), name="provider_failures_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "at"], name="provider_failures_at"),
            models.Index(fields=["tenant", "card"], name="provider_failures_card"),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.get_kind_display()}"
