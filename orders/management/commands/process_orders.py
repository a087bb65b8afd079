"""`process_orders`: work the processing queue off now, without a cycle. How an order is judged is `orders.services`."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.management.tenants import find_tenants
from agent.models import Tenant
from agent.switches import Stopped
from orders.loading import DeskNotSetUp
from orders.services import QueueResult, process_order_queue

SCHEMA_VERSION = 1
FAILED, STOPPED = 1, 3
EXIT_CODES = (
    "Exit codes: 0 every order that was due was judged, 1 some could not be and are tried again or wait for a person, "
    "2 usage, 3 stopped by a kill switch."
)


class Command(BaseCommand):
    help = (
        "Judge the orders that wait in the queue, make what is safe to fix, and record the rest. "
        "Several may run at once: each order is taken by one."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, epilog=EXIT_CODES, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tenant", action="append", default=[], metavar="SLUG", help="only this tenant; repeatable"
        )
        parser.add_argument(
            "--limit", type=_count, default=None, metavar="N", help="at most so many orders of each tenant"
        )
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how to print the result"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        slugs = options["tenant"]
        tenants = find_tenants(slugs) if slugs else list(Tenant.objects.enabled())
        results = [(tenant, self._process(tenant, options["limit"])) for tenant in tenants]
        if options["format"] == "json":
            rows = [{"tenant": tenant.slug, **result.as_json()} for tenant, result in results]
            self.stdout.write(json.dumps({"schema_version": SCHEMA_VERSION, "tenants": rows}))
        else:
            for tenant, result in results:
                words = f"{result.done} judged, {result.retried} tried again later, {result.failed} given up."
                self.stdout.write(f"{tenant.name}: {words}")
        if any(result.retried or result.failed for _, result in results):
            raise SystemExit(FAILED)

    def _process(self, tenant: Tenant, limit: int | None) -> QueueResult:
        try:
            return process_order_queue(tenant=tenant, now=timezone.now(), limit=limit, actor="process_orders")
        except Stopped as stopped:
            raise CommandError(f"{tenant.name}: {stopped}", returncode=STOPPED) from stopped
        except DeskNotSetUp as error:
            raise CommandError(str(error)) from error


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text!r} is not a number of orders; write one such as 500.")
    return int(text)
