from django.db import migrations

from campaigns.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [
        AppendOnly("letters_revision"),
        AppendOnly("letters_edition"),
        AppendOnly("letters_rendering", when="OLD.state = 'done'"),
    ]
