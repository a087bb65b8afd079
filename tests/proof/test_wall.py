"""The wall between tenants under load and malice, and whether the checks of it can fail at all."""

from __future__ import annotations

import runpy
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import psycopg
import pytest
from django.contrib.auth.models import Permission, User
from django.db import DatabaseError, IntegrityError, InterfaceError, connection, connections, transaction
from django.test import Client

from agent.access import set_viewers
from agent.models import Event, Tenant, TenantKind
from agent.tenancy import NoTenantScope, TenantScopeOpen, tenant_scope
from agent_site.home import REPOSITORY
from tests.agent import catalogue
from tests.agent.console_rows import make_row
from tests.agent.processes import database_url
from tests.proof import wall_storm
from tests.proof.wall_storm import (
    Attempt,
    Breach,
    attempt_once,
    look_without_scope,
    ring_task,
    tenant_models,
    tenant_tasks,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TABLE = "CREATE TABLE scratch (id bigint PRIMARY KEY, tenant_id bigint NOT NULL, card_id bigint)"
WALL = "ALTER TABLE scratch ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
CONDITION = catalogue.SCOPED_TENANT_SQL
POLICY = f"CREATE POLICY p ON scratch USING (tenant_id = {CONDITION}) WITH CHECK (tenant_id = {CONDITION})"


def find_tables_at_the_applications_mercy(connection):
    application = connections["default"].settings_dict["USER"]
    return catalogue.find_tables_at_the_mercy_of(application, connection)


def find_unconstrained_keys(connection):
    """Columns of `scratch` that name a card without a constraint."""
    return sorted({("scratch", "card_id")} - catalogue.find_constrained_columns(connection))


# What is wrong with a table, the check that must notice, and what it must name. A sound table comes first.
SOUND = [TABLE, WALL, POLICY]
HOLES = {
    "no wall at all": ([TABLE], catalogue.find_unwalled_tables, ["scratch"]),
    "a policy that nothing enables": ([TABLE, POLICY], catalogue.find_unwalled_tables, ["scratch"]),
    "a wall that does not bind the owner": (
        [*SOUND, "ALTER TABLE scratch NO FORCE ROW LEVEL SECURITY"],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a wall without a policy": ([TABLE, WALL], catalogue.find_unwalled_tables, ["scratch"]),
    "a policy that does not check what is written": (
        [TABLE, WALL, f"CREATE POLICY p ON scratch USING (tenant_id = {CONDITION})"],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a policy that checks something else than it shows": (
        [
            TABLE,
            WALL,
            f"CREATE POLICY p ON scratch USING (tenant_id = {CONDITION}) WITH CHECK (tenant_id IS NOT NULL)",
        ],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a door for administrators": (
        [
            TABLE,
            WALL,
            POLICY.replace(
                f"(tenant_id = {CONDITION})",
                f"(current_setting('app.bypass', true) = 'on' OR tenant_id = {CONDITION})",
            ),
        ],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a policy for reading only": (
        [TABLE, WALL, f"CREATE POLICY p ON scratch FOR SELECT USING (tenant_id = {CONDITION})"],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a second policy, which widens the first": (
        [*SOUND, "CREATE POLICY q ON scratch USING (true)"],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "rows that may have no tenant": (
        [*SOUND, "ALTER TABLE scratch ALTER tenant_id DROP NOT NULL"],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a table in another schema": (
        ["CREATE SCHEMA elsewhere", TABLE.replace("scratch", "elsewhere.scratch")],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a view with its maker's rights": (
        ["CREATE VIEW scratch AS SELECT * FROM kanban_cards"],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a materialised view": (
        ["CREATE MATERIALIZED VIEW scratch AS SELECT * FROM kanban_cards"],
        catalogue.find_unwalled_tables,
        ["scratch"],
    ),
    "a function with its maker's rights": (
        [
            "CREATE FUNCTION scratch() RETURNS bigint LANGUAGE sql SECURITY DEFINER "
            "AS 'SELECT count(*) FROM public.kanban_cards'"
        ],
        catalogue.find_definer_functions,
        ["scratch"],
    ),
    "a key across the wall": (
        [*SOUND, "ALTER TABLE scratch ADD CONSTRAINT across FOREIGN KEY (card_id) REFERENCES kanban_cards"],
        catalogue.find_keys_across_the_wall,
        ["across"],
    ),
    "a key without a constraint": (SOUND, find_unconstrained_keys, [("scratch", "card_id")]),
    "an index over all tenants": (
        [*SOUND, "CREATE INDEX over_all ON scratch (card_id)"],
        catalogue.find_indexes_without_tenant,
        ["over_all"],
    ),
    "a value that may exist once among all tenants": (
        [*SOUND, "CREATE UNIQUE INDEX once ON scratch (card_id, tenant_id)"],
        catalogue.find_indexes_without_tenant,
        ["once"],
    ),
    "a table that the application may empty": (
        [*SOUND, "GRANT TRUNCATE ON scratch TO {application}"],
        find_tables_at_the_applications_mercy,
        ["scratch"],
    ),
    "a table that everybody may empty": (
        [*SOUND, "GRANT TRUNCATE ON scratch TO PUBLIC"],
        find_tables_at_the_applications_mercy,
        ["scratch"],
    ),
}


@pytest.fixture
def build():
    """Executes DDL as the owner; nothing of it outlives the test."""
    application = connections["default"].settings_dict["USER"]

    def execute(*statements):
        with connections["owner"].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement.format(application=application))

    with transaction.atomic(using="owner"):
        yield execute
        transaction.set_rollback(True, using="owner")


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_in_the_wall_is_found(build, hole):
    statements, check, found = HOLES[hole]
    build(*statements)
    assert check(connections["owner"]) == found


def test_what_is_sound_is_not_taken_for_a_hole(build):
    build(
        *SOUND,
        "ALTER TABLE scratch ADD CONSTRAINT within FOREIGN KEY (tenant_id, card_id) "
        "REFERENCES kanban_cards (tenant_id, id)",
        "CREATE INDEX by_card ON scratch (tenant_id, card_id)",
        "CREATE VIEW own_cards WITH (security_invoker = true) AS SELECT * FROM kanban_cards",
        "CREATE FUNCTION scratch() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM public.kanban_cards'",
    )
    checks = {check for _, check, _ in HOLES.values()}
    assert {check.__name__: check(connections["owner"]) for check in checks} == {
        check.__name__: [] for check in checks
    }


# Threads that want a connection, and how many there are to have.
THREADS = 16
POOL = 4
# Before every so many operations the backend of some borrower is ended.
KILL_EVERY = 40
END_A_BACKEND = """
    SELECT pg_terminate_backend(pid) FROM (
        SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        ORDER BY random() LIMIT 1) AS unlucky
"""


def settings_with_a_pool():
    """The application's database as the settings have it when `DATABASE_POOL` is on."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_POOL", "true")
        return runpy.run_path(str(REPOSITORY / "agent_site" / "settings.py"))["DATABASES"]["default"]


@pytest.fixture
def small_pool():
    """A pool of connections smaller than the crowd, as a web server has it."""
    pooled = settings_with_a_pool()
    pooled["OPTIONS"]["pool"] |= {"max_size": POOL, "timeout": 60}
    kept = {name: connection.settings_dict[name] for name in ("OPTIONS", "CONN_HEALTH_CHECKS")}
    connection.close()
    connection.settings_dict |= {name: pooled[name] for name in kept}
    try:
        yield pooled["OPTIONS"]["pool"]
    finally:
        connection.close()
        connection.close_pool()
        connection.settings_dict |= kept


@pytest.fixture
def quiet(harborpine):
    """A third company, which does nothing: whatever happens to its rows, others have done."""
    return Tenant.objects.create(slug="quiet", name="Quiet & Sons", kind=TenantKind.AMC, agent_enabled=False)


@pytest.fixture
def rows(meridian, harborpine, quiet):
    """The ids of some rows of each company in every tenant table."""
    made = {}
    for tenant in (meridian, harborpine, quiet):
        with tenant_scope(tenant):
            for model in tenant_models():
                made[model, tenant.pk] = [make_row(model).pk]
                # A second one where the table takes more than one such row of a company.
                with suppress(IntegrityError), transaction.atomic():
                    made[model, tenant.pk].append(make_row(model).pk)
    return made


@pytest.fixture
def staff(meridian, harborpine):
    """For each acting company one of its own people, who may do everything, and see nobody else's rows."""
    people = {}
    for tenant in (meridian, harborpine):
        person = User.objects.create_user(f"staff-{tenant.slug}", is_staff=True)
        person.user_permissions.set(Permission.objects.all())
        set_viewers(tenant=tenant, users=[person])
        people[tenant.pk] = person
    return people


def digest(tenant):
    """What PostgreSQL holds of a company in every tenant table, read as their owner."""
    found = {}
    with tenant_scope(tenant, using="owner"), connections["owner"].cursor() as cursor:
        for model in tenant_models():
            cursor.execute(
                f"SELECT count(*), md5(string_agg(t::text, ',' ORDER BY t::text)) "
                f'FROM "{model._meta.db_table}" t WHERE tenant_id = %s',
                [tenant.pk],
            )
            found[model._meta.label] = cursor.fetchone()
    return found


@dataclass
class Storm:
    """Many threads that attack; what they managed, what came in between, and what they should not have reached."""

    actors: list[Tenant]
    rival: Tenant
    rows: dict
    staff: dict
    size: int
    name: str
    models: list = field(default_factory=tenant_models)
    done: Counter = field(default_factory=Counter)
    disturbed: Counter = field(default_factory=Counter)
    touched: set = field(default_factory=set)
    breaches: list = field(default_factory=list)

    def run(self, proof):
        self.numbers = iter(range(self.size))
        self.lock = threading.Lock()
        threads = [
            threading.Thread(
                target=self.attack, args=(proof.random(f"{self.name}-{number}"), self.open_browsers())
            )
            for number in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self

    def open_browsers(self):
        """One for each company, logged in while it is quiet: what breaks off a log-in leaves half a session."""
        browsers = {pk: Client() for pk in self.staff}
        for pk, browser in browsers.items():
            browser.force_login(self.staff[pk])
        return browsers

    def attack(self, chance, browsers):
        """One thread: operation after operation, each on a connection borrowed for it."""
        while (number := self.draw()) is not None:
            if number % KILL_EVERY == 0:
                self.end_a_backend()
            tenant = chance.choice(self.actors)
            attempt = Attempt(
                tenant=tenant,
                rival=self.rival,
                model=self.models[number % len(self.models)],
                rows=self.rows,
                chance=chance,
                browser=browsers[tenant.pk],
            )
            try:
                self.note(self.done, attempt_once(attempt))
            except Breach as breach:
                self.breaches.append(str(breach))
            except (DatabaseError, InterfaceError, psycopg.Error) as error:
                self.note(self.disturbed, getattr(error.__cause__ or error, "sqlstate", None) or "hung up")
            finally:
                self.touched.add(attempt.model)
                connection.close()

    def draw(self):
        with self.lock:
            return next(self.numbers, None)

    def note(self, counter, what):
        with self.lock:
            counter[what] += 1

    def end_a_backend(self):
        with psycopg.connect(database_url("default"), autocommit=True) as killer:
            killer.execute(END_A_BACKEND)


@pytest.fixture
def storm(meridian, harborpine, quiet, rows, staff, small_pool):
    """Prepares a storm of the two companies against the third."""

    def prepare(size, name, **changes):
        actors = [meridian, harborpine]
        return Storm(actors=actors, rival=quiet, rows=rows, staff=staff, size=size, name=name, **changes)

    return prepare


def test_no_operation_reaches_a_foreign_row(storm, quiet, proof):
    before = digest(quiet)
    assert all(count for count, _ in before.values())
    held = storm(proof.size(short=600, long=12_000), "wall").run(proof)
    assert held.breaches == []
    assert digest(quiet) == before
    # That the storm was one: every operation succeeded at times, on every table, and was disturbed at times.
    assert set(held.done) == {operation.__name__ for operation in wall_storm.SCOPED | wall_storm.UNSCOPED}
    assert held.touched == set(tenant_models())
    assert {"57014", "57P01"} <= set(held.disturbed)
    assert held.done.total() > held.size / 2


def test_the_storm_notices_a_wall_that_is_down(storm, proof):
    """The same storm on one table without its wall, as the owner might leave it after a repair."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE warehouse_events DISABLE ROW LEVEL SECURITY")
    try:
        held = storm(60, "no-wall", models=[Event]).run(proof)
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE warehouse_events ENABLE ROW LEVEL SECURITY")
    assert len(held.breaches) > held.size / 2


def test_a_scope_that_was_left_behind_is_noticed_by_the_next_borrower(
    rows, meridian, quiet, proof, small_pool
):
    """What would happen if a scope were set for the session instead of the transaction."""
    small_pool["max_size"] = 1
    attempt = Attempt(
        tenant=meridian, rival=quiet, model=Event, rows=rows, chance=proof.random("leak"), browser=Client()
    )
    look_without_scope(attempt)
    wall_storm.execute("SELECT set_config('app.tenant_id', %s, false)", [str(meridian.pk)])
    connection.close()
    with pytest.raises(Breach, match="handed on with the scope"):
        look_without_scope(attempt)


def test_a_connection_whose_backend_has_ended_is_not_handed_out(small_pool, meridian):
    """A restart of the server costs no request."""
    with tenant_scope(meridian):
        assert Event.objects.count() == 0
    connection.close()
    with psycopg.connect(database_url("default"), autocommit=True) as killer:
        assert killer.execute(END_A_BACKEND).fetchall() == [(True,)]
    with tenant_scope(meridian):
        assert Event.objects.count() == 0


def test_rows_cannot_be_read_on_after_their_scope(meridian, rows):
    with tenant_scope(meridian):
        begun = Event.objects.iterator(chunk_size=1)
        next(begun)
        lazy = Event.objects.all()
    with pytest.raises(DatabaseError):
        next(begun)
    with pytest.raises(NoTenantScope):
        list(lazy)


def test_a_released_savepoint_leaves_nothing_of_its_scope_behind(meridian, rows):
    with pytest.raises(ZeroDivisionError), tenant_scope(meridian):
        with transaction.atomic():
            assert Event.objects.count() == 2
        raise ZeroDivisionError
    assert wall_storm.execute(
        "SELECT current_setting('app.tenant_id', true), count(*) FROM warehouse_events"
    ) == [("", 0)]


def test_a_task_of_one_tenant_cannot_be_rung_without_naming_it(meridian):
    assert tenant_tasks()
    for task in tenant_tasks():
        with pytest.raises(TypeError, match="tenant_id"):
            task()
        with pytest.raises(TypeError, match="tenant_id"):
            task.delay()


def test_a_task_of_one_tenant_opens_its_own_scope_and_takes_nobody_elses(meridian):
    for task in tenant_tasks():
        with pytest.raises(TenantScopeOpen), tenant_scope(meridian):
            ring_task(task, tenant_id=meridian.pk)
