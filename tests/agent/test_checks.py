"""What would make the kernel unsafe is said under its id, and neither web server nor worker starts with it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from agent import tenancy
from agent.checks import UNWALLED_SQL, check_engines, refuse_unsafe_start
from agent.registry import registry

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def found_ids():
    return {message.id for message in run_checks(databases=["default"]) if message.id.startswith("agent.")}


@contextmanager
def lowered(table, statement, restored):
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} {statement}")
    try:
        yield
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} {restored}")


@contextmanager
def working_as_owner(monkeypatch):
    tenancy.require_bound_role.cache_clear()
    owner = connections["owner"].settings_dict["USER"]
    with monkeypatch.context() as patched:
        patched.setitem(connections["default"].settings_dict, "USER", owner)
        connection.close()
        yield
    connection.close()
    tenancy.require_bound_role.cache_clear()


def test_a_sound_installation_has_nothing_to_say():
    assert found_ids() == set()
    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("statement", "restored"),
    [
        ("DISABLE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY"),
        ("NO FORCE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY"),
    ],
)
def test_a_tenant_table_without_its_wall_stops_the_start(statement, restored):
    with lowered("warehouse_events", statement, restored):
        assert found_ids() == {"agent.E002"}
        with pytest.raises(ImproperlyConfigured, match=r"warehouse_events .*agent\.E002"):
            refuse_unsafe_start()


def test_a_policy_that_guards_reading_only_stops_the_start():
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE half (LIKE warehouse_events)")
        cursor.execute("ALTER TABLE half ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        cursor.execute("CREATE POLICY half ON half FOR SELECT USING (true)")
        try:
            with connection.cursor() as reading:
                reading.execute(UNWALLED_SQL, [["half", "warehouse_events", "not_there_yet"]])
                assert reading.fetchall() == [("half",)]
        finally:
            cursor.execute("DROP TABLE half")


def test_the_owners_role_stops_the_start(monkeypatch):
    with working_as_owner(monkeypatch):
        assert "agent.E001" in found_ids()
        with pytest.raises(ImproperlyConfigured, match=r"create_roles.*agent\.E001"):
            refuse_unsafe_start()


def test_an_engine_that_nobody_registered_is_an_error():
    assert check_engines() == []
    with registry.override():
        missing = check_engines()
    assert {message.id for message in missing} == {"agent.E003"}
    assert len(missing) == len(list(registry))


@pytest.mark.parametrize(
    "arguments",
    [
        ["-c", "import agent_site.wsgi"],
        ["-m", "celery", "-A", "agent_site", "worker", "--pool", "solo", "--loglevel", "ERROR"],
    ],
    ids=["web", "worker"],
)
def test_a_process_that_the_wall_would_not_hold_does_not_start(arguments, tmp_path):
    owner = connections["owner"].settings_dict
    address = f"postgresql://{owner['USER']}:{owner['PASSWORD']}@/{owner['NAME']}?host={owner['HOST']}"
    environment = {**os.environ, "AGENT_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "agent_site.settings"}
    environment |= {"DATABASE_URL": address, "DATABASE_OWNER_URL": address}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "agent.E001" in done.stderr
