"""`evaluate_mail`: what the agent reads in mails, without storing them. The work is `engagement.mail.evaluation`'s.

Standard output holds the mails and nothing else, so that it can be piped; scores and remarks go to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agent.management.tenants import USAGE, find_tenant
from agent.models import Tenant
from engagement.mail.evaluation.desks import Desk, load_desk, look_up
from engagement.mail.evaluation.labels import BadLabels, read_labels
from engagement.mail.evaluation.mails import NoSuchMail, find_mails, read_mails
from engagement.mail.evaluation.reports import EvaluatedMail, evaluate, report
from engagement.mail.evaluation.scores import score
from engagement.mail.evaluation.tallies import Score

BATCH = 50


class Command(BaseCommand):
    help = (
        "Show what the agent reads in .eml files and folders of them, one JSON object a line. Stores nothing; "
        "without --tenant it needs no database, and takes every person for a known contact."
    )
    # They may ask the database, which this command does without.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="an .eml file, or a folder of them")
        parser.add_argument(
            "--tenant", metavar="SLUG", help="whose contacts, orders, deals and quotes the mails may name"
        )
        parser.add_argument(
            "--labels", metavar="FILE", help="what people say the mails say; adds how well they were read"
        )
        parser.add_argument(
            "--format", choices=("json", "table"), default="json", help="how to print the mails"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _speak_utf8()
        try:
            paths = find_mails(options["paths"])
            labels = read_labels(options["labels"]) if options["labels"] else None
        except (NoSuchMail, BadLabels) as error:
            raise CommandError(str(error), returncode=USAGE) from error
        tenant = find_tenant(options["tenant"]) if options["tenant"] else None
        if not paths:
            self.stderr.write("The folder holds no .eml file.")
        show = self._show_json if options["format"] == "json" else self._show_line
        rows = []
        for row in _rows(_evaluated(paths, tenant), tenant):
            show(row)
            if labels is not None:
                rows.append(row)
        if labels is not None:
            self._show_scores(score(rows, labels))

    def _show_scores(self, scores: list[Score]) -> None:
        """How well the mails were read. On standard error: standard output is the mails'."""
        for one in scores:
            value = "–" if one.value is None else f"{one.value:.3f}"
            mark = "" if one.is_reached else "  MISSED"
            wrong = f"  {', '.join(one.wrong)}" if one.wrong else ""
            self.stderr.write(
                f"{one.name:<40} {value:>6}  goal {one.goal:.2f}  of {one.cases:>4}{mark}{wrong}"
            )

    def _show_json(self, row: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(row, ensure_ascii=False))

    def _show_line(self, row: dict[str, Any]) -> None:
        if row["error"]:
            self.stdout.write(f"{row['file']:<44} {row['error']}")
            return
        named = " ".join((*(link["ref"] for link in row["links"]), *row["flags"]))
        asked = row["explicit_request"]["evidence"] or ""
        line = f"{row['file']:<44} {row['tier']:<16} {row['category']:<22} {named:<30} {asked}"
        self.stdout.write(line.rstrip())


def _evaluated(paths: Iterable[Path], tenant: Tenant | None) -> Iterator[EvaluatedMail]:
    desk = load_desk(tenant) if tenant else Desk()
    return (
        evaluate(raw, zone=desk.zone, own_domains=desk.own_domains, known_domains=desk.known_domains)
        for raw in read_mails(paths)
    )


def _rows(mails: Iterable[EvaluatedMail], tenant: Tenant | None) -> Iterator[dict[str, Any]]:
    """Each mail's row, in order. A tenant is asked about many mails at once."""
    seen: set[tuple[str, str, str]] = set()
    mails = iter(mails)
    while batch := list(islice(mails, 1 if tenant is None else BATCH)):
        standings = look_up(tenant, batch) if tenant else [None] * len(batch)
        for mail, standing in zip(batch, standings, strict=True):
            yield report(
                mail,
                is_known_contact=standing is None or standing.is_known_contact,
                links=standing.links if standing else None,
                is_repeated=mail.identity in seen,
            )
            seen.add(mail.identity)


def _speak_utf8() -> None:
    """Print UTF-8 whatever the terminal's language is."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
