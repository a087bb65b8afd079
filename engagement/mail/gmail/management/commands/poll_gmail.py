"""`poll_gmail`: read what is new at Gmail now, instead of waiting for the schedule's next ring."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from agent.management.tenants import find_tenants
from agent.models import Tenant
from engagement.mail.gmail.sync import PollReport, poll_gmail

SCHEMA_VERSION = 1
DONE, FAILED, LATER, PARTLY = 0, 1, 3, 4
EXIT_CODES = (
    "Exit codes: 0 every mailbox is read, 1 none could be, 2 usage, 3 put off or busy: the next poll goes on, "
    "4 some could not be read."
)
COLUMNS = (
    ("tenant", 16),
    ("mailbox", 36),
    ("ended", 12),
    ("new", 6),
    ("duplicates", 10),
    ("refused", 7),
    ("gone", 4),
)


class Command(BaseCommand):
    help = "Read what is new in the mailboxes that are connected to Gmail, of every tenant or of those named."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXIT_CODES, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tenant", action="append", default=[], metavar="SLUG", help="only this tenant; repeatable"
        )
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how to print the result"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows = []
        for tenant in _named_or_all(options["tenant"]):
            self.stderr.write(f"{tenant.name}: reading Gmail …")
            rows += [(tenant, report) for report in poll_gmail(tenant=tenant, now=timezone.now())]
        if options["format"] == "json":
            polls = [{"tenant": tenant.slug, **report.as_json()} for tenant, report in rows]
            self.stdout.write(json.dumps({"schema_version": SCHEMA_VERSION, "polls": polls}))
        else:
            self._print_table(rows)
        code = _exit_code([report for _, report in rows])
        if code:
            raise SystemExit(code)

    def _print_table(self, rows: list[tuple[Tenant, PollReport]]) -> None:
        if not rows:
            self.stdout.write("No mailbox is connected to Gmail. Open one in the console and connect it.")
            return
        self.stdout.write("  ".join(f"{name:<{width}}" for name, width in COLUMNS).rstrip())
        for tenant, report in rows:
            values = {"tenant": tenant.slug, **report.as_json()}
            line = "  ".join(f"{values[name]!s:<{width}}" for name, width in COLUMNS)
            self.stdout.write(line.rstrip())
            if report.words:
                self.stdout.write(f"  {report.words}")


def _named_or_all(slugs: list[str]) -> list[Tenant]:
    """Every tenant, its agent enabled or not: reading mail goes on while the agent is stopped."""
    return find_tenants(slugs) if slugs else list(Tenant.objects.order_by("slug"))


def _exit_code(reports: list[PollReport]) -> int:
    ended = {report.ended for report in reports}
    if ended & {"failed", "disconnected"}:
        return FAILED if ended <= {"failed", "disconnected"} else PARTLY
    return LATER if ended & {"later", "busy"} else DONE
