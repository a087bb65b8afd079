import agent.tenancy
import django.db.models.deletion
from django.db import migrations, models

from agent.tenancy_operations import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("agent", "0004_who_set_the_send_mode"),
        ("mail", "0006_provider_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="DomainCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=253)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("passed", "In order"),
                            ("failed", "Something is missing"),
                            ("no_news", "The DNS did not answer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("findings", models.JSONField(default=list)),
                ("checked_at", models.DateTimeField(verbose_name="when")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=agent.tenancy.scoped_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agent.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "sending_domain_checks",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "domain", "checked_at"], name="domain_checks_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["passed", "failed", "no_news"])),
                        name="domain_checks_result_known",
                    )
                ],
            },
        ),
        TenantTable("DomainCheck"),
    ]
