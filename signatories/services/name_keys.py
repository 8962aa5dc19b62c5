"""The keys that public names are filed under in the database, as matching.Index files them in memory."""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from signatories.matching import Face, Known, keys
from signatories.models import Line

CROWD = 50  # names under one key: more of them say nothing
FAR_BEHIND = 16  # times fewer votes than the best has: not looked at

Key = TypeVar("Key")


def as_known(line: Line, key: str = "") -> Known:
    return Known(key, line.name, line.acronym, line.second_name, line.country, line.website)


def stable_keys(one: Face, *, sought: bool = False) -> set[int]:
    """What it is filed under, or `sought` under: the same in every process, unlike Python's own hash."""
    return {stable(key) for key in keys(one, sought=sought)}


def likeliest(mine: set[Key], filed: Mapping[Key, list[str]], most: int, but: UUID | None = None) -> list[UUID]:
    """Of those filed under keys of `mine` whoever is under most of them, and under those that few share; never `but`.

    They are filed as strings, since hundreds are counted for each that is found.

    Comparing costs more than anything else here, and what is far behind has never turned out to be alike.
    """
    votes: dict[str, float] = defaultdict(float)
    for key in mine & filed.keys():
        for pk in filed[key]:
            votes[pk] += 1 / len(filed[key])
    votes.pop(str(but), None)
    least = max(votes.values(), default=0) / FAR_BEHIND
    found = (pk for pk in votes if votes[pk] >= least)
    return [UUID(pk) for pk in heapq.nsmallest(most, found, key=lambda pk: (-votes[pk], pk))]


def stable(key: tuple[str, ...]) -> int:
    """A signed 64-bit number."""
    return int.from_bytes(hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest(), signed=True)
