from django.conf import settings
from django.core.management import BaseCommand, CommandError

from signatories.models import Appearance, Organization
from signatories.services import registering


class Command(BaseCommand):
    help = "What the register of organizations holds; fill it from all public rolls, or empty it."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--rebuild", action="store_true", help="note every public, listed sign-on not in it yet")
        what.add_argument("--empty", action="store_true", help="forget all organizations; sign-ons stay as they are")

    def handle(self, *, rebuild, empty, **options):
        if rebuild and not settings.REGISTER:
            raise CommandError("The register is switched off (REGISTER).")
        if rebuild:
            self.stdout.write(f"{registering.rebuild()} sign-ons noted.")
            if left := registering.missing().count():
                self.stdout.write(f"{left} are left, whose names are being filed: run it again in a minute.")
        if empty:
            self.stdout.write(f"{registering.empty()} organizations forgotten.")
        entries, names = Organization.objects.standing().count(), Appearance.objects.count()
        state = "on" if settings.REGISTER else "off"
        self.stdout.write(f"The register is {state}: {entries} organizations, on public rolls {names} times.")
