from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = (
        "Bring an installation up and run one cycle: create the application's role, apply new migrations, "
        "load the demo desk into an empty database, run one cycle for every enabled tenant. "
        "Exits as run_cycle does."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Every step is safe to repeat; the first that fails ends the command with its own exit code."""
        call_command("create_roles", stdout=self.stderr)
        if _has_new_migrations():
            call_command("migrate", verbosity=0)
        call_command("load_demo", if_empty=True)
        call_command("run_cycle")
        self.stderr.write("Open the operator console with: make console", self.style.NOTICE)


def _has_new_migrations() -> bool:
    """Whether the code has migrations that the database has not; asking costs little, migrating does not."""
    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
