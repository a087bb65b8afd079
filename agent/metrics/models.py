"""What has been counted so far, so that reading a counter costs the newest rows and not the whole history."""

from __future__ import annotations

from django.db import models

from agent.tenancy import TenantModel


class Total(TenantModel):
    """The rows of one source up to an id, counted once and for all (see `agent.metrics.counting`)."""

    source = models.CharField(max_length=20)
    counted_to = models.BigIntegerField(default=0)
    # The next stretch: counted when every transaction that could still add a row to it has ended.
    noted_to = models.BigIntegerField(default=0)
    noted_xid = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        db_table = "agent_metric_totals"
        verbose_name = "counter"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "source"], name="agent_metric_totals_source"),
            models.CheckConstraint(
                condition=models.Q(noted_to__gte=models.F("counted_to")), name="agent_metric_totals_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} up to {self.counted_to}"
