import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

import campaigns.fields
from campaigns import crypto
from signatories.evidence import hosts, mail_domain_fit
from signatories.matching import ascii_of

LINE = ("name", "acronym", "country", "website", "second_name", "reading", "affiliation")
COLUMNS = ("sought", "domain_hash", "mail_fit")
SINCE = Coalesce("confirmed_at", "signed_at")
FILED = ["confirmed", "listed", "declined", "duplicate"]


def findable(line, email, *, is_withheld):
    """As models.findable had it when this was written: what that becomes later is not of these columns."""
    fit = mail_domain_fit(email, line["website"]).value if email else ""
    if is_withheld:
        return {"sought": "", "domain_hash": "", "mail_fit": fit}
    names = "\n".join(filter(None, (line["name"], line["acronym"], line["second_name"])))
    sought = "\n".join(map(ascii_of, names.split("\n")))[:600]
    domain = hosts.of_mail(email) if "@" in email else ""
    hashed = crypto.keyed_hash("mail domain", hosts.registrable(domain))[:32] if domain else ""
    return {"sought": sought, "domain_hash": hashed, "mail_fit": fit}


def fill(apps, schema_editor):
    """Names are filed afterwards, by the sweep (services.filing)."""
    rows = apps.get_model("signatories", "Signatory").objects.filter(erased_at__isnull=True).order_by("pk")
    batch = []
    for row in rows.only(*LINE, "sealed", "contact_email", "visibility").iterator(chunk_size=1000):
        line = {part: getattr(row, part) for part in LINE} | (row.sealed or {})
        for column, value in findable(line, row.contact_email, is_withheld=row.visibility != "public").items():
            setattr(row, column, value)
        batch.append(row)
        if len(batch) == 1000:
            rows.bulk_update(batch, COLUMNS)
            batch = []
    rows.bulk_update(batch, COLUMNS)


class Migration(migrations.Migration):
    dependencies = [("letters", "0007_arrangement"), ("signatories", "0006_imports")]

    operations = [
        migrations.AddField(
            "signatory", "sought", models.CharField(blank=True, editable=False, max_length=600, default="")
        ),
        migrations.AddField(
            "signatory", "domain_hash", models.CharField(blank=True, editable=False, max_length=32, default="")
        ),
        migrations.AddField(
            "signatory", "mail_fit", models.CharField(blank=True, editable=False, max_length=10, default="")
        ),
        migrations.AddField("signatory", "is_filed", models.BooleanField(default=False, editable=False)),
        migrations.AlterField("signatory", "sought", models.CharField(blank=True, editable=False, max_length=600)),
        migrations.AlterField("signatory", "domain_hash", models.CharField(blank=True, editable=False, max_length=32)),
        migrations.AlterField("signatory", "mail_fit", models.CharField(blank=True, editable=False, max_length=10)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            "NameKey",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "letter_id",
                        "key",
                        "signatory_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="letters.letter",
                    ),
                ),
                ("key", models.BigIntegerField()),
                (
                    "signatory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_keys",
                        to="signatories.signatory",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            "Nearness",
            [
                (
                    "signatory",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="nearness",
                        serialize=False,
                        to="signatories.signatory",
                    ),
                ),
                ("found", campaigns.fields.EncryptedJSONField(blank=True, default=dict)),
            ],
        ),
        migrations.AddIndex("signatory", models.Index(F("letter"), SINCE, name="signatory_letter_since")),
        migrations.AddIndex("signatory", models.Index(SINCE, name="signatory_since")),
        migrations.AddIndex("signatory", models.Index(F("status"), SINCE, name="signatory_status_since")),
        migrations.AddIndex(
            "signatory",
            models.Index(condition=Q(trial=None), fields=["letter", "sought", "id"], name="signatory_sought"),
        ),
        migrations.AddIndex(
            "signatory", models.Index(fields=["letter", "-signed_at", "-id"], name="signatory_letter_signed")
        ),
        migrations.AddIndex(
            "signatory",
            models.Index(condition=~Q(held_because="") & Q(released_at=None), fields=["letter"], name="signatory_held"),
        ),
        migrations.AddIndex(
            "signatory",
            models.Index(condition=~Q(domain_hash=""), fields=["domain_hash"], name="signatory_domain"),
        ),
        migrations.AddIndex(
            "signatory",
            models.Index(condition=Q(is_filed=False, status__in=FILED), fields=["letter"], name="signatory_to_file"),
        ),
        migrations.AddIndex(
            "signatory", models.Index(condition=~Q(visibility="public"), fields=["letter"], name="signatory_withheld")
        ),
        migrations.AddConstraint(
            "signatory",
            models.CheckConstraint(
                condition=Q(visibility="public", erased_at__isnull=True) | Q(sought="", domain_hash=""),
                name="withheld_name_is_not_sought",
            ),
        ),
    ]
