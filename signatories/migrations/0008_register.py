import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def file_anew(apps, schema_editor):
    """The sweep fills the table of keys again (services.filing)."""
    apps.get_model("signatories", "Signatory").objects.filter(is_filed=True).update(is_filed=False)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("letters", "0007_arrangement"),
        ("signatories", "0007_findable"),
    ]

    operations = [
        # a primary key of several columns cannot be altered: what it holds is made anew
        migrations.DeleteModel("NameKey"),
        migrations.CreateModel(
            "NameKey",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key",
                        "letter_id",
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
        migrations.RunPython(file_anew, migrations.RunPython.noop, elidable=True),
        migrations.CreateModel(
            "Organization",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("known_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("merged_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "merged_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="signatories.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "register",
                "permissions": [("keep_register", "Can merge, delete and empty the register of organizations")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                        name="organization_not_merged_into_itself",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "Appearance",
            [
                (
                    "signatory",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="appearance",
                        serialize=False,
                        to="signatories.signatory",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="signatories.organization",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="signatories.organization"
                    ),
                ),
            ],
        ),
    ]
