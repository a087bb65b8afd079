from django.apps import AppConfig


class QuotesConfig(AppConfig):
    """Quotes we give and bids we answer, up to their outcome."""

    name = "quotes"
    verbose_name = "Quotes and bids"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agent.registry import registry
        from quotes.engine import QuotesEngine

        registry.register(QuotesEngine())
