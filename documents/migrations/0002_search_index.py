import agent.tenancy
import django.db.models.deletion
import documents.models.index
from django.core.management.base import CommandError
from django.db import migrations, models

from agent.tenancy_operations import TenantTable, wall_of

# The inverted index: which chunk holds which word how often, and how many words the chunk has. Reading a word's rows
# touches this table's primary key alone. A document's rows go with it.
TERMS = """
    CREATE TABLE document_chunk_terms (
        tenant_id bigint NOT NULL,
        document_id bigint NOT NULL,
        ordinal integer NOT NULL,
        occurrences smallint NOT NULL CHECK (occurrences > 0),
        chunk_terms smallint NOT NULL CHECK (chunk_terms > 0),
        lexeme text COLLATE "C" NOT NULL,
        PRIMARY KEY (tenant_id, lexeme, document_id, ordinal) INCLUDE (occurrences, chunk_terms),
        CONSTRAINT document_chunk_terms_document_id_tenant_fk
            FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
            ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    );
    CREATE INDEX document_chunk_terms_document ON document_chunk_terms (tenant_id, document_id);
"""


def create_vector_extension(apps, schema_editor):
    """The embedded server has it from the start. Elsewhere an administrator may have to make it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT installed_version IS NOT NULL, current_setting('is_superuser')::bool"
            " FROM pg_available_extensions WHERE name = 'vector'"
        )
        found = cursor.fetchone()
        if found is None:
            raise CommandError(
                "This PostgreSQL server does not offer pgvector, which the documents library keeps its vectors in: "
                "install pgvector 0.8 or newer on the server (Debian: postgresql-18-pgvector), then migrate again."
            )
        is_installed, is_superuser = found
        if not is_installed and not is_superuser:
            raise CommandError(
                "The role of DATABASE_OWNER_URL may not create the extension vector: run "
                "CREATE EXTENSION vector in this database as a superuser, then migrate again."
            )
        cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")


class Migration(migrations.Migration):
    dependencies = [
        ("agent", "0005_cards_in_work_order"),
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(create_vector_extension, migrations.RunPython.noop),
        migrations.CreateModel(
            name="DocumentChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordinal", models.PositiveIntegerField()),
                ("char_from", models.PositiveIntegerField(verbose_name="from character")),
                ("char_to", models.PositiveIntegerField(verbose_name="to character")),
                ("page_from", models.PositiveIntegerField(verbose_name="from page")),
                ("page_to", models.PositiveIntegerField(verbose_name="to page")),
                ("text", models.TextField(blank=True)),
                (
                    "terms",
                    models.PositiveIntegerField(
                        help_text="Words that are indexed, those of the title among them."
                    ),
                ),
                ("chunker_version", models.PositiveSmallIntegerField()),
                (
                    "document",
                    agent.tenancy.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="documents.document",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=agent.tenancy.scoped_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agent.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "chunk",
                "db_table": "document_chunks",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "document", "ordinal"), name="document_chunks_ordinal_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("char_to__gte", models.F("char_from"))),
                        name="document_chunks_characters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page_from__gte", 1), ("page_to__gte", models.F("page_from"))),
                        name="document_chunks_pages",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Embedding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("document", "A chunk of a document")], default="document", max_length=20
                    ),
                ),
                ("ordinal", models.PositiveIntegerField(help_text="Of the chunk.")),
                ("model", models.CharField(max_length=120)),
                ("dimensions", models.PositiveSmallIntegerField()),
                ("chunker_version", models.PositiveSmallIntegerField()),
                ("embedding", documents.models.index.HalfVectorField()),
                (
                    "document",
                    agent.tenancy.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="embeddings",
                        to="documents.document",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=agent.tenancy.scoped_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agent.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "embeddings_index",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "model", "document", "ordinal"), name="embeddings_index_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["document"])), name="embeddings_index_source_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmbeddingSpace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=120)),
                ("dimensions", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("building", "Being made"), ("active", "Searched")],
                        default="building",
                        max_length=8,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("activated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=agent.tenancy.scoped_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agent.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "embedding_spaces",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "model"), name="embedding_spaces_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "active")),
                        fields=("tenant",),
                        name="embedding_spaces_active_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("activated_at__isnull", True), ("state", "building")),
                            models.Q(("activated_at__isnull", False), ("state", "active")),
                            _connector="OR",
                        ),
                        name="embedding_spaces_state_and_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndexedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chunks", models.PositiveIntegerField()),
                ("terms", models.PositiveIntegerField(help_text="Of all its chunks.")),
                ("chunker_version", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300, verbose_name="title at that time")),
                (
                    "text_read_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the text had been read that was indexed; empty when there was none.",
                        null=True,
                    ),
                ),
                ("indexed_at", models.DateTimeField()),
                (
                    "document",
                    agent.tenancy.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="index_entries",
                        to="documents.document",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=agent.tenancy.scoped_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agent.tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "indexed document",
                "db_table": "document_index_entries",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "document"), name="document_index_entries_once")
                ],
            },
        ),
        TenantTable("DocumentChunk"),
        TenantTable("IndexedDocument"),
        TenantTable("EmbeddingSpace"),
        TenantTable("Embedding"),
        migrations.RunSQL([TERMS, *wall_of("document_chunk_terms")], "DROP TABLE document_chunk_terms"),
    ]
