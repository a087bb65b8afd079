from django.apps import AppConfig


class AgentConfig(AppConfig):
    """The kernel: tenants, cards, policy, executor, runs. Imports no domain."""

    name = "agent"
    verbose_name = "Agent"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from agent.engine import KernelEngine
        from agent.registry import registry

        registry.register(KernelEngine())
