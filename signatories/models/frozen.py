"""What editions print, read once: public pages ask every second, and an edition never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from letters.document import Departure, Roll, RollLine
from letters.models import Edition
from signatories import names, roll
from signatories.shelf import Shelf

MOST_LINES = 100_000  # in memory, of all editions together; each takes seven hundred bytes


@dataclass(frozen=True)
class Frozen:
    """An edition's roll, and its lines by name and country: as printed, and with the name folded."""

    roll: Roll
    named: dict[tuple[str, str], RollLine]
    lines: dict[tuple[str, str], RollLine]


class Gone(NamedTuple):
    """A sign-on that has been withdrawn, by what it stood in an edition with."""

    name: str
    country: str
    identity_hash: str
    decided_at: datetime
    withdrawn_at: datetime


SHELF: Shelf[str, Frozen] = Shelf(MOST_LINES, lambda one: one.roll.printed)


def frozen(edition: Edition) -> Frozen:
    """What the edition prints; its digest covers the roll."""
    return SHELF.get(edition.digest, lambda: _read(edition))


def _read(edition: Edition) -> Frozen:
    printed = edition.printed_roll
    return Frozen(printed, roll.named(printed), roll.printed(printed))


def came_and_left(edition: Edition, now: Iterable[tuple[str, str]]) -> tuple[set[tuple[str, str]], list[RollLine]]:
    """Names with their countries that are among these and not in the edition, and its lines that are not among these.

    As roll.changes has it: a spelling that was mended is no other name.
    """
    return roll.compared(frozen(edition).named, dict.fromkeys(now))


def departures(gone: Sequence[Gone], editions: Sequence[Edition]) -> Iterator[Departure]:
    """Each once, as the first of the editions that prints it has it: what was changed in a line since has been seen by
    nobody."""
    seen: set[str] = set()
    for one in gone:
        if one.identity_hash not in seen and (found := _departure(one, editions)):
            seen.add(one.identity_hash)
            yield found


def _departure(one: Gone, editions: Sequence[Edition]) -> Departure | None:
    for edition in editions:
        if one.decided_at <= edition.as_of < one.withdrawn_at:
            line = frozen(edition).lines.get((names.fold(one.name), one.country))
            if line:
                return Departure(line, edition.number, one.withdrawn_at)
    return None
