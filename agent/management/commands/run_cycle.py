"""`run_cycle`: one cycle for each enabled tenant, or a look at what the next would do."""

from __future__ import annotations

import json
import os
from argparse import RawDescriptionHelpFormatter
from datetime import datetime
from shutil import get_terminal_size
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from agent.cycle import preview_cycle, run_cycle
from agent.management.tenants import USAGE, find_tenants
from agent.models import Tenant
from agent.run_reports import PREVIEW, RunReport
from agent.run_tables import draw_report
from agent.states import RunState
from agent.switches import Stopped
from agent.tenant_settings import InvalidAgentSettings

SCHEMA_VERSION = 1
EXIT_CODES = (
    "Exit codes: 0 done, 1 a cycle failed, 2 usage, 3 stopped by a kill switch or lock, 4 partly failed."
)
DONE, FAILED, STOPPED, PARTLY = 0, 1, 3, 4


class Command(BaseCommand):
    help = "Run one cycle (Plan, Act, React, Reflect) for every enabled tenant, or for those named."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name,
            subcommand,
            epilog=EXIT_CODES,
            formatter_class=RawDescriptionHelpFormatter,
            **kwargs,
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tenant", action="append", default=[], metavar="SLUG", help="only this tenant; repeatable"
        )
        parser.add_argument(
            "--at", metavar="ISO8601", help="as if it were this moment; nothing leaves (always a dry run)"
        )
        parser.add_argument(
            "--scheduled", action="store_true", help="take the tenant's slot of this hour, once"
        )
        parser.add_argument("--preview", action="store_true", help="show what would be done, and do nothing")
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help="how to print the result"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["preview"] and options["scheduled"]:
            raise CommandError("--preview takes no slot; leave --scheduled out.", returncode=USAGE)
        tenants = _find_tenants(options["tenant"])
        now, is_simulated = _read_moment(options["at"])
        reports = []
        for tenant in tenants:
            self.stderr.write(
                f"{tenant.name}: {'looking ahead' if options['preview'] else 'running a cycle'} …"
            )
            reports.append(_run(tenant, now, is_simulated=is_simulated, options=options))
        if options["format"] == "json":
            runs = [report.as_json() for report in reports]
            self.stdout.write(json.dumps({"schema_version": SCHEMA_VERSION, "runs": runs}, default=str))
        else:
            for report in reports:
                color = self.stdout.isatty() and not options["no_color"] and "NO_COLOR" not in os.environ
                width = get_terminal_size((110, 24)).columns
                self.stdout.write(draw_report(report, width=width, color=color))
        code = _exit_code(reports)
        if code:
            raise SystemExit(code)


def _find_tenants(slugs: list[str]) -> list[Tenant]:
    if not slugs:
        tenants = list(Tenant.objects.enabled())
        if not tenants and not Tenant.objects.exists():
            raise CommandError("There is no tenant yet. Load the demo desk with `manage.py load_demo`.")
        return tenants
    return find_tenants(slugs)


def _read_moment(text: str | None) -> tuple[datetime, bool]:
    if text is None:
        return timezone.now(), False
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CommandError(
            f"--at {text!r} is not a moment. Write it with its offset, like 2026-11-23T09:00:00-07:00.",
            returncode=USAGE,
        )
    return moment, True


def _run(tenant: Tenant, now: datetime, *, is_simulated: bool, options: dict[str, Any]) -> RunReport:
    if not options["preview"]:
        return run_cycle(tenant=tenant, now=now, is_scheduled=options["scheduled"], is_simulated=is_simulated)
    try:
        return preview_cycle(tenant=tenant, now=now, is_simulated=is_simulated)
    except Stopped as stopped:
        raise CommandError(str(stopped), returncode=STOPPED) from stopped
    except InvalidAgentSettings as error:
        raise CommandError(f"{tenant.name}: {error}") from error


def _exit_code(reports: list[RunReport]) -> int:
    """0 when all is done; one outcome for all gives its code, a mix with failures is 4."""
    states = {report.state for report in reports}
    failed = {str(RunState.FAILED), str(RunState.ABANDONED)}
    if not states & failed:
        done = {str(RunState.COMPLETED), PREVIEW}
        return DONE if not states or states & done else STOPPED
    return FAILED if states <= failed else PARTLY
