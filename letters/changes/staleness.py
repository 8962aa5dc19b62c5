"""Which units of a courtesy text still say what the authentic text says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from letters.canonical import body_digest
from letters.changes.alignment import align, units

State = Literal["fresh", "stale", "missing", "orphan"]


class Pair(NamedTuple):
    """A translated unit and the authentic one it is of.

    `stale` was translated from other words than there are now, `missing` was never translated, and the authentic unit
    of an `orphan` is gone.
    """

    source_index: int | None
    authentic_index: int | None
    state: State


def paired(sources: Sequence[str], authentic_units: Sequence[str]) -> list[Pair]:
    """The units of a courtesy text beside the authentic units, in the order of these.

    `sources` is, for each translated unit, the HTML of the authentic unit it was translated from, or "" where it has
    none; `authentic_units` is the HTML of each authentic unit now. Typesetting makes nothing stale.
    """
    alone = [place for place, source in enumerate(sources) if not source]
    having = [place for place, source in enumerate(sources) if source]
    pairs: list[Pair] = []
    for here, there in align([_said(sources[place]) for place in having], [_said(html) for html in authentic_units]):
        source = None if here is None else having[here]
        if source is None or there is None:
            pairs.append(Pair(source, there, "missing" if source is None else "orphan"))
        else:
            is_same = body_digest(sources[source]) == body_digest(authentic_units[there])
            pairs.append(Pair(source, there, "fresh" if is_same else "stale"))
    return pairs + [Pair(place, None, "orphan") for place in alone]


def _said(html: str) -> str:
    return " ".join(unit.text for unit in units(html))
