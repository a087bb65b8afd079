from django.apps import AppConfig


class AgentConfig(AppConfig):
    """The kernel: tenants, cards, policy, executor, runs. Imports no domain."""

    name = "agent"
    verbose_name = "Agent"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        import agent.lookups  # noqa: F401 - registers `any_of`
        from agent.checks import WALL, check_engines, check_role, check_wall
        from agent.engine import KernelEngine
        from agent.registry import registry

        registry.register(KernelEngine())
        register(check_role, WALL, Tags.database)
        register(check_wall, WALL, Tags.database)
        register(check_engines, "engines")
