from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """What a month is to bring: the goals that people set, and how far the month has come."""

    name = "agent.goals"
    label = "goals"
    verbose_name = "Goals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agent.goals.engine import GoalsEngine
        from agent.registry import registry

        registry.register(GoalsEngine())
