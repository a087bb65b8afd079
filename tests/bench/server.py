"""The benchmarks' own server: databases made from one another, pgbench, and roles that no installation has.

The server is an embedded one like any installation's, in a home of its own, and goes with it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.test.utils import setup_databases
from psycopg import sql

from agent_site.embedded.binaries import program_directory
from agent_site.embedded.cluster import Cluster

EMPTY = "bench"
# The database of the round under way, copied anew each time.
WORK = "bench_work"
# The role that the wall binds (`agent_site.embedded.cluster`).
APPLICATION = "agent_app"
# Reads past the wall, to show what the wall costs. Exists on this server only.
BYPASS = "bench_bypass"


class Server:
    """One running cluster below `home`."""

    def __init__(self, home: Path) -> None:
        self.cluster = Cluster(home)
        self.placement = self.cluster.start()

    def create_databases(self) -> None:
        """The empty migrated database that all others are copies of, and the role that bypasses the wall."""
        setup_databases(
            verbosity=0, interactive=False, aliases={"default", "owner"}, serialized_aliases=set()
        )
        connections.close_all()
        with self.connect("postgres", EMPTY) as admin:
            admin.execute(f"CREATE ROLE {BYPASS} LOGIN BYPASSRLS")
            admin.execute(f"GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO {BYPASS}")

    def connect(self, role: str, database: str, **options: Any) -> psycopg.Connection[Any]:
        """A plain psycopg connection, committing each statement unless told otherwise."""
        return psycopg.connect(
            host=str(self.placement.sockets), user=role, dbname=database, autocommit=True, **options
        )

    def copy(self, source: str, name: str) -> str:
        """Make `name` an exact copy of `source`, sequences and all; what was there under that name goes."""
        connections.close_all()
        with self.connect("postgres", "postgres") as admin:
            for statement in (
                "DROP DATABASE IF EXISTS {}",
                "CREATE DATABASE {} OWNER agent_owner TEMPLATE {}",
            ):
                admin.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(source)))
        return name

    @contextmanager
    def use(self, database: str) -> Iterator[None]:
        """Let the program work in `database` for the length of the block."""
        connection = connections["default"]
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before

    def prepare_pgbench(self) -> None:
        """pgbench's tables at scale 1, in a database of their own."""
        with self.connect("postgres", "postgres") as admin:
            admin.execute("CREATE DATABASE pgbench OWNER agent_owner")
        self._pgbench("--initialize", "--quiet")

    def pgbench(self, transactions: int) -> float:
        """Simple-update transactions a second that one client makes."""
        said = self._pgbench(
            "--builtin=simple-update", "--client=1", f"--transactions={transactions}", "--no-vacuum"
        )
        found = re.search(r"tps = ([0-9.]+) \(without initial connection time\)", said)
        if found is None:
            raise RuntimeError(f"pgbench did not say how fast it was: {said}")
        return float(found[1])

    def remove(self) -> None:
        """Stop the server and remove its home."""
        directory = self.placement.directory
        connections.close_all()
        self.cluster.stop()
        for tree in (directory, self.cluster.home):
            shutil.rmtree(tree, ignore_errors=True)

    def _pgbench(self, *arguments: str) -> str:
        address = [f"--host={self.placement.sockets}", "--username=agent_owner", "pgbench"]
        done = subprocess.run(
            [str(program_directory(None) / "pgbench"), *arguments, *address],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout
