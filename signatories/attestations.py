"""What whoever signs says by ticking: stored with the sign-on, with its version and in the words that were shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERSION = "2026-12"  # raised with every change of a sentence below

AUTHORIZED = _("I am authorized to sign for this organization.")
PERSONAL = _("I sign for myself, in a personal capacity, not for an organization.")
NAMED = _("Print my name: on this site, in the letter and in the lists to download.")

SAID = {  # by models.vocabulary.Kind; each sentence has a box of its own
    "organization": (AUTHORIZED,),
    "individual": (NAMED, PERSONAL),
}


def words(kind: str) -> str:
    """The sentences that an "organization" or an "individual" ticks, in the language now active, as in the form."""
    return " ".join(str(sentence) for sentence in SAID[kind])
