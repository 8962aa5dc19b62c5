from django.core.management import BaseCommand, CommandError

from campaigns import chaining
from letters.models import Edition
from letters.services import verifying

WHAT = {
    "changed": "link {number}: {detail} is not what was linked",
    "gone": "link {number}: {detail} is not there any more",
    "gap": "link {number}: {detail}; links are missing, or were put in",
    "no seed": "link {number}: the chain has lost its beginning",
    "not linked": "{detail} was never linked: put in later, or no worker runs",
    "not found": "head {detail} is not in the chain: it was cut off or written anew, or the head is not of this site",
}


class Command(BaseCommand):
    help = "Recompute the journal's chain of hashes, and look for the head printed in every edition."

    def add_arguments(self, parser):
        parser.add_argument("--head", action="append", default=[], help="a head as it stands on paper; may be repeated")

    def handle(self, *, head, **options):
        heads = {verifying.cleaned(one) or one for one in head}
        heads |= set(Edition.objects.exclude(journal_head="").values_list("journal_head", flat=True))
        findings = 0
        for finding in chaining.verify(heads):
            findings += 1
            self.stderr.write(WHAT[finding.what].format(number=finding.number, detail=finding.detail))
        if findings:
            raise CommandError(f"The journal was altered: {findings} findings.")
        self.stdout.write(f"The journal is in order; {len(heads)} printed heads stand in it.")
