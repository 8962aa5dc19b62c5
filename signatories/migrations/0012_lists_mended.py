from django.db import migrations, models

import campaigns.fields


class Migration(migrations.Migration):
    """What the reading noted stood readably, sheets' titles with it: it goes, and is kept encrypted from now on."""

    dependencies = [
        ("signatories", "0011_opinions"),
    ]

    operations = [
        migrations.RemoveField(model_name="import", name="notices"),
        migrations.AddField(
            model_name="import",
            name="notices",
            field=campaigns.fields.EncryptedJSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="refusal",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_address", "There is no e-mail address to ask, and the source is not the proof."),
                    ("address_taken", "A sign-on with this e-mail address is on the letter already."),
                    ("already_on", "This organization is on the letter already."),
                    ("has_left", "It has left the letter, was set aside or never asked: it can sign by itself."),
                    ("no_more_mail", "No more mails go to this address: it had its share, or said it never asked."),
                    ("individual", "The letter is for organizations, and this is a person."),
                    ("incomplete", "It lacks the name or the country, or one of its cells cannot be used."),
                ],
                max_length=14,
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                condition=models.Q(("contact_hash", ""), _negated=True),
                fields=["contact_hash"],
                name="import_row_contact",
            ),
        ),
    ]
