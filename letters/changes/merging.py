"""Two edits of the same body made into one, unit by unit (diff3: Khanna, Kunal and Pierce 2007).

What both began from need not be at hand: the digests of its units are enough to see who changed what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from letters.changes.alignment import Unit, are_alike, joined, units
from letters.changes.sequences import matched

DEEPEST = 15  # what the last digit of a digest can tell of `opens`


class _Conflict(Exception):
    """Both changed the same unit, and not alike."""


def merged(base: str, ours: str, theirs: str) -> str | None:
    """The clean body with the changes of both; None if both changed the same unit, and not alike.

    A unit that one removed (or moved) and the other changed was changed by both; so were two new paragraphs in one
    place that say nearly the same. Other new paragraphs in one place are all kept, ours first unless
    theirs belong to a list that ends there.
    """
    return merged_by_digests(unit_digests(base), ours, theirs)


def merged_by_digests(base: Sequence[str], ours: str, theirs: str) -> str | None:
    """The same where only the unit_digests of the base are known."""
    one, other = _Edit(base, units(ours)), _Edit(base, units(theirs))
    result: list[Unit] = []
    try:
        _refuse_twice(one, other)
        for place, digest in enumerate(base):
            result += _inserted(one.inserted[place], other.inserted[place])
            result += _kept(one.kept[place], other.kept[place], digest)
        result += _inserted(one.inserted[-1], other.inserted[-1])
    except _Conflict:
        return None
    return joined(result)


def unit_digests(body: str) -> tuple[str, ...]:
    """Of each unit of a clean body 8 hexadecimal digits: 7 for what it says and stands in, 1 for what it opens."""
    return tuple(_content(unit) + f"{min(unit.opens, DEEPEST):x}" for unit in units(body))


def _content(unit: Unit) -> str:
    return hashlib.sha256("\0".join((unit.html, *unit.place)).encode()).hexdigest()[:7]


def _contents(found: Sequence[Unit]) -> list[str]:
    return [_content(unit) for unit in found]


class _Edit:
    """What one side made of the base: `kept` is what stands in the place of each unit, `inserted` what before it.

    Where several units were replaced by others, the first is taken for the first, the second for the second and so on;
    should that be wrong, it only finds more conflicts.
    """

    def __init__(self, base: Sequence[str], own: Sequence[Unit]) -> None:
        self.kept: list[list[Unit]] = [[] for _ in base]
        self.inserted: list[list[Unit]] = [[] for _ in range(len(base) + 1)]
        at, at_own = 0, 0
        pairs = matched([digest[:-1] for digest in base], _contents(own))
        for here, there in [*pairs, (len(base), len(own))]:
            news = own[at_own:there]
            if here == at:
                self.inserted[here] = list(news)
            else:
                for place, unit in zip(range(at, here), news, strict=False):
                    self.kept[place] = [unit]
                self.kept[here - 1] += news[here - at :]
            if here < len(base):
                self.kept[here] = [own[there]]
            at, at_own = here + 1, there + 1


def _kept(ours: list[Unit], theirs: list[Unit], digest: str) -> list[Unit]:
    one, other, was = _contents(ours), _contents(theirs), [digest[:-1]]
    if one != was and other not in (was, one):
        raise _Conflict
    chosen = theirs if one == was else ours
    if not (ours and theirs):
        return chosen
    # What stood before it may have gone in either version, and with it the tag that opened the list.
    mine, others = ours[0].opens, theirs[0].opens
    before = int(digest[-1], 16)
    opens = max(mine, others)
    if before in (min(mine, DEEPEST), min(others, DEEPEST)):
        opens = others if before == min(mine, DEEPEST) else mine
    return [replace(chosen[0], opens=min(opens, len(chosen[0].place))), *chosen[1:]]


def _inserted(ours: list[Unit], theirs: list[Unit]) -> list[Unit]:
    one, other = _contents(ours), _contents(theirs)
    common = len(matched(one, other))
    if common in (len(one), len(other)):
        return ours if len(ours) >= len(theirs) else theirs
    if any(are_alike(mine.text, others.text) for mine in ours for others in theirs):
        raise _Conflict
    if ours and theirs and _nearness(theirs) < _nearness(ours):
        return theirs + ours
    return ours + theirs


def _nearness(inserted: Sequence[Unit]) -> tuple[int, int]:
    """Smaller for what goes on in the list before, larger for what begins the list after."""
    first, last = inserted[0], inserted[-1]
    return first.opens - len(first.place), len(last.place)


def _refuse_twice(one: _Edit, other: _Edit) -> None:
    """One paragraph moved to two places would stand in both."""
    places = {content: place for place, found in enumerate(one.inserted) for content in _contents(found)}
    for place, found in enumerate(other.inserted):
        if any(places.get(content, place) != place for content in _contents(found)):
            raise _Conflict
