from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The library: files and where they came from, what was read out of them, and the search over it."""

    name = "documents"
    verbose_name = "Documents"
    default_auto_field = "django.db.models.BigAutoField"
