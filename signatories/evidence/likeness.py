"""Which names on a letter look like this one, and why: precision before recall, for a human who has sixty to read.

Names of organizations share most of their words ("Network for Clean Rivers, Velmora" and "…, Tarnmora" are two), so
a share of equal letters says little. Two names are near when they are the same after a named change, or when every
word of one has its partner in the other and no more than two letters differ in all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import icu
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from signatories import names

# Words that tell no two organizations apart: articles, links and legal forms.
EMPTY_WORDS = frozenset(
    "the of for and in on a an de du des la le les l d et pour el los las del y e por para da do dos das di il lo gli"
    " per der die und fur von ev v inc ltd llc asbl vzw ong ngo npo ngos gmbh ggmbh aisbl cic assoc".split()
)
SCORE_FLOOR = 80  # rapidfuzz's ratio in per cent: a sieve; two letters of ten leave more
LONG, MEDIUM = 10, 5  # letters in a word that may differ by two, by one; shorter words and numbers must agree
MOST_LETTERS = 2
SHORTEST_ACRONYM = 3

_to_latin = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
_spoofing = icu.SpoofChecker()


class Likeness(IntEnum):
    """Why two names are near, the strongest first."""

    SAME = 1
    LOOKS_SAME = 2  # letters of another script that look alike: a Cyrillic а in a Latin name
    SPELLING = 3  # but for accents, script, spaces
    WORD_ORDER = 4
    SMALL_WORDS = 5  # but for articles and legal forms
    LETTERS = 6  # one or two letters differ
    ACRONYM = 7


@dataclass(frozen=True)
class Named:
    """Somebody with a name; `key` is the caller's and comes back in Near."""

    key: str
    name: str
    acronym: str = ""


@dataclass(frozen=True)
class Near:
    key: str
    likeness: Likeness


def plain(name: str) -> str:
    """The name in lower-case ASCII, as far as ICU can say it so: Общая вода is obsaa voda, École is ecole.

    Good for finding; too coarse to call two organizations one (signatories.names.fold does that).
    """
    folded = names.fold(name)
    return folded if folded.isascii() else _to_latin.transliterate(folded)


class _Face:
    """One name as seen through the comparisons, each made once."""

    def __init__(self, named: Named) -> None:
        self.key = named.key
        self.folded = names.fold(named.name)
        self.plain = plain(named.name)
        self.words = [word for word in ("".join(filter(str.isalnum, part)) for part in self.plain.split()) if word]
        self.sorted = " ".join(sorted(self.words))
        self.telling = " ".join(sorted(word for word in self.words if word not in EMPTY_WORDS)) or self.sorted
        self.joined = "".join(self.words)
        self.acronym = names.fold(named.acronym).replace(" ", "")
        telling = (word for word in self.words if word not in EMPTY_WORDS)
        self.initials = {"".join(word[0] for word in words) for words in (self.words, telling)}
        # UTS #39, skeletons: equal for names no reader can tell apart; with capitals too, since I looks like l
        self.looks = {_spoofing.getSkeleton(0, text) for text in (self.folded, names.tidy(named.name))}


def near_names(one: Named, others: Iterable[Named], limit: int = 3) -> list[Near]:
    """Those of `others` whose name or acronym is near that of `one`, the nearest first, at most `limit`.

    An entry of `others` with the key of `one` is skipped. For many names against the same others use Shelf.
    """
    return Shelf(others).near(one, limit)


class Shelf:
    """The names of one letter, made ready once to look many others up."""

    def __init__(self, others: Iterable[Named]) -> None:
        self._faces = [_Face(named) for named in others]
        self._telling = [face.telling for face in self._faces]
        self._equal = defaultdict(set)
        for index, face in enumerate(self._faces):
            for key in (*face.looks, face.joined):
                self._equal[key].add(index)

    def near(self, one: Named, limit: int = 3) -> list[Near]:
        """As near_names."""
        mine = _Face(one)
        alike = process.extract(mine.telling, self._telling, scorer=fuzz.ratio, score_cutoff=SCORE_FLOOR, limit=50)
        equal = (self._equal.get(key, ()) for key in (*mine.looks, mine.joined))
        candidates = {index for _, _, index in alike}.union(*equal)
        candidates |= {index for index, face in enumerate(self._faces) if _share_an_acronym(mine, face)}
        found = [
            Near(face.key, likeness)
            for face in (self._faces[index] for index in sorted(candidates))
            if face.key != mine.key and (likeness := _likeness(mine, face))
        ]
        return sorted(found, key=lambda near: near.likeness)[:limit]


def _likeness(a: _Face, b: _Face) -> Likeness | None:
    if a.folded == b.folded:
        return Likeness.SAME
    if a.looks & b.looks:
        return Likeness.LOOKS_SAME
    if a.joined == b.joined:
        return Likeness.SPELLING
    if a.sorted == b.sorted:
        return Likeness.WORD_ORDER
    if a.telling == b.telling:
        return Likeness.SMALL_WORDS
    if _few_letters_differ(a.telling.split(), b.telling.split()):
        return Likeness.LETTERS
    return Likeness.ACRONYM if _share_an_acronym(a, b) else None


def _few_letters_differ(some: list[str], others: list[str]) -> bool:
    """Whether each word has a partner that is equal or, for a longer word, nearly equal; letters by OSA distance."""
    if len(some) != len(others):
        return False
    rest, letters = list(others), 0
    for word in some:
        partner = min(rest, key=lambda other: OSA.distance(word, other))
        distance = OSA.distance(word, partner)
        if distance > _allowed(min(word, partner, key=len)):
            return False
        letters += distance
        rest.remove(partner)
    return 0 < letters <= MOST_LETTERS


def _allowed(word: str) -> int:
    if not word.isalpha() or len(word) < MEDIUM:
        return 0
    return 2 if len(word) >= LONG else 1


def _share_an_acronym(a: _Face, b: _Face) -> bool:
    """One's acronym is the other's, or the initials of the other's name (then of four letters at least)."""
    if len(a.acronym) >= SHORTEST_ACRONYM and a.acronym == b.acronym:
        return True
    return any(
        len(one.acronym) > SHORTEST_ACRONYM and not other.acronym and one.acronym in other.initials
        for one, other in ((a, b), (b, a))
    )
