import agent.tenancy
import django.db.models.deletion
from django.db import migrations, models

from agent.tenancy_operations import TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("agent", "0002_tenant_wall"),
        ("engagement", "0001_initial"),
        ("mail", "0002_provider_failures"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="emailsuppression",
            name="email_suppressions_scope_known",
        ),
        migrations.RemoveConstraint(
            model_name="emailsuppression",
            name="email_suppressions_reason_known",
        ),
        migrations.RemoveConstraint(
            model_name="emailsuppression",
            name="email_suppressions_one_open",
        ),
        migrations.AddField(
            model_name="emailsuppression",
            name="contact",
            field=agent.tenancy.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="suppressions",
                to="engagement.contact",
            ),
        ),
        migrations.AlterField(
            model_name="emailsuppression",
            name="reason",
            field=models.CharField(
                choices=[
                    ("hard_bounce", "The address does not exist"),
                    ("soft_bounce", "Three deliveries failed within 14 days"),
                    ("complaint", "They reported a message as spam"),
                    ("unsubscribe", "They asked not to be written to"),
                    ("pause", "They asked for a pause"),
                    ("legal", "Legal: do not contact"),
                    ("operator", "Suppressed by an operator"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="emailsuppression",
            name="scope",
            field=models.CharField(
                choices=[
                    ("all", "Everything"),
                    ("non_transactional", "Everything but transactional messages"),
                    ("relationship", "Keeping in touch only"),
                    ("marketing", "News and campaigns only"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="emailsuppression",
            index=models.Index(fields=["tenant", "contact"], name="email_suppressions_contact"),
        ),
        migrations.AddConstraint(
            model_name="emailsuppression",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", ["all", "non_transactional", "relationship", "marketing"])),
                name="email_suppressions_scope_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="emailsuppression",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "hard_bounce",
                            "soft_bounce",
                            "complaint",
                            "unsubscribe",
                            "pause",
                            "legal",
                            "operator",
                        ],
                    )
                ),
                name="email_suppressions_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="emailsuppression",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", "pause"), _negated=True), ("until__isnull", False), _connector="OR"
                ),
                name="email_suppressions_pause_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="emailsuppression",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("tenant", "email_normalised", "reason", "scope"),
                name="email_suppressions_one_open",
            ),
        ),
        TenantTable("EmailSuppression"),
    ]
