from django.core.management import BaseCommand, CommandError

from campaigns import rotation


class Command(BaseCommand):
    help = "Encrypt all contact data anew under the first key of CONTACT_KEYS. May be stopped and started again."

    def handle(self, **options):
        lost = 0
        for tally in rotation.rotate():
            lost += tally.undecipherable
            self.stdout.write(f"{tally.column}: {tally.renewed} renewed, {tally.current} were current")
            if tally.undecipherable:
                self.stderr.write(f"{tally.column}: none of CONTACT_KEYS opens {tally.undecipherable} values")
        if lost:
            raise CommandError("Keep the old keys: some values need a key that CONTACT_KEYS does not hold.")
        self.stdout.write("All is under the first key; the others may go.")
