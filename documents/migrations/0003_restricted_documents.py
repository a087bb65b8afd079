from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agent", "0005_cards_in_work_order"),
        ("documents", "0002_search_index"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("visibility", "restricted")),
                fields=["tenant", "id"],
                name="documents_restricted",
            ),
        ),
    ]
