import agent.tenancy
import django.db.models.deletion
from django.db import migrations, models

from agent.tenancy_operations import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("agent", "0004_who_set_the_send_mode"),
        ("mail", "0005_mail_links"),
    ]

    operations = [
        migrations.AlterField(
            model_name="bounce",
            name="message",
            field=agent.tenancy.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bounces",
                to="mail.message",
            ),
        ),
        migrations.CreateModel(
            name="ProviderEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("provider", models.CharField(max_length=20)),
                ("event_id", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accepted", "Taken by the provider"),
                            ("delayed", "Not delivered yet"),
                            ("delivered", "Delivered"),
                            ("failed", "Never sent"),
                            ("bounced", "Bounced"),
                            ("unsubscribed", "They asked not to be written to"),
                            ("complained", "They reported it as spam"),
                        ],
                        max_length=12,
                    ),
                ),
                ("message_id", models.CharField(max_length=998, verbose_name="Message-ID")),
                ("email_normalised", models.CharField(max_length=254, verbose_name="address")),
                ("detail", models.CharField(blank=True, max_length=500, verbose_name="in words")),
                ("at", models.DateTimeField(verbose_name="when")),
                ("received_at", models.DateTimeField()),
                (
                    "card",
                    agent.tenancy.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agent.card",
                    ),
                ),
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
                "db_table": "mail_provider_events",
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "card"], name="provider_events_card"),
                    models.Index(fields=["tenant", "message_id"], name="provider_events_message"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "provider", "event_id"), name="provider_events_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "accepted",
                                    "delayed",
                                    "delivered",
                                    "failed",
                                    "bounced",
                                    "unsubscribed",
                                    "complained",
                                ],
                            )
                        ),
                        name="provider_events_kind_known",
                    ),
                ],
            },
        ),
        TenantTable("ProviderEvent"),
    ]
