"""Random work of one tenant that is after a rival's rows: by the ORM, raw SQL, relations, the console and tasks.

Here: the single operations, each of which fails loudly when it reaches a foreign row. Threads, pool and the evidence
of the rows themselves are in `test_wall.py`. Models, relations and tasks are found, not listed: a new one takes part.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, DataError, IntegrityError, connection, models, transaction
from django.db.models import Count, Max
from django.test import Client
from django.urls import reverse

from agent.models import Tenant
from agent.tenancy import TenantForeignKey, TenantModel, tenant_scope

# SQLSTATE of a row that the policy does not let in: insufficient_privilege.
REFUSED = "42501"


class Breach(AssertionError):
    """A foreign row was read or changed, or a scope was left behind for the next borrower of a connection."""


class Disturbance(Exception):
    """Raised on purpose in the middle of a unit of work."""


@dataclass(frozen=True)
class Attempt:
    """One operation's circumstances: who acts, on which table, and the rows that each tenant began with."""

    tenant: Tenant
    rival: Tenant
    model: type[models.Model]
    rows: Mapping[tuple[type[models.Model], int], Sequence[Any]]
    chance: random.Random
    browser: Client

    @property
    def own(self) -> list[Any]:
        """Ids of rows of the acting tenant."""
        return list(self.rows[self.model, self.tenant.pk])

    @property
    def foreign(self) -> list[Any]:
        """Ids of rows of the rival, as an attacker might have learnt them."""
        return list(self.rows[self.model, self.rival.pk])

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return self.model._meta.pk.column

    def expect(self, is_safe: bool, what: str) -> None:
        if not is_safe:
            raise Breach(f"{self.model._meta.label}: {what}")


def tenant_models() -> list[type[models.Model]]:
    """Every tenant table of the installation, in a fixed order."""
    found = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    return sorted(found, key=lambda model: model._meta.label)


NOBODYS_ID = 2**62


def tenant_tasks() -> list[Any]:
    """Every Celery task that works for one tenant, in a fixed order."""
    current_app.loader.import_default_modules()
    named = sorted(current_app.tasks.items())
    return [task for _, task in named if "tenant_id" in inspect.signature(task.run).parameters]


def ring_task(task: Any, *, tenant_id: int) -> Any:
    """Run a tenant's task here and now; one that names a row of the tenant's as well gets one that nobody has."""
    others = [name for name in inspect.signature(task.run).parameters if name != "tenant_id"]
    return task(tenant_id=tenant_id, **dict.fromkeys(others, NOBODYS_ID))


def execute(sql: str, parameters: list[Any] | None = None) -> Any:
    """One statement on this thread's connection: its rows, or how many it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def look_without_scope(attempt: Attempt) -> None:
    """What a borrower of a connection finds before it opens a scope: nothing set, nothing to see."""
    ((setting,),) = execute("SELECT current_setting('app.tenant_id', true)")
    attempt.expect(not setting, f"a connection was handed on with the scope of tenant {setting}")
    ((rows,),) = execute(f'SELECT count(*) FROM "{attempt.table}"')
    attempt.expect(rows == 0, f"{rows} rows were visible without a scope")


def read(attempt: Attempt) -> None:
    """Rows, counts and aggregates, with and without asking for the rival's."""
    rows = attempt.model._base_manager
    seen = set(rows.values_list("tenant_id", flat=True))
    attempt.expect(seen <= {attempt.tenant.pk}, f"rows of tenants {seen} were read")
    theirs = rows.filter(pk__in=attempt.foreign)
    attempt.expect(theirs.first() is None, "a foreign row was read by its id")
    attempt.expect(theirs.count() == 0, "foreign rows were counted")
    attempt.expect(not rows.filter(tenant_id=attempt.rival.pk).exists(), "the rival's rows exist")
    figures = theirs.aggregate(rows=Count("pk"), last=Max("pk"))
    attempt.expect(figures == {"rows": 0, "last": None}, f"foreign rows were added up: {figures}")


def lock(attempt: Attempt) -> None:
    theirs = attempt.model._base_manager.filter(pk__in=attempt.foreign).select_for_update(skip_locked=True)
    attempt.expect(list(theirs) == [], "a foreign row was locked")


def update(attempt: Attempt) -> None:
    theirs = attempt.model._base_manager.filter(pk__in=attempt.foreign)
    attempt.expect(theirs.update(tenant_id=attempt.tenant.pk) == 0, "foreign rows were updated")


def delete(attempt: Attempt) -> None:
    theirs = attempt.model._base_manager.filter(pk__in=attempt.foreign)
    attempt.expect(theirs._raw_delete(theirs.db) == 0, "foreign rows were deleted")


def give_away(attempt: Attempt) -> None:
    """Move an own row to the rival."""
    mine = attempt.model._base_manager.filter(pk__in=attempt.own)
    _expect_refusal(attempt, lambda: mine.update(tenant_id=attempt.rival.pk), "a row was moved to the rival")


def insert_for_the_rival(attempt: Attempt) -> None:
    clone = attempt.model._base_manager.filter(pk__in=attempt.own).first()
    if clone is not None:
        clone.pk, clone.tenant_id = None, attempt.rival.pk
        rows = attempt.model._base_manager
        _expect_refusal(attempt, lambda: len(rows.bulk_create([clone])), "a row was made for the rival")


def read_in_sql(attempt: Attempt) -> None:
    seen = {tenant for (tenant,) in execute(f'SELECT DISTINCT tenant_id FROM "{attempt.table}"')}
    attempt.expect(seen <= {attempt.tenant.pk}, f"rows of tenants {seen} were read in SQL")
    theirs = f'SELECT 1 FROM "{attempt.table}" WHERE tenant_id = %s OR "{attempt.key}" = ANY(%s)'
    found = execute(theirs, [attempt.rival.pk, attempt.foreign])
    attempt.expect(found == [], "foreign rows were read in SQL")


def write_in_sql(attempt: Attempt) -> None:
    for sql in (
        f'UPDATE "{attempt.table}" SET tenant_id = tenant_id WHERE "{attempt.key}" = ANY(%s)',
        f'DELETE FROM "{attempt.table}" WHERE "{attempt.key}" = ANY(%s)',
    ):
        attempt.expect(execute(sql, [attempt.foreign]) == 0, f"SQL changed foreign rows: {sql}")


def follow_relations(attempt: Attempt) -> None:
    """From an object that claims a foreign id to what belongs to it, and from an own row across a key."""
    claimed = attempt.model(pk=attempt.foreign[0], tenant_id=attempt.rival.pk)
    for relation in attempt.model._meta.related_objects:
        if issubclass(relation.related_model, TenantModel):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: claimed})
            attempt.expect(not rows.exists(), f"{relation.name} of a foreign row was read")
    for field in _tenant_keys(attempt.model):
        for row in attempt.model._base_manager.select_related(field.name)[:5]:
            target = getattr(row, field.name)
            is_own = target is None or target.tenant_id == attempt.tenant.pk
            attempt.expect(is_own, f"{field.name} led across the wall")


def claim_a_foreign_target(attempt: Attempt) -> None:
    """Point an own key at a row of the rival: unreadable through the key, and refused by the constraint."""
    for field in _tenant_keys(attempt.model):
        theirs = attempt.rows[field.related_model, attempt.rival.pk][0]
        pointing = attempt.model(**{field.attname: theirs})
        try:
            getattr(pointing, field.name)
        except ObjectDoesNotExist:
            pass
        else:
            raise Breach(f"{attempt.model._meta.label}.{field.name} read a foreign row")
        try:
            with transaction.atomic():
                mine = attempt.model._base_manager.filter(pk__in=attempt.own)
                changed = mine.update(**{field.attname: theirs})
                execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError:
            continue
        attempt.expect(changed == 0, f"{field.name} points across the wall")


def browse(attempt: Attempt) -> None:
    """A list and a foreign row's page in the console, as staff of the acting tenant."""
    page = f"admin:{attempt.model._meta.app_label}_{attempt.model._meta.model_name}"
    listed = attempt.browser.get(reverse(f"{page}_changelist"))
    if listed.headers.get("Location", "").endswith("?e=1"):
        # What the admin makes of any error while it reads a list, a backend that was ended among them.
        raise DatabaseError("The list could not be read.")
    attempt.expect(
        listed.status_code == 200,
        f"the list answered {listed.status_code} {listed.headers.get('Location', '')}",
    )
    for pk in attempt.foreign:
        address = reverse(f"{page}_change", args=[pk])
        attempt.expect(address not in listed.content.decode(), f"the list links to foreign row {pk}")
        attempt.expect(attempt.browser.get(address).status_code in (302, 404), f"row {pk} has a page")


def ring(attempt: Attempt) -> None:
    """A task of the acting tenant, as a worker calls it."""
    task = attempt.chance.choice(tenant_tasks())
    with suppress(ObjectDoesNotExist):
        ring_task(task, tenant_id=attempt.tenant.pk)


# Operations inside a scope, and those that open their own; the numbers are how often each is drawn.
SCOPED: dict[Callable[[Attempt], None], int] = {
    read: 20,
    lock: 6,
    update: 10,
    delete: 10,
    give_away: 8,
    insert_for_the_rival: 10,
    read_in_sql: 12,
    write_in_sql: 10,
    follow_relations: 8,
    claim_a_foreign_target: 6,
}
UNSCOPED: dict[Callable[[Attempt], None], int] = {browse: 4, ring: 1}


def attempt_once(attempt: Attempt) -> str:
    """One borrowed connection: look around, do one unit of work, perhaps come to grief in it; its name."""
    look_without_scope(attempt)
    drawn = SCOPED | UNSCOPED
    (operation,) = attempt.chance.choices(list(drawn), weights=list(drawn.values()))
    if operation in UNSCOPED:
        operation(attempt)
        return operation.__name__
    grief = attempt.chance.choice([None, None, None, "raise", "timeout", "savepoint"])
    try:
        with tenant_scope(attempt.tenant):
            # So that two threads that want the same own rows do not wait for each other for long.
            execute("SET LOCAL lock_timeout = '2s'")
            _suffer(grief)
            operation(attempt)
            if grief == "raise":
                raise Disturbance
    except Disturbance:
        pass
    return operation.__name__


def _suffer(grief: str | None) -> None:
    """What may happen to a unit of work before it begins in earnest."""
    if grief == "timeout":
        execute("SET LOCAL statement_timeout = 1")
        execute("SELECT pg_sleep(1)")
    if grief == "savepoint":
        try:
            with transaction.atomic():
                execute("SELECT 1 / 0")
        except DataError:
            return


def _expect_refusal(attempt: Attempt, change: Callable[[], int], what: str) -> None:
    """A change that the policy must refuse; changing nothing, because the rows are gone, is as good."""
    try:
        with transaction.atomic():
            changed = change()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) != REFUSED:
            raise
        return
    attempt.expect(changed == 0, what)


def _tenant_keys(model: type[models.Model]) -> list[TenantForeignKey]:
    return [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]
