from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signatories", "0016_large_tables")]

    operations = [
        migrations.AddField("invalidatedsignatory", "entry", models.BigIntegerField(null=True)),
        migrations.AddField("invalidatedsignatory", "origin", models.BigIntegerField(null=True)),
    ]
