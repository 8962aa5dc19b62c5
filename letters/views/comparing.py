"""What changed between two versions: what templates/letters/comparison.html needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from letters import changes, dates
from letters.services import working


@dataclass(frozen=True)
class Around:
    """Something beside what is signed; `html` is its redline."""

    label: str
    html: str


def compared(old, new):
    """From two letters.services.working.Working. With the same digest, what only typesetting changed is shown too."""
    comparison = changes.compare(old.snapshot, new.snapshot)
    if comparison.is_typeset_only:
        comparison = changes.compare(old.snapshot, new.snapshot, exact=True)
    return {"comparison": comparison, "around": list(_around(old, new))}


def compared_revisions(old, new):
    """The same of two revisions. The oldest do not hold place and date: then nothing is said about these."""
    shown = compared(working.of_revision(old), working.of_revision(new))
    return shown if old.front and new.front else {**shown, "around": []}


def _around(old, new):
    language = new.authentic["language"]
    said = [(_("Place"), old.front["place"], new.front["place"])]
    said.append((_("Date"), _day(old.front, language), _day(new.front, language)))
    for label, before, after in said:
        if before != after:
            yield Around(label, changes.redline_line(before, after, exact=True))


def _day(front, language):
    day = date.fromisoformat(front["date"]) if front["date"] else None
    return dates.in_words(day, front["date_precision"], language)
