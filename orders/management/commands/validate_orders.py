"""`validate_orders`: what the desk would say to the orders of a CSV file. How they are judged is `orders.rules`."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.management.tenants import USAGE, find_tenant
from agent.tenancy import tenant_scope
from orders.intake import UnreadableFile, read_lines
from orders.loading import DeskNotSetUp
from orders.services import CheckedLine, check_lines

EXIT_CODES = (
    "Exit codes: 0 the file could be read, whatever is wrong with its orders, 2 usage, or it cannot be read."
)


class Command(BaseCommand):
    help = (
        "Judge the orders of a CSV file in UTF-8 with a header, each by itself against the desk as it is stored. "
        "Stores nothing."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXIT_CODES, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="whose desk judges them")
        parser.add_argument(
            "--format",
            choices=("table", "json"),
            default="table",
            help="how to print them; json: one object a line",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = find_tenant(options["tenant"])
        show = self._show_json if options["format"] == "json" else self._show
        try:
            with options["file"].open("rb") as stream, tenant_scope(tenant):
                for checked in check_lines(lines=read_lines(stream), now=timezone.now()):
                    show(checked)
        except OSError as error:
            message = f"{options['file']} cannot be read: {error.strerror}."
            raise CommandError(message, returncode=USAGE) from error
        except (UnreadableFile, DeskNotSetUp) as error:
            raise CommandError(str(error), returncode=USAGE) from error

    def _show_json(self, checked: CheckedLine) -> None:
        self.stdout.write(json.dumps(checked.as_json(), ensure_ascii=False))

    def _show(self, checked: CheckedLine) -> None:
        words = [f"cannot be read: {error.message}" for error in checked.errors] + [
            f"{finding.code} {finding.severity}: {finding.message}" for finding in checked.findings
        ]
        for text in words or ["nothing is wrong."]:
            self.stdout.write(f"line {checked.line}: {text}")
