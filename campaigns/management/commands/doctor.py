import sys

from django.core.management import BaseCommand

from campaigns import health


class Command(BaseCommand):
    help = "Say what is not well; exit 1 if anything is."

    def handle(self, **options):
        findings = list(health.everything())
        for finding in findings:
            mark = self.style.SUCCESS("well") if finding.is_well else self.style.ERROR("LOOK")
            self.stdout.write(f"{mark}  {finding.name}: {finding.words}")
        if not all(finding.is_well for finding in findings):
            sys.exit(1)
