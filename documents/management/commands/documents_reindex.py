"""`documents_reindex`: bring the search index of documents up to date, or move it to another embedder."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.management.tenants import find_tenants
from agent.models import Tenant
from documents.embedding import EmbedderUnavailable
from documents.index.ann import OwnerMissing, Plan, arrange_index
from documents.index.reindexing import Reindexed, reindex

EXIT_FAILED = 1


class Command(BaseCommand):
    help = (
        "Index documents that are missing from the search or out of date. The search goes on meanwhile; a run that was "
        "killed is carried on by the next."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tenant", action="append", default=[], metavar="SLUG", help="only this company; repeatable"
        )
        parser.add_argument("--failed", action="store_true", help="only documents whose indexing failed")
        parser.add_argument(
            "--model",
            action="store_true",
            help="make vectors of the embedder that EMBEDDER names, and search by them once all are made",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        tenants = (
            find_tenants(options["tenant"]) if options["tenant"] else list(Tenant.objects.order_by("slug"))
        )
        has_failed = False
        for tenant in tenants:
            try:
                done = reindex(
                    tenant=tenant,
                    now=timezone.now(),
                    only_failed=options["failed"],
                    with_model=options["model"],
                    is_dry_run=options["dry_run"],
                    progress=lambda line, name=tenant.name: self.stderr.write(f"{name}: {line}"),
                )
                plans = self._arrange(tenant, is_dry_run=options["dry_run"])
            except EmbedderUnavailable as error:
                raise CommandError(f"{tenant.name}: {error}") from error
            self.stdout.write(_say(tenant, done, plans, is_dry_run=options["dry_run"]))
            for document_id, reason in done.failed.items():
                self.stderr.write(f"{tenant.name}: document {document_id} was not indexed: {reason}")
            has_failed |= bool(done.failed)
        if has_failed:
            raise SystemExit(EXIT_FAILED)

    def _arrange(self, tenant: Tenant, *, is_dry_run: bool) -> list[Plan]:
        try:
            return arrange_index(tenant=tenant, is_dry_run=is_dry_run)
        except OwnerMissing as error:
            self.stderr.write(f"{tenant.name}: {error}")
            return []


def _say(tenant: Tenant, done: Reindexed, plans: list[Plan], *, is_dry_run: bool) -> str:
    would = "would be " if is_dry_run else ""
    parts = [f"{done.documents} documents {would}indexed", f"{done.vectors} vectors {would}made"]
    if done.model and not is_dry_run:
        parts.append(
            f"searched by {done.model}"
            if done.is_switched
            else f"not yet searched by {done.model}: run it again"
        )
    words = {"make": "made", "drop": "dropped", "keep": "kept"}
    parts += [f"index {plan.name} {would}{words[plan.action]}" for plan in plans if plan.action in words]
    if done.failed:
        parts.append(f"{len(done.failed)} failed")
    return f"{tenant.name}: {', '.join(parts)}."
