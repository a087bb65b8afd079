"""What the DNS said of the domain that a tenant writes from, at each look."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantManager, TenantModel, TenantQuerySet


class DomainResult(models.TextChoices):
    """How a look at a domain's records ended."""

    PASSED = "passed", "In order"
    FAILED = "failed", "Something is missing"
    NO_NEWS = "no_news", "The DNS did not answer"


class DomainCheckQuerySet(TenantQuerySet):
    def decisive(self) -> DomainCheckQuerySet:
        """Those that say something, the newest first: while the DNS does not answer, the last word stands."""
        return self.exclude(result=DomainResult.NO_NEWS).order_by("-checked_at", "-id")


class DomainCheck(TenantModel):
    """One look at the SPF, DKIM and DMARC records of one domain. Append-only; the newest decisive one counts.

    `findings` has an entry for each record: `record`, `name` (where it stands or belongs), `found` (what stands there),
    `is_right` (null when the DNS did not answer) and `sentence` (what is wrong, and what to publish).
    """

    domain = models.CharField(max_length=253)
    result = models.CharField(max_length=8, choices=DomainResult)
    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField("when")

    objects = TenantManager.from_queryset(DomainCheckQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "sending_domain_checks"
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=DomainResult.values), name="domain_checks_result_known"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "domain", "checked_at"], name="domain_checks_latest")]

    def __str__(self) -> str:
        return f"{self.domain}: {self.get_result_display()}"

    @property
    def complaints(self) -> list[str]:
        """What is wrong, in sentences; empty when it passed."""
        return [finding["sentence"] for finding in self.findings if finding["is_right"] is not True]
