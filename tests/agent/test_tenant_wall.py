"""The wall between tenants: what PostgreSQL refuses, tried as the application's role, and what Python makes loud."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from agent import tenancy
from agent.models import Card, Event, Run, Tenant, Trigger
from agent.states import RunState
from agent.tenancy import NoTenantScope, RoleNotBound, TenantForeignKey, TenantModel, tenant_scope
from tests.agent import catalogue

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def add_event(tenant, now, subject="1"):
    with tenant_scope(tenant):
        return Event.objects.create(kind="tested", subject_kind="thing", subject_id=subject, occurred_at=now)


def count_raw(sql="SELECT count(*) FROM warehouse_events"):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_every_table_is_global_or_walled():
    assert catalogue.find_unwalled_tables(connections["owner"]) == []


def test_no_function_lends_its_makers_rights():
    assert catalogue.find_definer_functions(connections["owner"]) == []


def test_the_application_can_empty_no_table_and_owns_none():
    application = connections["default"].settings_dict["USER"]
    assert catalogue.find_tables_at_the_mercy_of(application, connections["owner"]) == []


def test_every_key_between_tenant_tables_carries_the_tenant():
    assert catalogue.find_keys_across_the_wall(connections["owner"]) == []
    constrained = catalogue.find_constrained_columns(connections["owner"])
    declared = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.local_fields
        if isinstance(field, TenantForeignKey)
    }
    assert declared and declared <= constrained


def test_every_index_of_a_tenant_table_starts_with_the_tenant():
    assert catalogue.find_indexes_without_tenant(connections["owner"]) == []


def test_every_model_with_a_tenant_is_guarded():
    walled = [
        model for model in apps.get_models() if any(f.column == "tenant_id" for f in model._meta.local_fields)
    ]
    assert walled and all(issubclass(model, TenantModel) for model in walled)
    assert all(hasattr(model._base_manager.get_queryset(), "_fetch_all") for model in walled)
    unguarded = [m for m in walled if not isinstance(m._base_manager.get_queryset(), tenancy.TenantQuerySet)]
    assert unguarded == []


def test_raw_sql_shows_only_the_rows_of_the_scope(meridian, harborpine, now):
    add_event(meridian, now)
    add_event(harborpine, now)
    assert count_raw() == 0
    with tenant_scope(meridian):
        assert count_raw() == 1
        assert count_raw(f"SELECT count(*) FROM warehouse_events WHERE tenant_id = {harborpine.pk}") == 0
    assert count_raw() == 0


def test_a_row_for_another_tenant_is_refused(meridian, harborpine, now):
    event = add_event(meridian, now)
    with pytest.raises(DatabaseError, match="row-level security"), tenant_scope(harborpine):
        Event.objects.create(
            tenant_id=meridian.pk, kind="x", subject_kind="x", subject_id="1", occurred_at=now
        )
    with pytest.raises(DatabaseError, match="row-level security"), tenant_scope(meridian):
        Event.objects.filter(pk=event.pk).update(tenant_id=harborpine.pk)


def test_rows_of_another_tenant_can_be_neither_changed_nor_deleted(meridian, harborpine, now):
    event = add_event(meridian, now)
    with tenant_scope(harborpine):
        assert Event.objects.filter(pk=event.pk).update(kind="stolen") == 0
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM warehouse_events")
            assert cursor.rowcount == 0
    with tenant_scope(meridian):
        assert Event.objects.get().kind == "tested"


def test_a_key_cannot_point_across_the_wall(meridian, harborpine, now):
    with tenant_scope(meridian):
        run = Run.objects.create(trigger=Trigger.MANUAL, state=RunState.RUNNING, cycle_at=now, started_at=now)
    with pytest.raises(IntegrityError), tenant_scope(harborpine):
        Card.objects.create(
            kind="x", engine="x", dedupe_key="x", subject_kind="x", subject_id="1", subject_label="x",
            reason="x", not_before=now, proposed_at=now, run_id=run.pk,
        )  # fmt: skip


def test_the_application_can_neither_truncate_nor_lower_the_wall():
    for sql in (
        "TRUNCATE warehouse_events",
        "ALTER TABLE warehouse_events DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant_isolation ON warehouse_events",
        "CREATE TABLE mine (id int)",
        "SET ROLE agent_owner",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_query_without_a_scope_is_loud_and_building_one_is_not(meridian, now):
    queryset = Event.objects.filter(kind="tested").order_by("id")
    for run in (
        lambda: list(queryset),
        queryset.count,
        queryset.exists,
        queryset.first,
        queryset.delete,
        lambda: queryset.update(kind="x"),
        lambda: list(queryset.iterator()),
        lambda: Event.objects.create(kind="x", subject_kind="x", subject_id="1", occurred_at=now),
        lambda: Event.objects.bulk_create(
            [Event(kind="x", subject_kind="x", subject_id="1", occurred_at=now)]
        ),
    ):
        with pytest.raises(NoTenantScope):
            run()


def test_related_rows_are_guarded_too(meridian, now):
    with tenant_scope(meridian):
        run = Run.objects.create(trigger=Trigger.MANUAL, state=RunState.RUNNING, cycle_at=now, started_at=now)
    with pytest.raises(NoTenantScope):
        run.cards.count()
    with pytest.raises(NoTenantScope):
        run.refresh_from_db()


def test_a_scope_inside_a_transaction_is_refused(meridian, harborpine):
    with pytest.raises(RuntimeError), transaction.atomic(), tenant_scope(meridian):
        pass
    with pytest.raises(RuntimeError), tenant_scope(meridian), tenant_scope(harborpine):
        pass


def test_nothing_of_a_scope_is_left_after_it(meridian, now):
    add_event(meridian, now)
    with pytest.raises(ZeroDivisionError), tenant_scope(meridian):
        raise ZeroDivisionError
    assert count_raw() == 0
    with pytest.raises(NoTenantScope):
        Event.objects.count()


def test_callbacks_after_the_commit_have_no_scope(meridian):
    seen = []

    def look():
        seen.append(count_raw())
        with pytest.raises(NoTenantScope):
            Event.objects.count()

    with tenant_scope(meridian):
        transaction.on_commit(look)
    assert seen == [0]


def test_a_role_that_the_wall_does_not_bind_is_refused(meridian, monkeypatch):
    tenancy.require_bound_role.cache_clear()
    monkeypatch.setitem(
        connections["default"].settings_dict, "USER", connections["owner"].settings_dict["USER"]
    )
    connection.close()
    try:
        with pytest.raises(RoleNotBound, match="create_roles"), tenant_scope(meridian):
            pass
    finally:
        monkeypatch.undo()
        connection.close()
        tenancy.require_bound_role.cache_clear()


def test_tenants_are_told_apart_by_name_not_by_a_wall(meridian, harborpine):
    assert Tenant.objects.count() == 2
