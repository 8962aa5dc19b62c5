"""What receipts need of an edition: a few facts, and, only of who is named in it, where each line stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from campaigns.models import JournalEntry
from letters.document import RollGroup, RollLine
from letters.models import Edition, Letter
from signatories import names
from signatories.models import Line
from signatories.shelf import Shelf

MOST_LINES = 120_000  # of the lists that a process keeps: fifty thousand take thirty megabytes

Key = tuple[bool, str, str, str, str, str, str]
Name = tuple[int, str, str]  # the hashes tell one edition from another that has come by its key after a rollback


@dataclass(frozen=True)
class Facts:
    """What costs little to know. `frozen` is the journal's entry of the freezing; `language` is that of the authentic
    document, and `is_translated` whether there are others, in which the same lines may stand in another order."""

    number: int
    frozen: int | None
    substance: int
    language: str
    is_translated: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A line as its edition prints it, its country's code, what it stands under (which may be ""), and as which of all
    from 1 on."""

    line: RollLine
    country: str
    heading: str
    place: int


@dataclass(frozen=True)
class Places:
    """The list of an edition, which has `of` lines. Each is there once: the database refuses a letter two live
    sign-ons of one identity."""

    of: int
    places: dict[Key, Place] = field(repr=False)

    def place_of(self, line: Line, *, is_individual: bool) -> Place | None:
        """The place of exactly that line."""
        parts = (line.name, line.acronym, line.second_name, line.reading, line.affiliation, line.country)
        return self.places.get((is_individual, *parts))


SHELF: Shelf[Name, Places] = Shelf(MOST_LINES, lambda one: one.of)


def places_in(edition: Edition) -> Places:
    """It never changes, and whoever tells thousands of it asks thousands of times."""
    name = (edition.pk, edition.digest, edition.journal_head)
    return SHELF.get(name, lambda: _read(*name))


def facts(edition: Edition) -> Facts:
    return _facts(edition.pk, edition.digest, edition.journal_head)


def frozen_at(letter: Letter, number: int) -> int | None:
    """The journal's entry of the freezing of edition `number`."""
    entries = JournalEntry.objects.about(letter).filter(verb="frozen", data__edition=number)
    return entries.values_list("pk", flat=True).first()


@lru_cache(maxsize=500)
def _facts(pk: int, digest: str, head: str) -> Facts:
    editions = Edition.objects.light().select_related("revision", "letter")
    edition = editions.get(pk=pk, digest=digest, journal_head=head)
    return Facts(
        number=edition.number,
        frozen=frozen_at(edition.letter, edition.number),
        substance=edition.revision.substance,
        language=edition.revision.authentic["language"],
        is_translated=len(edition.revision.texts) > 1,
    )


def _read(pk: int, digest: str, head: str) -> Places:
    edition = Edition.objects.get(pk=pk, digest=digest, journal_head=head)
    roll = edition.printed_roll
    shown = edition.printed_look.shown(roll)
    lines = enumerate(zip(roll.every(), shown.every(), strict=True), 1)
    return Places(
        of=roll.printed,
        places={
            _key(is_individual, group, line): Place(as_shown, group.country(line), group.title, place)
            for place, ((is_individual, group, line), (_side, _group, as_shown)) in lines
        },
    )


def _key(is_individual: bool, group: RollGroup, line: RollLine) -> Key:
    """An edition may print an acronym that the name says already; the line itself has none."""
    acronym = names.beside(line.name, line.acronym)
    parts = (line.name, acronym, line.second_name, line.reading, line.affiliation)
    return (is_individual, *parts, group.country(line))
