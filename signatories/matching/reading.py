"""A name taken apart: its parts and words, acronyms, legal forms and places, made once for many comparisons."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import intern

from signatories import names
from signatories.evidence.homographs import skeleton
from signatories.matching import places, words
from signatories.matching.acronyms import ROMAN, acronyms_apart, initials_of, interned
from signatories.matching.cutting import WORD, Piece, cut
from signatories.matching.letters import UNSPACED, exact, plain, script, sound


@dataclass(frozen=True, slots=True)
class Part:
    """Words between two breaks, without small ones, legal forms and acronyms; `opened` is the kind of break before.

    A word is plain (letters.plain), or "=KE" for a country, or "+youth" for a concept (words.concepts).
    """

    words: tuple[str, ...]
    opened: str
    script: str
    plain: tuple[str, ...]  # the same, without the two last


@dataclass(frozen=True, slots=True)
class Side:
    """A name, or a part of it that may stand for it; `rest` is what then is left out."""

    words: tuple[str, ...]
    rest: tuple[Part, ...]
    script: str
    plain: tuple[str, ...]
    leading: str

    @property
    def rest_words(self) -> dict[str, None]:
        """In their order."""
        return dict.fromkeys(word for part in self.rest for word in part.words) if self.rest else {}


@dataclass(frozen=True, slots=True)
class Reading:
    """One name. Equal `strict` is one name to any reader; `legal` are its legal forms in one spelling each."""

    strict: str
    parts: tuple[Part, ...]
    words: tuple[str, ...]
    acronyms: tuple[str, ...]
    initials: tuple[str, ...]
    legal: tuple[str, ...]
    joined: str
    accented: str
    looks: tuple[int, ...]  # skeletons of UTS #39, hashed
    script: str
    is_acronym: bool
    sides: tuple[Side, ...]  # made once: a name is compared with many

    @property
    def places(self) -> set[str]:
        return {word for word in self.words if word[0] == "="}

    @property
    def concepts(self) -> set[str]:
        return {word for word in self.words if word[0] == "+"}


def read(name: str, acronym: str = "") -> Reading:
    """`name` taken apart, with the acronym given beside it."""
    text = unicodedata.normalize("NFKC", names.UNSEEN.sub("", name))
    pieces = [piece for piece in cut(text) if piece.written]
    pieces = pieces or [Piece("", WORD.findall(text) or [name], set())]
    legal = interned(form for piece in pieces for form in piece.forms)
    acronyms, full = acronyms_apart(pieces)
    parts = tuple(part for piece in full if (part := _part(piece)).words)
    all_words = _once(word for part in parts for word in part.words)
    written = [word for piece in full for word in piece.written]
    given = "".join(WORD.findall(plain(acronym)))
    found = {plain("".join(piece.written)) for piece in acronyms}
    spelled = [piece for piece in acronyms if plain("".join(piece.written)) in initials_of(written)]
    kept = [piece for piece in pieces if piece not in spelled or piece in full]
    strict = [exact(word) or word for piece in kept for word in piece.written]
    is_acronym = full == acronyms
    return Reading(
        strict=" ".join(_without_article(strict)) + "|" + " ".join(legal),
        parts=parts,
        words=all_words,
        acronyms=interned({given, *found} - {""}),
        initials=() if is_acronym else initials_of(written),
        legal=legal,
        joined=intern("".join(word for part in parts for word in part.words)),
        accented=" ".join(exact(word) for word in written),
        looks=tuple({hash(skeleton(exact(name))), hash(skeleton(names.tidy(name)))}),
        script=_main_script(parts),
        is_acronym=is_acronym,
        sides=tuple(_sides(parts, all_words)),
    )


def _sides(parts: tuple[Part, ...], all_words: tuple[str, ...]) -> Iterator[Side]:
    first = parts[0].words[0] if parts else ""
    yield Side(all_words, (), _main_script(parts), tuple(word for part in parts for word in part.plain), first)
    if len(parts) > 1:
        for place, part in enumerate(parts):
            if _may_stand_alone(part):
                yield Side(part.words, parts[:place] + parts[place + 1 :], part.script, part.plain, part.words[0])
        if len(parts) > 2:
            two = tuple(dict.fromkeys(parts[0].words + parts[1].words))
            yield Side(two, parts[2:], _main_script(parts), parts[0].plain + parts[1].plain, first)


def _may_stand_alone(part: Part) -> bool:
    return any(word[0] not in "=+" and not word.isdigit() and word not in words.branches() for word in part.words)


def _part(piece: Piece) -> Part:
    plains = [(word, plain(word) or word) for word in piece.written]
    told = [(word, small) for word, small in plains if small not in words.small()] or plains
    if UNSPACED.search(piece.written[0]):
        return Part((whole := "".join(small for _, small in plains),), piece.opened, script(piece.written[0]), (whole,))
    found, place = [], 0
    while place < len(told):
        longest = places.LONGEST if told[place][1] in places.beginnings() else 1
        for length in range(min(longest, len(told) - place), 0, -1):
            code = places.of_words(tuple(small for _, small in told[place : place + length]))
            if not code and length == 1:
                code = places.CAPITALS.get(told[place][0], "")
            if code:
                found.append("=" + code)
                place += length
                break
        else:
            found.append(_word(*told[place]))
            place += 1
    return Part(_once(found), piece.opened, script(piece.written[0]), tuple(intern(small) for _, small in told))


def _word(written: str, small: str) -> str:
    if written in ROMAN:
        return ROMAN[written]
    if small.isdigit():
        return str(int(small))
    small = words.ABBREVIATIONS.get(small, small)
    if concept := words.concepts().get(small):
        return "+" + concept
    return words.cities().get(small, small)


def _once(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(intern, found)))


def _without_article(strict: list[str]) -> list[str]:
    return strict[1:] if len(strict) > 2 and strict[0] == "the" else strict


def _main_script(parts: tuple[Part, ...]) -> str:
    return parts[0].script if parts else ""


def sounds(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (word if word[0] in "=+" else sound(word) for word in told)))
