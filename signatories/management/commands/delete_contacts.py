from django.core.management import BaseCommand

from letters.services import forgetting
from signatories import services
from signatories.services import retention


class Command(BaseCommand):
    help = (
        "Delete contact data and correspondence whose time is over, as the hourly tasks do; --dry-run says what is due."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change and send nothing")

    def handle(self, *, dry_run, **options):
        for one in retention.due():
            what = "to be deleted now" if one.is_over else "told of" if one.is_told else "to be told of"
            self.stdout.write(f"letter {one.letter.pk}: {one.contacts} contacts, {one.day:%Y-%m-%d}, {what}")
        for pk, number in forgetting.due().items():
            self.stdout.write(f"letter {pk}: {number} deliveries and replies, to be emptied now")
        if dry_run:
            self.stdout.write("Nothing was changed.")
        else:
            self.stdout.write(f"{services.keep_retention()} contacts deleted.")
            self.stdout.write(f"{forgetting.forget_correspondence()} deliveries and replies emptied.")
