"""Measure everything and write `docs/benchmarks.md`: `python -m tests.bench [NAME ...]`, or `make bench`.

With names (`batches`, `outbound`, `cycle`, `ingest`, `lines`, `orders`, `planning`, `search`, `wall`) only those are
measured, and the page is left alone.
The server, its databases and the home they live in are made for the run and removed after it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.measure import Ratio
    from tests.bench.server import Server

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "docs" / "benchmarks.md"
# Both would point the program at databases that are not the benchmarks' own.
FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL")
MANY = 1_000_000
SMALL, LARGE, PLANNED = "bench_small", "bench_large", "bench_planned"


def main() -> None:
    """Take the order, make the home, measure, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure ratios in one run.")
    parser.add_argument("names", nargs="*", help="what to measure; everything by default")
    names = parser.parse_args().names
    with tempfile.TemporaryDirectory(prefix="agent-bench-") as home:
        for name in FOREIGN:
            os.environ.pop(name, None)
        os.environ |= {
            "AGENT_HOME": home,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "LOG_LEVEL": "ERROR",
        }
        measure(Path(home), names)


def measure(home: Path, names: list[str]) -> None:
    """Run the named benchmarks, or all of them and write the page."""
    import django

    django.setup()
    from tests.bench.report import last_line, say, write_report
    from tests.bench.server import Server

    began = time.monotonic()
    server, ratios = Server(home), []
    try:
        server.create_databases()
        for name, bench in benches().items():
            if not names or name in names:
                ratios.append(bench(server))
                print(say(ratios[-1]), flush=True)
    finally:
        server.remove()
    if not names:
        PAGE.write_text(write_report(ratios, seconds=time.monotonic() - began), encoding="utf-8")
    print(last_line(ratios))


def benches() -> dict[str, Callable[[Server], Ratio]]:
    """Every benchmark by name, in the order in which they run. Each makes the databases that it measures on."""
    return {
        "batches": _batches,
        "outbound": _outbound,
        "cycle": _cycle,
        "ingest": _ingest,
        "lines": _lines,
        "orders": _orders,
        "planning": _planning,
        "search": _search,
        "wall": _wall,
    }


def _batches(server: Server) -> Ratio:
    from tests.bench.batches import CARDS, measure_batches, plan_cards
    from tests.bench.books import fill_book
    from tests.bench.server import EMPTY

    server.prepare_pgbench()
    fill_book(server, server.copy(EMPTY, PLANNED), contacts=10_000, due=CARDS // 2, requests=CARDS // 2)
    plan_cards(server, PLANNED)
    return measure_batches(server, planned=PLANNED)


def _outbound(server: Server) -> Ratio:
    from tests.bench.batches import plan_cards
    from tests.bench.books import fill_book
    from tests.bench.outbound import CARDS, LIVE, measure_outbound
    from tests.bench.server import EMPTY

    fill_book(server, server.copy(EMPTY, "bench_live"), contacts=10_000, due=CARDS, settings=LIVE)
    plan_cards(server, "bench_live")
    return measure_outbound(server, planned="bench_live")


def _cycle(server: Server) -> Ratio:
    from tests.bench.books import fill_book
    from tests.bench.cycles import DUE, measure_cycle
    from tests.bench.server import EMPTY

    fill_book(server, server.copy(EMPTY, "bench_cycle"), contacts=10_000, due=DUE)
    return measure_cycle(server, book="bench_cycle", cards=DUE)


def _ingest(server: Server) -> Ratio:
    from tests.bench.books import fill_book
    from tests.bench.ingest import measure_ingest
    from tests.bench.server import EMPTY

    fill_book(server, server.copy(EMPTY, "bench_ingest"), contacts=10_000, due=200)
    return measure_ingest(server, book="bench_ingest", contacts=10_000)


def _orders(server: Server) -> Ratio:
    from tests.bench.orders import ORDERS, fill_desk, measure_orders
    from tests.bench.server import EMPTY

    fill_desk(server, server.copy(EMPTY, "bench_orders"), orders=ORDERS)
    return measure_orders(server, book="bench_orders")


def _lines(server: Server) -> Ratio:
    from tests.bench.orders import ORDERS, fill_desk, measure_lines
    from tests.bench.server import EMPTY

    fill_desk(server, server.copy(EMPTY, "bench_orders"), orders=ORDERS)
    return measure_lines(server, book="bench_orders")


def _planning(server: Server) -> Ratio:
    from tests.bench.books import fill_book
    from tests.bench.planning import DUE, measure_planning
    from tests.bench.server import EMPTY

    fill_book(server, server.copy(EMPTY, SMALL), contacts=10_000, due=DUE)
    fill_book(server, server.copy(EMPTY, LARGE), contacts=MANY, due=DUE)
    return measure_planning(server, small=SMALL, large=LARGE)


def _search(server: Server) -> Ratio:
    from tests.bench.search import fill_library, measure_search
    from tests.bench.server import EMPTY

    vectors = fill_library(server, server.copy(EMPTY, "bench_search"))
    return measure_search(server, book="bench_search", vectors=vectors)


def _wall(server: Server) -> Ratio:
    from tests.bench.books import fill_book
    from tests.bench.planning import DUE
    from tests.bench.server import EMPTY
    from tests.bench.walls import add_past, measure_wall

    fill_book(server, server.copy(EMPTY, LARGE), contacts=MANY, due=DUE)
    add_past(server, LARGE, MANY)
    return measure_wall(server, book=LARGE)


if __name__ == "__main__":
    sys.exit(main())
