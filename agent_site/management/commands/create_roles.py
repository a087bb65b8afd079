from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agent_site.roles import RoleRefused, create_application_role


class Command(BaseCommand):
    help = (
        "Create the application's role named in DATABASE_URL, through the owner's connection, and refuse one "
        "that row-level security does not bind. Safe to run again."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            role = create_application_role()
        except RoleRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if role.created or options["verbosity"] > 0:
            self.stdout.write(f"The role {role.name} {'was created' if role.created else 'is ready'}.")
