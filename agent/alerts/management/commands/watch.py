from __future__ import annotations

import signal
import sys
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from agent.alerts.watch import end_watch, look_once

TROUBLE = 3
# A watch that looks less often than this would itself be taken for dead.
LONGEST_INTERVAL = 300


class Command(BaseCommand):
    help = (
        "Watch over this installation from outside of its worker: judge the alerts of every company, send the notices, "
        "and tell the platform's recipients when the database does not answer. Runs until it is ended; with --once it "
        f"looks once, for cron, and exits with {TROUBLE} when it could not do its work."
    )
    requires_system_checks = ()
    is_ended = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Look once and exit.")
        parser.add_argument(
            "--interval", type=int, default=60, metavar="SECONDS", help="Time between two looks (default 60)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["interval"] <= LONGEST_INTERVAL:
            raise CommandError(f"--interval must be between 1 and {LONGEST_INTERVAL} seconds.")
        if options["once"]:
            sys.exit(TROUBLE if self._look(is_standing=False) else 0)
        # Whoever ends it politely means it; only a watch that dies is missed. The look under way is finished: an
        # exception in the middle of it could be lost in somebody's clean-up, and the watch would go on.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear)
        while not self.is_ended:
            self._look(is_standing=True)
            self._pause(options["interval"])
        self._end()

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self.is_ended = True

    def _pause(self, seconds: int) -> None:
        """Wait for the next look, or until it is ended."""
        for _ in range(seconds):
            if self.is_ended:
                return
            time.sleep(1)

    def _end(self) -> None:
        try:
            end_watch()
        except (InterfaceError, OperationalError) as error:
            raise CommandError(
                f"The database does not answer, so others will miss this watch once it does: {error}"
            ) from error

    def _look(self, *, is_standing: bool) -> str:
        why = look_once(now=timezone.now(), is_standing=is_standing)
        if why:
            self.stderr.write(f"The watch could not do its work: {why}")
        return why
