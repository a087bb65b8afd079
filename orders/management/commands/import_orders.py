"""`import_orders`: orders from a CSV file into one tenant's desk. What becomes of them is `orders.services`."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.management.tenants import USAGE, find_tenant
from agent.models import Tenant
from agent.tenancy import tenant_scope
from orders.intake import UnreadableFile, read_lines
from orders.services import ImportRefused, ImportSummary, import_orders

SCHEMA_VERSION = 1
REFUSED = 1
EXIT_CODES = (
    "Exit codes: 0 every order of the file is stored, 1 lines are wrong and nothing was imported, "
    "2 usage, or a file that cannot be read."
)


class Command(BaseCommand):
    help = (
        "Import orders from a CSV file in UTF-8 with a header. All or nothing: one wrong line, and nothing is stored. "
        "Orders that the desk has already are left as they are."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXIT_CODES, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="whose orders they are")
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how to print the result"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = find_tenant(options["tenant"])
        try:
            with options["file"].open("rb") as stream, tenant_scope(tenant):
                summary = import_orders(lines=read_lines(stream), now=timezone.now(), actor="import_orders")
        except OSError as error:
            raise CommandError(
                f"{options['file']} cannot be read: {error.strerror}.", returncode=USAGE
            ) from error
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=USAGE) from error
        except ImportRefused as refused:
            self._write(options, tenant, ImportSummary(), refused)
            raise CommandError(str(refused), returncode=REFUSED) from refused
        self._write(options, tenant, summary, None)

    def _write(
        self, options: dict[str, Any], tenant: Tenant, summary: ImportSummary, refused: ImportRefused | None
    ) -> None:
        errors = refused.errors if refused else ()
        if options["format"] == "json":
            known = [{"line": line, "order_number": number} for line, number in summary.known]
            result = {
                "schema_version": SCHEMA_VERSION,
                "tenant": tenant.slug,
                "imported": summary.imported,
                "already_stored": known,
                "errors": [error.as_json() for error in errors],
            }
            self.stdout.write(json.dumps(result))
            return
        for error in errors:
            self.stdout.write(f"line {error.line}: {error.message}")
        for line, number in summary.known:
            self.stdout.write(f"line {line}: {number} is stored already and stays as it is.")
        if not errors:
            words = f"{summary.imported} imported, {len(summary.known)} stored already."
            self.stdout.write(f"{tenant.name}: {words} New orders are checked in the next cycle.")
