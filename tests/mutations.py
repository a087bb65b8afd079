"""Takes one gate, rule, fence or clause away at a time, and runs the tests that must notice.

`python -m tests.mutations` runs them all, two at a time, each in a copy of the checkout with a database of its own,
and ends with 1 when a change went unnoticed; `--list` names them; names select some. What is taken away is listed in
`tests.mutation_list`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutation_base import Mutation
from tests.mutation_list import MUTATIONS

REPOSITORY = Path(__file__).parent.parent
# What pytest answers when tests ran and some failed; anything else means that they could not run.
TESTS_FAILED = 1


class Bench:
    """A copy of the checkout, with a database server of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.environment = {**os.environ, "AGENT_HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PYTEST_ADDOPTS"):
            self.environment.pop(name, None)
        self.has_old_schema = True
        for path in list_files():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / path, target)

    def run(self, tests: Sequence[str], *, changes_schema: bool = False) -> subprocess.CompletedProcess[str]:
        """Run tests in the copy; the database is kept from run to run while the schema is the true one."""
        keep = "--create-db" if changes_schema or self.has_old_schema else "--reuse-db"
        self.has_old_schema = changes_schema
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--reuse-db", keep]
        return subprocess.run(
            [*command, *tests],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def try_mutation(self, mutation: Mutation) -> str:
        """Why the mutation went unnoticed, empty when the tests noticed it."""
        path = self.folder / mutation.path
        original = path.read_text()
        path.write_text(mutation.apply(original))
        try:
            done = self.run(mutation.tests, changes_schema=mutation.changes_schema)
        finally:
            path.write_text(original)
        if done.returncode == TESTS_FAILED:
            return ""
        if done.returncode == 0:
            return f"{', '.join(mutation.tests)} passed without it"
        words = f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
        return f"the tests could not run (pytest ended with {done.returncode}):\n{words}"

    def stop(self) -> None:
        """Stop the database server."""
        command = [sys.executable, "manage.py", "embedded", "stop"]
        subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, check=False)


def list_files() -> list[str]:
    """The files of the checkout that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.splitlines() if (REPOSITORY / path).is_file()]


def run_mutations(mutations: Sequence[Mutation], *, workers: int) -> list[str]:
    """Try each mutation after the tests have passed without any; returns the names of those nobody noticed."""
    survivors: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
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
            check_baseline(made, mutations)
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(attempt, mutations))
        finally:
            for bench in made:
                bench.stop()
    return survivors


def check_baseline(benches: Sequence[Bench], mutations: Iterable[Mutation]) -> None:
    """Every test that is to notice something must pass while there is nothing to notice."""
    tests = sorted({test for mutation in mutations for test in mutation.tests})
    shares = [tests[number :: len(benches)] for number in range(len(benches))]
    with ThreadPoolExecutor(len(benches)) as pool:
        runs = list(
            pool.map(
                lambda pair: pair[0].run(pair[1]) if pair[1] else None, zip(benches, shares, strict=True)
            )
        )
    for run in runs:
        if run is not None and run.returncode:
            sys.exit(f"The tests fail before anything is taken away:\n{run.stdout[-4000:]}")


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
