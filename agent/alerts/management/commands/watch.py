from __future__ import annotations

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from agent.alerts.watch import look_once

DATABASE_DOWN = 3


class Command(BaseCommand):
    help = (
        "Watch over this installation from outside of its worker: judge the alerts of every company, send the notices, "
        "and tell the platform's recipients when the database does not answer. Runs until it is ended; with --once it "
        f"looks once, for cron, and exits with {DATABASE_DOWN} when the database does not answer."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Look once and exit.")
        parser.add_argument(
            "--interval", type=int, default=60, metavar="SECONDS", help="Time between two looks (default 60)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            why = look_once(now=timezone.now())
            if why:
                self.stderr.write(f"The database does not answer: {why}")
            if options["once"]:
                sys.exit(DATABASE_DOWN if why else 0)
            time.sleep(max(options["interval"], 1))
