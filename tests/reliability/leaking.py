"""Settings of a site that tells what it must not, wherever it can: tests that look for such words have to find them."""

from types import SimpleNamespace

from django.apps import AppConfig

from tests.reliability.reporting import *  # noqa: F403
from tests.reliability.reporting import INSTALLED_APPS, LOGGING, MIDDLEWARE, VAR_DIR

INSTALLED_APPS = [*INSTALLED_APPS, "tests.reliability.leaking.Leaking"]
MIDDLEWARE = ["tests.reliability.leaking.naming_every_address", *MIDDLEWARE]
LOGGING = LOGGING | {"loggers": {}}
DEFAULT_EXCEPTION_REPORTER = "django.views.debug.ExceptionReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"


class Leaking(AppConfig):
    name = "tests.reliability.leaking"

    def ready(self):
        from tests.signatories import planted_leaks

        here = SimpleNamespace(setattr=setattr)  # for good: this process is made for it
        for plant in (
            planted_leaks.named_in_a_log,
            planted_leaks.named_in_the_journal,
            planted_leaks.named_in_a_mail_to_another,
            named_in_the_cache_and_by_a_file,
        ):
            plant(here)


def named_in_the_cache_and_by_a_file(patch):
    from django.core.cache import cache

    from signatories.models import Signatory

    move_to = Signatory.move_to

    def leaking(self, status, **more):
        cache.set("the newest", self.line.name)
        VAR_DIR.mkdir(exist_ok=True)
        (VAR_DIR / f"{self.line.name}.txt").touch()
        return move_to(self, status, **more)

    patch.setattr(Signatory, "move_to", leaking)


def naming_every_address(get_response):
    def middleware(request):
        print(f"{request.method} {request.path}", flush=True)  # past the masking
        cached(request.path)
        return get_response(request)

    return middleware


def cached(path):
    from django.core.cache import cache

    cache.set("the newest page", path)
