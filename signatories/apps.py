from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SignatoriesConfig(AppConfig):
    name = "signatories"
    verbose_name = "Who signs"

    def ready(self):
        from campaigns import health
        from signatories.models import triggers
        from signatories.services import submitting

        health.also(submitting.waiting, failures=submitting.failing)
        post_migrate.connect(triggers.put_in_place, sender=self)
