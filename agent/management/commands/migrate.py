"""Django's `migrate`, always as the owner of the tables, followed by the application role's grants."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connections

GRANTS = """
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
"""


class Command(MigrateCommand):
    """The application role owns nothing, so row-level security binds it; migrations need the owner."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        if "owner" not in connections:
            raise CommandError(
                "Migrations run as the owner of the database. Set DATABASE_OWNER_URL beside DATABASE_URL."
            )
        super().handle(*args, **options)
        connection = connections["owner"]
        role = connection.ops.quote_name(connections["default"].settings_dict["USER"])
        with connection.cursor() as cursor:
            cursor.execute(GRANTS.format(role=role))
