"""An edition's record as a PDF: a table of numbers, moments and hashes, in the language now active."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from letters.pdf import engine, typesetting, writing
from letters.pdf.record_words import in_words

SECONDS = 60


def render(record: dict[str, Any], title: str) -> bytes:
    """Return the PDF of letters.services.records.of(). The same record gives the same bytes. Raises RenderingFailed."""
    html = typeset(record, title)
    return engine.run(html, seconds=SECONDS, megabytes=settings.RENDER_MEGABYTES).complete_pdf()


def typeset(record: dict[str, Any], title: str) -> str:
    """Return the page that the engine sets."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {
        "record": record,
        "title": title,
        "language": language,
        "writing": writing.of(language),
        "other_sans": writing.OTHER_SANS,
        "moments": [(label, _moment(record.get(key))) for key, label in _moments()],
        "revisions": [
            {**one, "at": _moment(one["at"]), "by": in_words(one["by"])} for one in record.get("revisions", [])
        ],
        "amendments": [
            {**one, "at": _moment(one["at"]), "weight": in_words(one["weight"])} for one in record.get("amendments", [])
        ],
        "editions": [{**one, "at": _moment(one["at"])} for one in record.get("editions", [])],
        "counts": [(label, _named(record.get("signatories", {}).get(key, {}))) for key, label in _counts()],
        "decisions": [(in_words(state), _named(by)) for state, by in record.get("decisions", {}).items()],
    }
    return render_to_string("letters/pdf/record.html", context)


def _moments() -> list[tuple[str, str]]:
    return [
        ("opened_at", _("Opened for sign-on")),
        ("closed_at", _("Closed")),
        ("as_of", _("Signatories as of")),
        ("frozen_at", _("Frozen")),
    ]


def _counts() -> list[tuple[str, str]]:
    return [
        ("by_state", _("Sign-ons by state")),
        ("listed_by_name", _("Listed, by whether they are named")),
        ("listed_by_origin", _("Listed, by how they came")),
    ]


def _named(numbers: dict[str, int]) -> list[tuple[str, int]]:
    return [(in_words(code), number) for code, number in sorted(numbers.items())]


def _moment(written: str | None) -> str:
    return typesetting.instant(datetime.fromisoformat(written)) if written else "–"
