"""`clean_up`: the nightly cleaning by hand, or a count of what it would take."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from agent.retention import Cleaned, clean_up


class Command(BaseCommand):
    help = "Remove what is past its age (see the runbook); nothing that is evidence. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count what would go, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        cleaned = clean_up(now=timezone.now(), is_dry_run=options["dry_run"])
        verb = "Would remove" if options["dry_run"] else "Removed"
        for entry in cleaned:
            self.stdout.write(f"{entry.of}: {verb} {_describe(entry)}.")
        failed = [f"{entry.of}: {entry.error}" for entry in cleaned if entry.error]
        if failed:
            raise CommandError(f"Not all was cleaned. {'; '.join(failed)}")


def _describe(entry: Cleaned) -> str:
    return ", ".join(f"{count} {name}" for name, count in entry.counts.items()) or "nothing"
