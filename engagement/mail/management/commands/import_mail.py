"""`import_mail`: mails from files into one tenant's store. What happens to them is `engagement.mail.services`."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from agent.management.tenants import find_tenant
from engagement.mail.services import ImportSummary, import_messages
from engagement.mail.sources import MAX_MESSAGE_MEGABYTES, read_paths

SCHEMA_VERSION = 1
DONE, FAILED, PARTLY = 0, 1, 4
EXIT_CODES = (
    "Exit codes: 0 all mails are stored, 1 none could be, 2 usage, 4 some were refused (each by name)."
)
LABELS = (
    ("read", "Mails found"),
    ("new", "New"),
    ("duplicates", "Stored already"),
    ("refused", "Refused"),
    ("replies", "From contacts"),
    ("requests", "Requests to people"),
    ("bounces", "Failed recipients"),
    ("complaints", "Complaints"),
    ("opt_outs", "Opt-outs"),
    ("new_contacts", "New contacts"),
)


class Command(BaseCommand):
    help = (
        "Import .eml files, folders, mbox files and Maildirs. The same mail twice is stored once; "
        f"a message may have {MAX_MESSAGE_MEGABYTES} MB."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXIT_CODES, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="whose mail it is")
        parser.add_argument("paths", nargs="+", metavar="PATH", help=".eml file, mbox, Maildir or folder")
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how to print the result"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = find_tenant(options["tenant"])
        summary = import_messages(
            tenant=tenant,
            raws=read_paths(options["paths"]),
            now=timezone.now(),
            on_progress=lambda read: self.stderr.write(f"{tenant.name}: {read} mails read …"),
        )
        for one in summary.refused:
            self.stderr.write(f"{one.name} {one.reason}")
        if options["format"] == "json":
            counts = {"schema_version": SCHEMA_VERSION, "tenant": tenant.slug, **summary.as_json()}
            self.stdout.write(json.dumps(counts))
        else:
            self._print_table(summary)
        code = _exit_code(summary)
        if code:
            raise SystemExit(code)

    def _print_table(self, summary: ImportSummary) -> None:
        width = max(len(label) for _, label in LABELS)
        for name, label in LABELS:
            value = len(summary.refused) if name == "refused" else getattr(summary, name)
            self.stdout.write(f"{label:<{width}}  {value:>7}")


def _exit_code(summary: ImportSummary) -> int:
    if not summary.refused:
        return DONE
    return PARTLY if summary.new or summary.duplicates else FAILED
