"""What the storage holds, written down before it holds it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agent.tenancy import TenantManager, TenantModel, TenantQuerySet
from documents.states import FileState

SHA256_LENGTH = 64


class StoredFileQuerySet(TenantQuerySet):
    def kept(self) -> StoredFileQuerySet:
        """Files that are whole."""
        return self.filter(state=FileState.KEPT)

    def unfinished(self) -> StoredFileQuerySet:
        """Files of which the storage may hold anything: being written, or being removed."""
        return self.exclude(state=FileState.KEPT)


class StoredFile(TenantModel):
    """One file in the storage (`documents.files`).

    The row is committed before the first byte is written, and goes after the last byte is gone: whatever moment a
    process dies at, no file is in the storage that no row knows of.
    """

    key = models.CharField("name in the storage", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    state = models.CharField(max_length=7, choices=FileState, default=FileState.WRITING)
    touched_at = models.DateTimeField(help_text="When the state last changed, or the writing began anew.")

    objects = TenantManager.from_queryset(StoredFileQuerySet)()

    class Meta(TenantModel.Meta):
        db_table = "document_files"
        verbose_name = "stored file"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="document_files_key"),
            # Two who write the same content at once write the same file; so does who comes after one that died.
            models.UniqueConstraint(
                fields=["tenant", "sha256"],
                condition=Q(state=FileState.WRITING),
                name="document_files_writing_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FileState.values), name="document_files_state_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "touched_at"],
                condition=~Q(state=FileState.KEPT),
                name="document_files_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return self.key
