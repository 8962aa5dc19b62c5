from django.db import migrations, models
from django.db.models import Q

NAMED = Q(visibility="public", kind="organization", erased_at__isnull=True)


def forget(apps, schema_editor):
    """Of those that have withheld their name or had it deleted since: nothing they are called by may stay."""
    rows = apps.get_model("signatories", "Signatory").objects
    rows.filter(is_initiator=True).exclude(NAMED).update(is_initiator=False)


class Migration(migrations.Migration):
    dependencies = [("signatories", "0012_lists_mended")]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "signatory",
            models.CheckConstraint(condition=Q(is_initiator=False) | NAMED, name="initiator_is_named"),
        ),
    ]
