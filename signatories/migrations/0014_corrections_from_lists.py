import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signatories", "0013_initiators_are_named"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="from_list",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="corrections",
                to="signatories.import",
            ),
        ),
    ]
