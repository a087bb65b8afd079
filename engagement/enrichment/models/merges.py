"""Contacts that turned out to be one, with everything an undoing needs."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantManager, TenantModel, TenantQuerySet


class ContactMergeQuerySet(TenantQuerySet):
    def standing(self) -> ContactMergeQuerySet:
        """Merges that nobody has undone, the latest first."""
        return self.filter(undone_at__isnull=True).order_by("-id")


class ContactMerge(TenantModel):
    """One merge: the contact that stays, the one that became it, and the journal of what was moved and changed.

    The journal is written and read by `engagement.enrichment.merging` alone.
    """

    keep = TenantForeignKey(
        "engagement.Contact", models.PROTECT, related_name="merges_kept", db_index=False, verbose_name="stays"
    )
    other = TenantForeignKey(
        "engagement.Contact",
        models.PROTECT,
        related_name="merges_given_up",
        db_index=False,
        verbose_name="is the same person",
    )
    reason = models.CharField("why", max_length=500)
    journal = models.JSONField(default=dict)
    merged_at = models.DateTimeField("merged")
    merged_by = models.CharField("by", max_length=150)
    undone_at = models.DateTimeField("undone", null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undo_reason = models.CharField("undone because", max_length=500, blank=True)

    objects = TenantManager.from_queryset(ContactMergeQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "contact_merges"
        verbose_name = "merge of contacts"
        verbose_name_plural = "merges of contacts"
        constraints = [
            models.CheckConstraint(condition=~Q(keep=F("other")), name="contact_merges_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="contact_merges_has_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="", undo_reason="")
                | (Q(undone_at__isnull=False) & ~Q(undone_by="") & ~Q(undo_reason="")),
                name="contact_merges_undone_whole",
            ),
            models.UniqueConstraint(
                fields=["tenant", "other"], condition=Q(undone_at__isnull=True), name="contact_merges_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "keep"], name="contact_merges_keep"),
            models.Index(fields=["tenant", "other"], name="contact_merges_other"),
        ]

    def __str__(self) -> str:
        return f"{self.other} is {self.keep}"
