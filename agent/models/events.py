"""The append-only record of what happened, and how far each engine has read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Func
from django.db.models.functions import Cast

from agent.tenancy import TenantModel


class WriterTransaction(Cast):
    """The id of the writing transaction as a bigint.

    Not `xid8` itself: its comparisons are not leakproof, so under row-level security no index would serve them.
    """

    def __init__(self) -> None:
        super().__init__(
            Cast(Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
        )


class Event(TenantModel):
    """Something happened: the cause of React and the source of insights (design, section 5)."""

    kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    # Readers order by the writing transaction: a lower id may be committed later than a higher one.
    writer_xid = models.BigIntegerField(db_default=WriterTransaction(), editable=False)

    class Meta(TenantModel.Meta):
        db_table = "warehouse_events"
        indexes = [
            models.Index(fields=["tenant", "writer_xid", "id"], name="warehouse_events_cursor"),
            models.Index(fields=["tenant", "kind", "occurred_at"], name="warehouse_events_kind"),
            models.Index(fields=["tenant", "subject_kind", "subject_id"], name="warehouse_events_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id}"


class EventCursor(TenantModel):
    """The last event an engine has consumed, as (transaction, id)."""

    engine = models.CharField(max_length=40)
    writer_xid = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        db_table = "agent_event_cursors"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "engine"], name="agent_event_cursors_one_per_engine"),
        ]

    def __str__(self) -> str:
        return f"{self.engine} at {self.event_id}"
