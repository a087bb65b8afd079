from django.db import migrations

from agent.tenancy_operations import TenantTable

# Targets of foreign keys stand before the tables that point at them.
TENANT_TABLES = (
    "Run",
    "Card",
    "CardTransition",
    "Verdict",
    "Intent",
    "PolicyViolation",
    "Task",
    "Lease",
    "LeftAlone",
    "Reflection",
    "Preview",
    "RateLimit",
    "Event",
    "EventCursor",
)


def switch_on(apps, schema_editor):
    """A missing row means stopped, so the row is made with the table."""
    apps.get_model("agent", "SystemConfig").objects.using(schema_editor.connection.alias).get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("agent", "0001_initial")]

    operations = [
        *(TenantTable(name) for name in TENANT_TABLES),
        migrations.RunPython(switch_on, migrations.RunPython.noop),
    ]
