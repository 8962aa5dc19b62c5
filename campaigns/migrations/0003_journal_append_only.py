from django.db import migrations

from campaigns.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_mail_data_and_heartbeat")]

    operations = [AppendOnly("campaigns_journalentry")]
