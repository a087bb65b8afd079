from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The library: files and where they came from, what was read out of them, and the search over it."""

    name = "documents"
    verbose_name = "Documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import register

        from agent.registry import registry
        from documents.checks import check_storage_client
        from documents.embedding.checks import check_embedder
        from documents.engine import DocumentsEngine

        registry.register(DocumentsEngine())
        register(check_storage_client, "documents")
        register(check_embedder, "documents")
