"""`check_search`: whether the search of each company finds what it should."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agent.management.tenants import find_tenants
from agent.models import Tenant
from documents.search.checking import check_search

EXIT_FOUND = 1


class Command(BaseCommand):
    help = (
        "Look at the search index of each company: chunks without vectors, a model that cannot be used, an index of "
        "vectors that finds too little. Exits with 1 when something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tenant", action="append", default=[], metavar="SLUG", help="only this company; repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenants = (
            find_tenants(options["tenant"]) if options["tenant"] else list(Tenant.objects.order_by("slug"))
        )
        is_sound = True
        for tenant in tenants:
            report = check_search(tenant=tenant)
            self.stdout.write(f"{tenant.name}: {report.summary}")
            for finding in report.findings:
                self.stdout.write(f"{tenant.name}: {finding}")
            is_sound &= not report.findings
        if not is_sound:
            raise SystemExit(EXIT_FOUND)
