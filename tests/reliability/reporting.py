"""Settings of a site whose operator has faults mailed to itself, by Django's handler as its documentation has it."""

from tests.reliability.settings import *  # noqa: F403
from tests.reliability.settings import LOGGING

OPERATOR = "operator@site.example"
ADMINS = [("Operator", OPERATOR)]
HANDLER = {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR", "include_html": True}
LOGGING = LOGGING | {
    "handlers": LOGGING["handlers"] | {"mail": HANDLER},
    "root": LOGGING["root"] | {"handlers": [*LOGGING["root"]["handlers"], "mail"]},
}
