"""Orders that are on hold already get their row in `order_holds`, which keeps their due dates meanwhile."""

from typing import Any

from django.db import migrations

HOLD_SQL = """
    WITH held AS (
        UPDATE orders AS o SET due_date = NULL, vendor_due_date = NULL
        FROM (SELECT id, due_date, vendor_due_date FROM orders WHERE stage = 'on_hold' FOR UPDATE) AS old
        WHERE o.id = old.id AND o.stage = 'on_hold'
        RETURNING o.*, old.due_date AS had_due_date, old.vendor_due_date AS had_vendor_due_date
    )
    INSERT INTO order_holds (tenant_id, order_id, reason, note, until_date, from_stage, stage_since, due_date,
                             vendor_due_date, held_at, held_by, ended_by)
    SELECT tenant_id, id, hold_reason, '', hold_until_date, held_from_stage, ordered_at, had_due_date,
           had_vendor_due_date,
           coalesce((SELECT max(h.at) FROM order_stage_history h WHERE h.order_id = held.id AND h.new = 'on_hold'),
                    created_at),
           'migration', ''
    FROM held
"""
SINCE_SQL = """
    UPDATE orders SET stage_since = coalesce(
        (SELECT max(h.at) FROM order_stage_history h WHERE h.order_id = orders.id AND h.new = orders.stage), ordered_at)
"""


def keep_holds(apps: Any, schema_editor: Any) -> None:
    """Tenant by tenant, because row-level security binds the owner as well."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenants")
        tenants = [row[0] for row in cursor.fetchall()]
        for tenant in tenants:
            cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [str(tenant)])
            cursor.execute(HOLD_SQL)
            cursor.execute(SINCE_SQL)
            cursor.execute(
                "SELECT count(*) FROM orders o WHERE stage = 'on_hold' AND NOT EXISTS"
                " (SELECT FROM order_holds h WHERE h.order_id = o.id AND h.ended_at IS NULL)"
            )
            without = cursor.fetchone()[0]
            if without:
                raise RuntimeError(f"Tenant {tenant}: {without} orders on hold have no hold of theirs.")
        cursor.execute("SELECT set_config('app.tenant_id', '', true)")


class Migration(migrations.Migration):
    dependencies = [
        ("agent", "0004_who_set_the_send_mode"),
        ("orders", "0007_stage_moves"),
    ]

    operations = [migrations.RunPython(keep_holds, migrations.RunPython.noop)]
