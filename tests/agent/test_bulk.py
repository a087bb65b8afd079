"""Many rows in one statement: stored, replaced by their key, and changed by their id, in one tenant alone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agent.bulk import insert_rows, insert_whole, read_rows, update_rows, upsert_rows, values_of
from agent.models import Event, Tenant
from agent.tenancy import NoTenantScope, tenant_scope
from engagement.mail.models import Attachment, Direction, Message, SenderStanding, Thread, Tier
from orders.models import AddOn, Order
from tests.orders.cast import make_client, make_desk, make_order

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 23, 16, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def rivals_add_on(harborpine: Tenant) -> AddOn:
    with tenant_scope(harborpine):
        return AddOn.objects.create(code="ACRE", name="Acreage", price=Decimal("1.00"))


def _add_ons(tenant: Tenant) -> dict[str, tuple[str, Decimal | None]]:
    with tenant_scope(tenant):
        return {row.code: (row.name, row.price) for row in AddOn.objects.order_by("id")}


def test_insert_returns_the_keys_in_the_order_of_the_rows(meridian: Tenant) -> None:
    rows = [{"code": code, "name": code.title()} for code in ("B", "A", "C")]
    with tenant_scope(meridian), CaptureQueriesContext(connection) as queries:
        keys = insert_rows(AddOn, rows, price=Decimal("5.25"), percent_of_fee=None, is_active=True)
        assert len(queries) == 1
        assert [AddOn.objects.get(pk=key).code for key in keys] == ["B", "A", "C"]
    assert _add_ons(meridian)["A"] == ("A", Decimal("5.25"))


def test_upsert_replaces_what_stands_under_the_key_in_this_tenant_alone(
    meridian: Tenant, harborpine: Tenant, rivals_add_on: AddOn
) -> None:
    def upsert(name: str, price: str) -> None:
        row = {
            "code": "ACRE",
            "name": name,
            "price": Decimal(price),
            "percent_of_fee": None,
            "is_active": True,
        }
        with tenant_scope(meridian):
            upsert_rows(AddOn, [row], key=("code",))

    upsert("Acres", "125.00")
    upsert("More than 5 acres", "130.00")
    assert _add_ons(meridian) == {"ACRE": ("More than 5 acres", Decimal("130.00"))}
    assert _add_ons(harborpine) == {"ACRE": ("Acreage", Decimal("1.00"))}


def test_update_changes_only_the_columns_that_a_row_names(meridian: Tenant) -> None:
    make_desk(meridian)
    with tenant_scope(meridian):
        client = make_client()
        first, second = (make_order(number, client) for number in ("MV-1", "MV-2"))
        rows = [
            {"id": first.pk, "tech_fee": None, "vendor_hidden_fields": ["loan_amount"]},
            {"id": second.pk, "total_amount": Decimal("640.10")},
        ]
        with CaptureQueriesContext(connection) as queries:
            update_rows(Order, rows, validated_at=MOMENT)
        assert len(queries) == 1
        first.refresh_from_db()
        second.refresh_from_db()
    assert (first.tech_fee, first.vendor_hidden_fields, first.total_amount) == (
        None, ["loan_amount"], Decimal("645.00"),
    )  # fmt: skip
    assert (second.tech_fee, second.vendor_hidden_fields, second.total_amount) == (
        Decimal("20.00"), [], Decimal("640.10"),
    )  # fmt: skip
    assert first.validated_at == second.validated_at == MOMENT


def test_update_leaves_a_rivals_row_as_it_is(
    meridian: Tenant, harborpine: Tenant, rivals_add_on: AddOn
) -> None:
    with tenant_scope(meridian):
        update_rows(AddOn, [{"id": rivals_add_on.pk, "name": "Taken over"}])
    assert _add_ons(harborpine) == {"ACRE": ("Acreage", Decimal("1.00"))}


def test_nothing_is_asked_of_the_database_for_no_rows(meridian: Tenant) -> None:
    with tenant_scope(meridian), CaptureQueriesContext(connection) as queries:
        assert insert_rows(AddOn, []) == []
        upsert_rows(AddOn, [], key=("code",))
        update_rows(AddOn, [])
    assert not queries.captured_queries


def test_rows_need_a_tenant(meridian: Tenant) -> None:
    with pytest.raises(NoTenantScope):
        insert_rows(AddOn, [{"code": "A", "name": "A"}])
    with pytest.raises(NoTenantScope):
        upsert_rows(AddOn, [{"code": "A", "name": "A"}], key=("code",))
    with pytest.raises(NoTenantScope):
        update_rows(AddOn, [{"id": 1, "name": "A"}])


def test_a_row_is_read_as_the_orm_reads_it_in_this_tenant_alone(
    meridian: Tenant, rivals_add_on: AddOn
) -> None:
    with tenant_scope(meridian):
        for code, price in (("B", None), ("A", Decimal("2.50"))):
            AddOn.objects.create(
                code=code, name=code, price=price, percent_of_fee=None if price else Decimal("1")
            )
        rows = read_rows(AddOn, "code <> %s ORDER BY code LIMIT 5", ["C"])
        assert rows == list(AddOn.objects.order_by("code"))
        names = [field.attname for field in AddOn._meta.concrete_fields]
        assert [values_of(row, names) for row in rows] == list(AddOn.objects.order_by("code").values(*names))
        (short,) = read_rows(AddOn, "code = 'A'", columns=("id", "tenant_id", "name"))
        assert short.get_deferred_fields() == {"code", "price", "percent_of_fee", "is_active"}
        assert (short.name, short.price) == ("A", Decimal("2.50"))


def test_json_is_read_as_the_orm_reads_it(meridian: Tenant) -> None:
    with tenant_scope(meridian):
        insert_rows(
            Event,
            [{"kind": "x", "subject_kind": "y", "subject_id": "1", "data": {"n": [1]}}],
            occurred_at=MOMENT,
        )
        (event,) = read_rows(Event, "kind = 'x'")
    assert event.data == {"n": [1]} and event.occurred_at == MOMENT


def test_whole_rows_are_stored_byte_for_byte_with_their_keys_in_this_tenant_alone(
    meridian: Tenant, harborpine: Tenant
) -> None:
    with tenant_scope(meridian), CaptureQueriesContext(connection) as queries:
        thread = Thread.objects.create(root_message_id="<a@b.test>", last_message_at=MOMENT)
        message = Message(
            message_id="<a@b.test>",
            thread=thread,
            direction=Direction.IN,
            tier=Tier.HUMAN,
            standing=SenderStanding.STRANGER,
            headers=[["Subject", 'a "quoted" \\ one']],
            body_text="line\n{braces}, \\x and 100 %s",
            size=1,
            sent_at=MOMENT,
            stored_at=MOMENT,
        )
        insert_whole([message])
        files = [
            Attachment(
                message=message,
                filename=f"{n}.bin",
                content_type="x/y",
                size=256,
                sha256="0",
                content=content,
            )
            for n, content in enumerate((bytes(range(256)), b"", b"\\x00"))
        ]
        insert_whole(files)
        assert len(queries) == 3
        stored = Message.objects.get(pk=message.pk)
        assert (stored.body_text, stored.headers, stored.sent_at) == (
            message.body_text,
            message.headers,
            MOMENT,
        )
        assert [bytes(Attachment.objects.get(pk=file.pk).content) for file in files] == [
            file.content for file in files
        ]
    with tenant_scope(harborpine):
        assert not Attachment.objects.exists()


def test_nothing_is_read_or_stored_whole_outside_a_scope(meridian: Tenant) -> None:
    with pytest.raises(NoTenantScope):
        read_rows(AddOn, "true")
    with pytest.raises(NoTenantScope):
        insert_whole([AddOn(code="A", name="A", tenant=meridian)])
