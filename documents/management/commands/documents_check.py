"""`documents_check`: what is wrong with tenants' libraries, a line each; `documents.services.checking` looks."""

from __future__ import annotations

import json
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agent.management.tenants import find_tenants
from agent.models import Tenant
from documents.services.checking import Finding, check_folders, check_library, remove_orphans

WRONG = 1
EXIT_CODES = "Exit codes: 0 nothing is wrong, 1 something is (a line each that says what to do), 2 usage."


class Command(BaseCommand):
    help = "Check that every document has its file, every file its document, every text its index."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXIT_CODES, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tenant", action="append", metavar="SLUG", help="only this tenant; may be given again"
        )
        parser.add_argument(
            "--no-digests", action="store_true", help="do not read the files, only look for them"
        )
        parser.add_argument(
            "--remove-orphans",
            action="store_true",
            help="first delete files in the storage that belong to nothing",
        )
        parser.add_argument(
            "--format", choices=("lines", "json"), default="lines", help="how to print the findings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenants = (
            find_tenants(options["tenant"]) if options["tenant"] else list(Tenant.objects.order_by("slug"))
        )
        wrong = 0
        for tenant in tenants:
            if options["remove_orphans"]:
                for key in remove_orphans(tenant=tenant):
                    self.stderr.write(f"{tenant.slug}: removed {key}.")
            findings = check_library(tenant=tenant, with_digests=not options["no_digests"])
            wrong += self._show(tenant.slug, findings, options["format"])
        if not options["tenant"]:
            wrong += self._show("", check_folders(), options["format"])
        looked_at = f"{len(tenants)} {'library' if len(tenants) == 1 else 'libraries'} checked"
        self.stderr.write(f"{looked_at}: {wrong or 'nothing'} wrong.")
        if wrong:
            raise SystemExit(WRONG)

    def _show(self, slug: str, findings: Iterable[Finding], form: str) -> int:
        """Print findings, of a tenant or of the whole storage; returns how many."""
        shown = 0
        for finding in findings:
            shown += 1
            entry = {"tenant": slug, "code": finding.code, "subject": finding.subject}
            line = ": ".join(filter(None, [slug, finding.code, finding.sentence]))
            as_json = json.dumps({**entry, "sentence": finding.sentence})
            self.stdout.write(as_json if form == "json" else line)
        return shown
