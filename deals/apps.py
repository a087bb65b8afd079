from django.apps import AppConfig


class DealsConfig(AppConfig):
    """Business being won: deals, their stages and what was done about them."""

    name = "deals"
    verbose_name = "Deals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agent.registry import registry
        from deals.engine import DealsEngine

        registry.register(DealsEngine())
