"""What the codes in an edition's record are called, for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    # states of sign-ons
    "pending": _("Waiting for e-mail confirmation"),
    "confirmed": _("Confirmed, to be checked"),
    "listed": _("Listed"),
    "declined": _("Not accepted"),
    "duplicate": _("Duplicate"),
    "withdrawn": _("Withdrawn"),
    "lapsed": _("Never confirmed"),
    "invalid": _("Invalidated"),
    # whether they are named
    "named": _("Named"),
    "withheld": _("Name withheld"),
    # how they came
    "form": _("By the form"),
    "list": _("In a list that the team added"),
    # roles
    "owner": _("Owner"),
    "coordinator": _("Coordinator"),
    "translator": _("Translator"),
    "vetter": _("Vetter"),
    "viewer": _("Viewer"),
    "rule": _("By the rule for known organizations"),
    "not of the team": _("Of the site, or in the team no more"),
    # weights of amendments
    "typographic": _("Typographic"),
    "correction": _("Correction"),
    "substance": _("Substance"),
}


def in_words(code: str) -> str:
    """The code itself where a newer record says what is not known here."""
    return str(WORDS.get(code, code))
