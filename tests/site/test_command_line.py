"""What an operator sees when a command cannot reach its database: one sentence and a failure."""

import json
from pathlib import Path

from agent_site.embedded.placement import cluster_directory
from tests.site.conftest import ManagePy

DEAD = "postgresql://agent_app:secret@127.0.0.1:1/agent"


def test_a_database_that_does_not_answer_gets_one_sentence(manage_py: ManagePy) -> None:
    done = manage_py("migrate", DATABASE_URL=DEAD, DATABASE_OWNER_URL=DEAD)
    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer: ")
    assert "127.0.0.1" in done.stderr
    assert "secret" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_migrating_without_the_owners_address_says_what_to_set(manage_py: ManagePy) -> None:
    done = manage_py("migrate", DATABASE_URL=DEAD)
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_OWNER_URL is not set: ")
    assert "Traceback" not in done.stderr


def test_a_database_without_tables_says_to_migrate(manage_py: ManagePy, home: Path) -> None:
    done = manage_py("run_cycle")
    assert (done.returncode, done.stdout) == (1, "")
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_needs_no_database(manage_py: ManagePy, home: Path) -> None:
    done = manage_py("migrate", "--help")
    assert done.returncode == 0
    assert "usage:" in done.stdout
    assert not (home / "postgres").exists()


def test_embedded_says_where_the_database_is_and_whether_it_runs(manage_py: ManagePy, home: Path) -> None:
    assert manage_py("embedded", "status").returncode == 3
    started = manage_py("embedded", "start")
    assert started.returncode == 0
    assert "state    running" in started.stdout
    assert str(cluster_directory(home)) in started.stdout
    asked = manage_py("embedded", "psql", "-Atc", "SELECT current_user")
    assert asked.stdout == "agent_owner\n"
    assert manage_py("embedded", "stop").stdout == "Stopped.\n"
    assert manage_py("embedded", "stop").stdout == "It was not running.\n"


def test_reading_mail_starts_no_database_and_prints_mails_only(
    manage_py: ManagePy, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "one.eml").write_bytes("From: a@b.test\nSubject: x\n\nGrüße\n".encode())
    for more in ({}, {"DATABASE_URL": DEAD}):
        done = manage_py("evaluate_mail", str(tmp_path), PYTHONIOENCODING="ascii", **more)
        assert (done.returncode, done.stderr) == (0, "")
        assert [json.loads(line)["newest_text"] for line in done.stdout.splitlines()] == ["Grüße"]
    assert not (home / "postgres").exists()


def test_reading_mail_for_a_tenant_asks_the_database(manage_py: ManagePy, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(b"From: a@b.test\nSubject: x\n\nhi\n")
    done = manage_py("evaluate_mail", str(tmp_path), "--tenant=meridian", DATABASE_URL=DEAD)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The database does not answer: ")
