"""What the search looks in: chunks, their vectors, and how far each document and each model has come.

The words of the chunks stand in `document_chunk_terms`, an inverted index that is written and read by SQL alone and has
no model (migration 0002, docs/adr/0039).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agent.tenancy import TenantForeignKey, TenantModel
from documents.models.documents import Document


class EmbeddingSource(models.TextChoices):
    """What a vector stands for (`embeddings_index.source`, spec P1.1)."""

    DOCUMENT = "document", "A chunk of a document"


class SpaceState(models.TextChoices):
    """Whether the vectors of a model are searched."""

    BUILDING = "building", "Being made"
    ACTIVE = "active", "Searched"


class HalfVectorField(models.TextField):
    """A vector of half-precision numbers, as pgvector's `halfvec`, read and written as text: `[0.5,-1]`.

    pgvector's own field would import numpy into every process.
    """

    def db_type(self, connection: object) -> str:
        return "halfvec"


class DocumentChunk(TenantModel):
    """A piece of a document's text: what is found and cited. Document and ordinal name it everywhere.

    `text` is what stands between `char_from` and `char_to` of the document's text, to the letter.
    """

    document = TenantForeignKey(Document, models.CASCADE, related_name="chunks", db_index=False)
    ordinal = models.PositiveIntegerField()
    char_from = models.PositiveIntegerField("from character")
    char_to = models.PositiveIntegerField("to character")
    page_from = models.PositiveIntegerField("from page")
    page_to = models.PositiveIntegerField("to page")
    text = models.TextField(blank=True)
    terms = models.PositiveIntegerField(help_text="Words that are indexed, those of the title among them.")
    chunker_version = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        db_table = "document_chunks"
        verbose_name = "chunk"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "document", "ordinal"], name="document_chunks_ordinal_once"
            ),
            models.CheckConstraint(
                condition=Q(char_to__gte=F("char_from")), name="document_chunks_characters"
            ),
            models.CheckConstraint(
                condition=Q(page_from__gte=1, page_to__gte=F("page_from")), name="document_chunks_pages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, chunk {self.ordinal + 1}"


class IndexedDocument(TenantModel):
    """What the index holds of one document, and by which rules it was written."""

    document = TenantForeignKey(Document, models.CASCADE, related_name="index_entries", db_index=False)
    chunks = models.PositiveIntegerField()
    terms = models.PositiveIntegerField(help_text="Of all its chunks.")
    chunker_version = models.PositiveSmallIntegerField()
    title = models.CharField("title at that time", max_length=300)
    text_read_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the text had been read that was indexed; empty when there was none.",
    )
    indexed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        db_table = "document_index_entries"
        verbose_name = "indexed document"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "document"], name="document_index_entries_once"),
        ]

    def __str__(self) -> str:
        return f"Index of {self.document}"


class EmbeddingSpace(TenantModel):
    """One model whose vectors a company's documents have. Queries use the active one; others are being made."""

    model = models.CharField(max_length=120)
    dimensions = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=SpaceState, default=SpaceState.BUILDING)
    began_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        db_table = "embedding_spaces"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "model"], name="embedding_spaces_once"),
            models.UniqueConstraint(
                fields=["tenant"], condition=Q(state=SpaceState.ACTIVE), name="embedding_spaces_active_once"
            ),
            models.CheckConstraint(
                condition=Q(state=SpaceState.BUILDING, activated_at__isnull=True)
                | Q(state=SpaceState.ACTIVE, activated_at__isnull=False),
                name="embedding_spaces_state_and_time",
            ),
        ]

    def __str__(self) -> str:
        return self.model


class Embedding(TenantModel):
    """The vector of one chunk, by one model. Vectors of two models are never compared."""

    source = models.CharField(max_length=20, choices=EmbeddingSource, default=EmbeddingSource.DOCUMENT)
    document = TenantForeignKey(Document, models.CASCADE, related_name="embeddings")
    ordinal = models.PositiveIntegerField(help_text="Of the chunk.")
    model = models.CharField(max_length=120)
    dimensions = models.PositiveSmallIntegerField()
    chunker_version = models.PositiveSmallIntegerField()
    embedding = HalfVectorField()

    class Meta(TenantModel.Meta):
        db_table = "embeddings_index"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "model", "document", "ordinal"], name="embeddings_index_once"
            ),
            models.CheckConstraint(
                condition=Q(source__in=EmbeddingSource.values), name="embeddings_index_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} of {self.document}, chunk {self.ordinal + 1}"
