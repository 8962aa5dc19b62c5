"""The last pages of an edition: the annex for the addressee alone, and the block by which it can be checked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext

from letters.document import Document, Roll
from letters.pdf import names, squares, writing


def last(document: Document, language: str) -> dict[str, Any]:
    """Return what the templates want of it; `language` is that of our words."""
    return {
        "sealed": _sealed(document) if document.seal else None,
        "for_addressee": _annex(document, document.for_addressee, language) if document.for_addressee else None,
    }


def _sealed(document: Document) -> dict[str, Any]:
    """The address leads to what has become of this edition. A file cannot hold its own hash."""
    page = settings.SITE_URL + reverse("letters:verify")
    side, path = squares.outline(f"{page}?hash={document.seal}")
    return {"page": page, "side": side, "path": path}


def _annex(document: Document, roll: Roll, language: str) -> dict[str, Any]:
    script = writing.of(language)
    lead = ngettext(
        "%(n)s of the organizations whose names are withheld wants to be named to you.",
        "%(n)s of the organizations whose names are withheld want to be named to you.",
        roll.organizations,
    )
    shown = document.look.shown(roll)
    setting = names.Setting(script, writing.of(document.language).direction, document.look.countries)
    return {
        "lead": script.figures(lead % {"n": roll.organizations}),
        "groups": [names.laid_out(group, setting) for group in shown.groups],
    }
