"""What editions print, read once: public pages ask every second, and an edition never changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from letters.document import Departure, Roll, RollLine
from letters.models import Edition
from signatories import names, roll

MOST_LINES = 100_000  # in memory, of all editions together; each takes six hundred bytes


@dataclass(frozen=True)
class Frozen:
    """An edition's roll, and its lines by folded name and country."""

    roll: Roll
    lines: dict[tuple[str, str], RollLine]


class Gone(NamedTuple):
    """A sign-on that has been withdrawn, by what it stood in an edition with."""

    name: str
    country: str
    identity_hash: str
    decided_at: datetime
    withdrawn_at: datetime


class Held:
    """Of the editions that were asked for last, as many as have `most` lines together, and at least one."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._by_digest: OrderedDict[str, Frozen] = OrderedDict()  # it covers the roll
        self._turn = threading.Lock()

    def of(self, edition: Edition) -> Frozen:
        with self._turn:
            if found := self._by_digest.get(edition.digest):
                self._by_digest.move_to_end(edition.digest)
                return found
        printed = edition.printed_roll
        found = Frozen(printed, roll.printed(printed))
        with self._turn:
            self._by_digest[edition.digest] = found
            while len(self._by_digest) > 1 and self._lines() > self.most:
                self._by_digest.popitem(last=False)
        return found

    def _lines(self) -> int:
        return sum(one.roll.printed for one in self._by_digest.values())


held = Held(MOST_LINES)


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
            line = held.of(edition).lines.get((names.fold(one.name), one.country))
            if line:
                return Departure(line, edition.number, one.withdrawn_at)
    return None
