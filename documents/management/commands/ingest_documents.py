"""`ingest_documents`: files and folders into one tenant's library (`documents.services.ingest_paths`)."""

from __future__ import annotations

import getpass
import json
from argparse import RawDescriptionHelpFormatter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from agent.management.tenants import find_tenant
from agent.models import Tenant
from documents.extraction import REASONS
from documents.pipeline import process_extractions, recover_library
from documents.services import Brought, Outcome, count_by_reading, ingest_paths
from documents.states import Category, ExtractionStatus

DONE, FAILED, PARTLY = 0, 1, 4
EXIT_CODES = (
    "Exit codes: 0 all files are in the library, 1 none is, 2 usage, 4 some were refused (each by name)."
)


class Command(BaseCommand):
    help = (
        "Take files, and everything below folders, into a tenant's documents, and read them. "
        "The same content twice is one document."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXIT_CODES, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tenant", required=True, metavar="SLUG", help="whose documents they are")
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="file or folder")
        parser.add_argument(
            "--category", choices=Category.values, help="what all of them are; otherwise each is looked at"
        )
        parser.add_argument("--queue-only", action="store_true", help="leave the reading of them to a worker")
        parser.add_argument(
            "--format",
            choices=("table", "json"),
            default="table",
            help="json: one object a line for each file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = find_tenant(options["tenant"])
        recover_library(tenant=tenant, now=timezone.now())
        show = self._show_json if options["format"] == "json" else self._show_line
        results = ingest_paths(
            tenant=tenant,
            paths=options["paths"],
            actor=getpass.getuser(),
            now=timezone.now(),
            category=Category(options["category"]) if options["category"] else None,
            on_result=show,
        )
        if not options["queue_only"]:
            process_extractions(tenant=tenant, now=timezone.now())
        self._show_reading(tenant, results)
        taken = sum(one.registered is not None for one in results)
        self.stderr.write(f"{taken} of {len(results)} files are in the library.")
        if taken < len(results) or not results:
            raise SystemExit(PARTLY if taken else FAILED)

    def _show_reading(self, tenant: Tenant, results: Sequence[Brought]) -> None:
        """How many of the files have been read, and of the others why not."""
        known = {one.registered.document.pk for one in results if one.registered and one.registered.document}
        for status, reason, count in count_by_reading(tenant=tenant, document_ids=known):
            why = REASONS[reason].sentence if reason in REASONS and reason else reason
            label = ExtractionStatus(status).label
            self.stderr.write(f"{label}: {count}. {why}".rstrip())

    def _show_json(self, brought: Brought) -> None:
        self.stdout.write(json.dumps(brought.as_json()))

    def _show_line(self, brought: Brought) -> None:
        if brought.registered is None:
            self.stderr.write(f"{brought.name}: refused. {brought.refusal}")
            return
        document = brought.registered.document
        number = f" as document {document.pk}" if document else ""
        again = ", and is read again" if brought.registered.is_read_again else ""
        self.stdout.write(
            f"{brought.name}: {Outcome(brought.registered.outcome).label.lower()}{number}{again}."
        )
