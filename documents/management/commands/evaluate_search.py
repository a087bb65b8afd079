"""`evaluate_search`: how well the search finds what a collection says should be found."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from documents.embedding import EmbedderUnavailable
from documents.evaluation import CollectionRefused, Measures, evaluate, read_collection

NAMES = {
    "ndcg_at_10": "nDCG@10",
    "recall_at_10": "recall@10",
    "recall_at_100": "recall@100",
    "milliseconds_per_query": "ms_per_query",
}


class Command(BaseCommand):
    help = (
        "Measure the search on a collection in BEIR's shape, with the embedder of EMBEDDER. "
        "The texts are indexed in a transaction that is not committed; nothing of them stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, required=True, help="JSON lines with _id, title, text")
        parser.add_argument("--queries", type=Path, required=True, help="JSON lines with _id, text")
        parser.add_argument(
            "--qrels", type=Path, required=True, help="tab-separated query-id, corpus-id, score"
        )
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            collection = read_collection(options["corpus"], options["queries"], options["qrels"])
            measures = evaluate(collection, now=timezone.now())
        except (CollectionRefused, EmbedderUnavailable) as error:
            raise CommandError(str(error)) from error
        shown = {NAMES.get(name, name): value for name, value in asdict(measures).items()}
        if options["format"] == "json":
            self.stdout.write(json.dumps(shown))
        else:
            self.stdout.write(_draw(shown, measures))


def _draw(shown: dict[str, Any], measures: Measures) -> str:
    width = max(map(len, shown))
    return "\n".join(f"{name:<{width}}  {value}" for name, value in shown.items())
