from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

# Whether there is a table that the application's role may not write.
UNGRANTED = """
    SELECT EXISTS (
        SELECT FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
          AND NOT has_table_privilege(%s, oid, 'INSERT')
    )
"""


class Command(BaseCommand):
    help = (
        "Bring an installation up and run one cycle: create the application's role, apply new migrations, "
        "load the demo desk into an empty database, run one cycle for every enabled tenant. "
        "Exits as run_cycle does."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Every step is safe to repeat; the first that fails ends the command with its own exit code."""
        call_command("create_roles", verbosity=0, stdout=self.stderr)
        if _is_behind():
            self.stderr.write("Preparing the database ...")
            call_command("migrate", verbosity=0)
        call_command("load_demo", if_empty=True, stdout=self.stderr)
        call_command("run_cycle")
        self.stderr.write("Open the operator console with: make console", self.style.NOTICE)


def _is_behind() -> bool:
    """Whether the database lacks migrations or grants of the code; asking is cheap, migrating is not."""
    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return True
    with owner.cursor() as cursor:
        cursor.execute(UNGRANTED, [connections["default"].settings_dict["USER"]])
        return bool(cursor.fetchone()[0])
