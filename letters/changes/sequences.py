"""What two sequences have in common, without difflib: that one is cubic on repeated items, and a paste may repeat."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence

from rapidfuzz.distance import Indel, Levenshtein

EXACT = 64_000_000  # pairs of items up to which all of the longest common subsequence's table is kept: 8 MB
LARGEST = 2_000_000_000  # pairs of items that are compared at all, in about a second


def matched(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of positions of equal items, rising in both: a longest common subsequence (Hyyrö 2004, bit-parallel).

    Above EXACT an alignment of least edit distance, found in little memory (Hirschberg 1975), which may match a little
    less; above LARGEST only what is equal at both ends.
    """
    numbers: dict[Hashable, int] = {}
    ours, theirs = ([numbers.setdefault(item, len(numbers)) for item in items] for items in (old, new))
    shorter = min(len(ours), len(theirs))
    head = next((place for place in range(shorter) if ours[place] != theirs[place]), shorter)
    rest = shorter - head
    tail = next((place for place in range(rest) if ours[-1 - place] != theirs[-1 - place]), rest)
    pairs = [(place, place) for place in range(head)]
    pairs += _inside(ours[head : len(ours) - tail], theirs[head : len(theirs) - tail], head)
    pairs += [(len(ours) - place, len(theirs) - place) for place in range(tail, 0, -1)]
    return pairs


def _inside(old: list[int], new: list[int], offset: int) -> list[tuple[int, int]]:
    size = len(old) * len(new)
    if not size or size > LARGEST:
        return []
    codes = (Indel if size <= EXACT else Levenshtein).opcodes(old, new)
    return [
        (offset + code.src_start + step, offset + code.dest_start + step)
        for code in codes
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    ]


def rising(numbers: Sequence[int]) -> set[int]:
    """Positions of a longest strictly rising subsequence (patience sorting)."""
    ends: list[int] = []  # the smallest number that ends a rising subsequence of each length
    at: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    found: set[int] = set()
    place = at[-1] if at else -1
    while place >= 0:
        found.add(place)
        place = before[place]
    return found
