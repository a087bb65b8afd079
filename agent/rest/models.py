"""Tokens by which programs use the API, and the answers kept for requests that are repeated."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantModel, TenantQuerySet

# Requests of one token in a clock minute, unless it was given another number.
REQUESTS_PER_MINUTE = 600


class ApiTokenQuerySet(TenantQuerySet):
    def valid(self, now: datetime) -> ApiTokenQuerySet:
        """Tokens that open something now."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class ApiToken(TenantModel):
    """What one program may do with one tenant's rows, until when. Its text is shown once; only a digest is kept."""

    name = models.CharField(
        max_length=100, help_text="What the program is called; it stands in every record."
    )
    digest = models.CharField(max_length=64, editable=False)
    ending = models.CharField("ends in", max_length=4, editable=False)
    scopes = models.JSONField(default=list)
    requests_per_minute = models.PositiveIntegerField(default=REQUESTS_PER_MINUTE)
    created_at = models.DateTimeField(editable=False)
    created_by = models.CharField(max_length=150, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.CharField(max_length=150, blank=True, editable=False)
    revoke_reason = models.CharField(max_length=500, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The clock minute of the last request, and how many requests it has seen.
    window_start = models.DateTimeField(null=True, blank=True, editable=False)
    window_used = models.PositiveIntegerField(default=0, editable=False)

    objects = ApiTokenQuerySet.as_manager()  # type: ignore[misc] # the stubs take the base manager for final

    class Meta(TenantModel.Meta):
        db_table = "api_tokens"
        verbose_name = "API token"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="api_tokens_digest"),
            models.UniqueConstraint(
                fields=["tenant", "name"],
                condition=Q(revoked_at__isnull=True),
                name="api_tokens_one_per_name",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="api_tokens_has_name"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="", revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="") & ~Q(revoke_reason="")),
                name="api_tokens_revoked_has_who",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KeptAnswer(TenantModel):
    """The answer that a request with an `Idempotency-Key` got: who repeats the request gets it again."""

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "api_kept_answers"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "caller", "key"], name="api_kept_answers_once"),
        ]

    def __str__(self) -> str:
        return f"{self.status} to {self.caller}, {self.key}"
