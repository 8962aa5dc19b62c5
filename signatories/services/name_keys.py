"""The keys that public names are filed under in the database, as matching.Index files them in memory."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from signatories.matching import Face, Known, keys
from signatories.models import Line

Key = TypeVar("Key")


def as_known(line: Line, key: str = "") -> Known:
    return Known(key, line.name, line.acronym, line.second_name, line.country, line.website)


def stable_keys(one: Face, *, sought: bool = False) -> set[int]:
    """What it is filed under, or `sought` under: the same in every process, unlike Python's own hash."""
    return {stable(key) for key in keys(one, sought=sought)}


def votes(mine: set[Key], filed: Mapping[Key, list[UUID]]) -> dict[UUID, float]:
    """Those filed under keys of `mine`: most for those under many of them, and under those that few share."""
    found: dict[UUID, float] = defaultdict(float)
    for key in mine & filed.keys():
        for pk in filed[key]:
            found[pk] += 1 / len(filed[key])
    return found


def ranked(found: Mapping[UUID, float]) -> list[UUID]:
    """Most votes first."""
    return sorted(found, key=lambda pk: (-found[pk], pk))


def stable(key: tuple[str, ...]) -> int:
    """A signed 64-bit number."""
    return int.from_bytes(hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest(), signed=True)
