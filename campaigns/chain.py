"""The journal's chain: each link's hash covers an entry and the hash before it, so nothing in it changes unnoticed.

SHA-256 over compact JSON with sorted keys, in UTF-8. The chain begins with a seed of random bytes: whoever has a later
hash, as every printed edition bears one, cannot try out what the journal may hold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

FORM = "undersigned-journal-1"
WINDOW = timedelta(minutes=10)  # an entry may wait so long for its link; it takes seconds while a worker runs
CHANGED, GONE, GAP, NOT_LINKED, NO_SEED, NOT_FOUND = "changed", "gone", "gap", "not linked", "no seed", "not found"


@dataclass(frozen=True)
class Said:
    """What an entry says. `at` is aware; `data` is JSON."""

    id: int
    at: datetime
    verb: str
    subject_type: str
    subject_id: str
    actor_id: int | None
    data: Any


@dataclass(frozen=True)
class Linked:
    """One link as it is stored: its place in the chain, counted from 1, whose entry it holds, and its hash in hex.

    `said` is the entry as it stands now, None if it is not there. The seed is number 0 and holds none.
    """

    number: int
    entry_id: int | None
    hash: str
    said: Said | None


@dataclass(frozen=True)
class Finding:
    """What is wrong, one of the words above; at which link, and with which entry or hash."""

    what: str
    number: int | None
    detail: str


def link_hash(previous: str, number: int, said: Said) -> str:
    """Return the hash of link `number`, in hex; `previous` is the hash of the link before."""
    entry = {**vars(said), "at": said.at.astimezone(UTC).isoformat(timespec="microseconds")}
    covered = {"form": FORM, "previous": previous, "number": number, "entry": entry}
    written = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def verify(
    links: Iterable[Linked], unlinked: Iterable[Said], *, heads: Collection[str], now: datetime
) -> Iterator[Finding]:
    """Find what was altered: `links` in order of their numbers, `unlinked` the entries that have none.

    `heads` are hashes that were printed: each has to stand in the chain, which a shortened or rewritten one does not
    hold any more. After a finding it goes on with what is stored, so that each is told where it is.
    """
    missing, previous, expected = set(heads), "", 0
    for link in links:
        if link.number != expected:
            yield Finding(GAP if expected else NO_SEED, link.number, f"expected link {expected}")
        elif link.number and link.said is None:
            yield Finding(GONE, link.number, f"entry {link.entry_id}")
        elif link.number and link.said and link.hash != link_hash(previous, link.number, link.said):
            yield Finding(CHANGED, link.number, f"entry {link.entry_id}")
        missing.discard(link.hash)
        previous, expected = link.hash, link.number + 1
    for said in unlinked:
        if not WINDOW > now - said.at > -WINDOW:
            yield Finding(NOT_LINKED, None, f"entry {said.id}")
    for head in sorted(missing):
        yield Finding(NOT_FOUND, None, head)
