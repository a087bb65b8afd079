"""Takes one gate, rule, fence or clause away at a time, and runs the tests that must notice.

`python -m tests.mutations` runs them all, two at a time, each in a copy of the checkout with a database of its own,
and ends with 1 when a change went unnoticed; `--list` names them; names select some. What is taken away is listed in
`tests.mutation_list`.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tests.mutation_base import Mutation
from tests.mutation_list import MUTATIONS

REPOSITORY = Path(__file__).parent.parent
# What pytest answers when tests ran and some failed; anything else means that they could not run.
TESTS_FAILED = 1


class Bench:
    """A copy of the checkout, with a database server of its own and a process that is ready to run its tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.environment = {**os.environ, "AGENT_HOME": str(folder / "home")}
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE"):
            self.environment.pop(name, None)
        self.has_old_schema = True
        self.noticing: set[str] = set()
        for path in list_files():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / path, target)
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "tests.mutation_worker"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, tests: Iterable[str], *, changes_schema: bool = False) -> dict[str, Any]:
        """Run tests in the copy; the database is kept from run to run while the schema is the true one."""
        keep = "--create-db" if changes_schema or self.has_old_schema else "--reuse-db"
        self.has_old_schema = changes_schema
        # What an assertion compares is of no interest here, and rewriting it takes longer than most tests.
        flags = ["-x", "-q", "-p", "no:cacheprovider", "--assert=plain", "--reuse-db", keep]
        assert self.worker.stdin is not None and self.worker.stdout is not None
        self.worker.stdin.write(json.dumps({"arguments": [*flags, *tests]}) + "\n")
        self.worker.stdin.flush()
        answer: dict[str, Any] = json.loads(self.worker.stdout.readline())
        return answer

    def try_mutation(self, mutation: Mutation) -> str:
        """Why the mutation went unnoticed, empty when the tests noticed it."""
        path = self.folder / mutation.path
        original = path.read_text()
        self.write(path, mutation.apply(original))
        try:
            done = self.run(mutation.tests, changes_schema=mutation.changes_schema)
        finally:
            self.write(path, original)
        if done["code"] == TESTS_FAILED:
            self.noticing.update(done["failed"])
            return ""
        if done["code"] == 0:
            return f"{', '.join(mutation.tests)} passed without it"
        return f"the tests could not run (pytest ended with {done['code']}):\n{done['said']}"

    def write(self, path: Path, text: str) -> None:
        """Change a file, and forget what Python compiled of it: two changes within a second look the same to it."""
        path.write_text(text)
        Path(cache_from_source(str(path))).unlink(missing_ok=True)

    def stop(self) -> None:
        """End the worker and the database server."""
        self.worker.communicate()
        command = [sys.executable, "manage.py", "embedded", "stop"]
        subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, check=False)


def list_files() -> list[str]:
    """The files of the checkout that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.splitlines() if (REPOSITORY / path).is_file()]


def run_mutations(mutations: Sequence[Mutation], *, workers: int) -> list[str]:
    """Try each mutation; returns the names of those nobody noticed."""
    survivors: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        # A server that root starts runs as somebody else, who must come through, or its data goes elsewhere and stays.
        Path(folder).chmod(0o755)
        benches: SimpleQueue[Bench] = SimpleQueue()
        made = [Bench(Path(folder) / str(number)) for number in range(workers)]
        for bench in made:
            benches.put(bench)

        def attempt(mutation: Mutation) -> None:
            bench = benches.get()
            began = time.monotonic()
            try:
                problem = bench.try_mutation(mutation)
            finally:
                benches.put(bench)
            word = "SURVIVED" if problem else "noticed "
            print(f"{word} {mutation.name} ({time.monotonic() - began:.0f} s) {problem}", flush=True)
            if problem:
                survivors.append(mutation.name)

        try:
            with ThreadPoolExecutor(workers) as pool:
                # Those that change the schema at last: after each the database is made anew.
                list(pool.map(attempt, sorted(mutations, key=lambda one: one.changes_schema)))
            check_baseline(made)
        finally:
            for bench in made:
                bench.stop()
    return survivors


def check_baseline(benches: Sequence[Bench]) -> None:
    """Every test that noticed something must pass while there is nothing to notice."""
    tests = sorted(set().union(*(bench.noticing for bench in benches)))
    shares = [tests[number :: len(benches)] for number in range(len(benches))]
    with ThreadPoolExecutor(len(benches)) as pool:
        runs = list(pool.map(lambda bench, share: bench.run(share) if share else None, benches, shares))
    for run in runs:
        if run is not None and run["code"]:
            sys.exit(f"Tests that noticed something fail without it as well:\n{run['said']}")
    print(f"The {len(tests)} tests that noticed something pass without it")


def main() -> int:
    parser = argparse.ArgumentParser(description="Take one guard away at a time; the tests must notice.")
    parser.add_argument("names", nargs="*", help="mutations to try (default: all)")
    parser.add_argument("--list", action="store_true", help="name them and stop")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    known = {mutation.name: mutation for mutation in MUTATIONS}
    unknown = sorted(set(options.names) - known.keys())
    if unknown:
        parser.error(f"there is no mutation {', '.join(unknown)}; --list names them")
    if options.list:
        print("\n".join(known))
        return 0
    chosen = [known[name] for name in options.names] or list(MUTATIONS)
    survivors = run_mutations(chosen, workers=options.workers)
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} mutations noticed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
