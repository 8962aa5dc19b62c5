"""Where a line stands in an edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from campaigns.models import JournalEntry
from letters.document import RollGroup, RollLine
from letters.models import Edition
from signatories.models import Line

Key = tuple[bool, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A line as its edition prints it, what it stands under (which may be ""), and as which of all from 1 on."""

    line: RollLine
    heading: str
    place: int


@dataclass(frozen=True)
class Printed:
    """What receipts need of an edition. Each line is there once: the database refuses a letter two live sign-ons of
    one identity. `frozen` is the journal's entry of the freezing; `language` is that of the authentic document, and
    `is_translated` whether there are others, in which the same lines may stand in another order."""

    number: int
    as_of: datetime
    frozen: int | None
    substance: int
    language: str
    is_translated: bool
    of: int
    places: dict[Key, Place]


def printed(edition: Edition) -> Printed:
    """It never changes, and whoever tells thousands of it asks thousands of times."""
    return _printed(edition.pk, edition.digest, edition.journal_head)


def place_of(line: Line, printed: Printed, *, is_individual: bool) -> Place | None:
    """The place of exactly that line."""
    parts = (line.name, line.acronym, line.second_name, line.reading, line.affiliation, line.country)
    return printed.places.get((is_individual, *parts))


@lru_cache(maxsize=2)  # with fifty thousand lines one takes thirty megabytes
def _printed(pk: int, digest: str, head: str) -> Printed:
    """The hashes tell one edition from another that has come by its key, as where one was rolled back."""
    edition = Edition.objects.select_related("revision").get(pk=pk, digest=digest, journal_head=head)
    roll = edition.printed_roll
    shown = edition.printed_look.shown(roll)
    lines = enumerate(zip(roll.every(), shown.every(), strict=True), 1)
    entries = JournalEntry.objects.about(edition.letter).filter(verb="frozen", data__edition=edition.number)
    return Printed(
        number=edition.number,
        as_of=edition.as_of,
        frozen=entries.values_list("pk", flat=True).first(),
        substance=edition.revision.substance,
        language=edition.revision.authentic["language"],
        is_translated=len(edition.revision.texts) > 1,
        of=roll.printed,
        places={
            _key(is_individual, group, line): Place(as_shown, group.title, place)
            for place, ((is_individual, group, line), (_side, _group, as_shown)) in lines
        },
    )


def _key(is_individual: bool, group: RollGroup, line: RollLine) -> Key:
    parts = (line.name, line.acronym, line.second_name, line.reading, line.affiliation)
    return (is_individual, *parts, group.country(line))
