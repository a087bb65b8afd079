"""Homes and embedded clusters of the site's tests: real servers in directories of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from agent_site.embedded.cluster import Cluster
from agent_site.embedded.placement import cluster_directory, socket_directory
from agent_site.home import REPOSITORY

ManagePy = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty `$AGENT_HOME` whose path has a space; its server, if any, is gone afterwards."""
    home = tmp_path / "agent home"
    monkeypatch.setenv("AGENT_HOME", str(home))
    yield home
    remove_home(home)


@pytest.fixture
def open_home() -> Iterator[Path]:
    """An empty `$AGENT_HOME` that every user of the machine can enter."""
    home = Path(tempfile.mkdtemp(prefix="agent-home-"))
    home.chmod(0o755)
    yield home
    remove_home(home)
    shutil.rmtree(home)


@pytest.fixture(scope="session")
def standing_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A running cluster for tests that only connect to it."""
    home = tmp_path_factory.mktemp("standing")
    cluster = Cluster(home)
    cluster.start()
    yield cluster
    remove_home(home)


@pytest.fixture
def manage_py() -> ManagePy:
    """Runs `manage.py` in a process of its own, with the given variables; one set to None is removed."""

    def run(*arguments: str, **variables: str | None) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value
            for name, value in (os.environ | variables).items()
            if value is not None and name not in {"DJANGO_SETTINGS_MODULE", *unset(variables)}
        }
        return subprocess.run(
            [sys.executable, str(REPOSITORY / "manage.py"), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def unset(variables: dict[str, str | None]) -> set[str]:
        return {"DATABASE_URL", "DATABASE_OWNER_URL"} - set(variables)

    return run


def remove_home(home: Path) -> None:
    """Stop the cluster of `home` and remove its files, which may stand outside it."""
    directory = cluster_directory(home)
    if directory.exists():
        Cluster(home).stop()
        shutil.rmtree(socket_directory(directory), ignore_errors=True)
        shutil.rmtree(directory)


def connect(cluster: Cluster, *, role: str, database: str = "agent") -> psycopg.Connection:
    """A session on an embedded cluster as one of its roles."""
    host = str(socket_directory(cluster_directory(cluster.home)))
    return psycopg.connect(host=host, dbname=database, user=role, autocommit=True)
