from django.db import migrations, models
from django.db.models import Q

import campaigns.fields


class Migration(migrations.Migration):
    dependencies = [("signatories", "0003_signing_on")]

    operations = [
        migrations.AddField(
            "signatory", "submitted", campaigns.fields.EncryptedJSONField(blank=True, default=dict, editable=False)
        ),
        migrations.RemoveConstraint("signatory", "erased_keeps_no_contact"),
        migrations.AddConstraint(
            "signatory",
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(contact_name="", contact_role="", contact_email="", submitted=""),
                name="erased_keeps_no_contact",
            ),
        ),
        migrations.AddField("question", "closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.RemoveConstraint("question", "one_open_question"),
        migrations.AddConstraint(
            "question",
            models.UniqueConstraint(
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                fields=("signatory",),
                name="one_open_question",
            ),
        ),
    ]
