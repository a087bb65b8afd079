from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Clients, their people, vendors, and the 21-day contact. Mail lives in `engagement.mail`."""

    name = "engagement"
    verbose_name = "Clients and contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agent.registry import registry
        from engagement.engine import EngagementEngine

        registry.register(EngagementEngine())
