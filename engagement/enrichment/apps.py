from django.apps import AppConfig


class EnrichmentConfig(AppConfig):
    """Learning about clients' people from the tenant's own stored mail."""

    name = "engagement.enrichment"
    label = "enrichment"
    verbose_name = "Enrichment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agent.registry import registry
        from engagement.enrichment.engine import EnrichmentEngine

        registry.register(EnrichmentEngine())
