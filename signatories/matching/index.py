"""Many organizations made ready for finding those like one, in Python alone: the same answer on every database.

Each is filed under everything by which compare() could find it to be another (blocking): its name and parts of it, its
words but for one, acronyms and initials, sounds, domains. What is found under the keys of the one sought is compared.
"""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from signatories.matching import words
from signatories.matching.aligning import SHORTEST_SOUND
from signatories.matching.judging import Face, face, judge
from signatories.matching.known import Known, Match, Verdict
from signatories.matching.reading import Side, sounds

HASH, PLACES = 40, 24  # bits of a key's hash, and beside it of the place of an entry: room for 16 million
SHARES = 64
RAREST = 1 << 20  # the vote of a key with one entry
FAR_BEHIND = 64  # times fewer votes than the best has
FEW = 30  # compared in one look-up
CROWD = 200  # entries under one key: more of them say nothing
STEM, HALF = 4, 3  # letters
LONGEST_STEM, LONGEST_SOUND = 6, 5  # letters of a word, consonants of a name
MOST_WORDS = 6  # of a long name that are left out in turn


class Index:
    """Organizations by key; one added again under its key replaces what was there."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._faces: list[Face | None] = []
        self._places: dict[str, int] = {}
        self._filed = array("Q")  # hash of a key above the place of its entry, sorted
        self._fresh: dict[int, list[int]] = defaultdict(list)
        self._unsorted = 0
        shares = [array("Q") for _ in range(SHARES)]  # sorted one by one, which takes less memory than all at once
        for one in known:
            mine = face(one)
            place = self._take(mine)
            for key in _hashed(mine):
                shares[key * SHARES >> HASH].append(key << PLACES | place)
        for share in shares:
            self._filed.extend(sorted(share))
            del share[:]

    def __len__(self) -> int:
        return len(self._places)

    def add(self, known: Known) -> None:
        self._file(face(known))

    def meet(self, known: Known, limit: int = 3) -> list[Match]:
        """Those near it, as `near`; and it is one of them from now on. Costs less than asking and adding."""
        mine = face(known)
        found = self._near(mine, limit)
        self._file(mine)
        return found

    def _file(self, mine: Face) -> None:
        place = self._take(mine)
        for key in _hashed(mine):
            self._fresh[key].append(place)
            self._unsorted += 1
        if self._unsorted > 1000 + len(self._filed) // 8:
            self._sort()

    def remove(self, key: str) -> None:
        """Forget the organization; KeyError where it is not known."""
        self._faces[self._places.pop(key)] = None

    def near(self, known: Known, limit: int = 3) -> list[Match]:
        """Those that are or may be `known`, the likeliest first, at most `limit`; never the one under its own key."""
        return self._near(face(known), limit)

    def _near(self, mine: Face, limit: int) -> list[Match]:
        known = mine.known
        matches = (judge(mine, other) for other in self._candidates(mine) if other.known.key != known.key)
        found = [match for match in matches if match.verdict is not Verdict.DIFFERENT]
        return heapq.nsmallest(limit, found, key=lambda match: (-match.verdict, -match.score, match.key))

    def _take(self, mine: Face) -> int:
        if mine.known.key in self._places:
            self.remove(mine.known.key)
        self._places[mine.known.key] = len(self._faces)
        self._faces.append(mine)
        return len(self._faces) - 1

    def _candidates(self, mine: Face) -> list[Face]:
        """Those under most of the keys of `mine`, and under those that fewest share."""
        votes: dict[int, int] = defaultdict(int)
        for key in _hashed(mine, sought=True):
            places = self._under(key)
            share = RAREST // len(places) if places else 0
            for place in places:
                votes[place] += share
        most = heapq.nlargest(FEW, votes.values())
        least = max(most[-1], most[0] // FAR_BEHIND) if most else 0
        found = [(votes[place], one) for place in votes if votes[place] >= least and (one := self._faces[place])]
        if len(found) > FEW:
            found.sort(key=lambda vote: (-vote[0], vote[1].known.key))  # whichever came first
        return [one for _, one in found[:FEW]]

    def _under(self, key: int) -> list[int]:
        start = bisect_left(self._filed, key << PLACES)
        end = bisect_left(self._filed, (key + 1) << PLACES, start, min(start + CROWD, len(self._filed)))
        found = [filed & ((1 << PLACES) - 1) for filed in self._filed[start:end]]
        return found + self._fresh[key] if key in self._fresh else found

    def _sort(self) -> None:
        fresh = (key << PLACES | place for key, places in self._fresh.items() for place in places)
        self._filed = array("Q", sorted([*self._filed, *fresh]))
        self._fresh.clear()
        self._unsorted = 0


def _hashed(one: Face, sought: bool = False) -> set[int]:
    return {hash(key) & (1 << HASH) - 1 for key in keys(one, sought)}


def keys(one: Face, sought: bool = False) -> Iterator[tuple[str, ...]]:
    """What the organization is filed under, or `sought` under: the two differ in what names of another script share."""
    if one.host:
        yield "domain", one.host
    if one.mail:
        yield "domain", one.mail
    for reading in one.readings:
        yield "strict", reading.strict
        yield "joined", reading.joined
        for look in reading.looks:
            yield "look", str(look)
        for acronym in dict.fromkeys(reading.acronyms + reading.initials):
            yield "acronym", acronym
        if len(reading.parts) == 1:
            yield "acronym", "".join(reading.parts[0].plain)
        for side in reading.sides:
            yield from _by_words(side)
            yield from _by_sound(side, sought)


def _by_words(side: Side) -> Iterator[tuple[str, ...]]:
    """The beginnings of all words that tell something; and with one of them given by its first or last letters only."""
    telling = [word for word in side.words if word not in words.hardly_telling()] or side.words
    stems = sorted({_stem(word) for word in telling})
    yield "words", *stems
    homeless = [stem for stem in stems if stem[0] != "="]
    if homeless != stems:
        yield "words", *homeless
    for word in sorted(side.words, key=lambda word: (-len(word), word))[:MOST_WORDS]:
        if word[0] not in "=+" and len(word) > STEM:
            others = [stem for stem in stems if stem != _stem(word)]
            yield "start", word[:HALF], *others
            yield "end", word[-HALF:], *others
            yield "word", word[:LONGEST_STEM]


def _by_sound(side: Side, sought: bool) -> Iterator[tuple[str, ...]]:
    is_latin = side.script == "LATIN"
    said = "".join(sounds(side.plain))
    if len(said) < SHORTEST_SOUND:
        return
    for filed_as_latin in ((False, True) if not is_latin else (False,)) if sought else (is_latin,):
        if not side.rest:
            yield "all the sound", str(filed_as_latin), said
        yield "sound", str(filed_as_latin), said[:LONGEST_SOUND]
        yield "sound's end", str(filed_as_latin), said[-LONGEST_SOUND:]


def _stem(word: str) -> str:
    return word if word[0] in "=+" else words.synonyms().get(word, word)[:STEM]
