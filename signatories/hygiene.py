"""What one would rather see before names are frozen: doubts about their spelling, none of them a verdict."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from letters.pdf import coverage
from signatories import names
from signatories.evidence import homographs

Key = TypeVar("Key", bound=Hashable)
LONG = 120  # characters; more than two lines in a column
SHOUTED = re.compile(r"[^\W\d_]{4,}")
LEGAL_FORM = re.compile(
    r"[\s,(](?:Inc|Ltd|Limited|LLC|LLP|PLC|Corp|Co|Pty|GmbH|gGmbH|UG|AG|e\. ?V|S\. ?A|S\. ?L|S\. ?R\. ?L|SARL|S\.p\.A"
    r"|BV|B\. ?V|NV|N\. ?V|Oy|AB|A/S|Sp\. z o\.o|Sdn\.? Bhd)\.?\)?$",
    re.IGNORECASE,
)
SPACED = re.compile(r"\s\s|^\s|\s$|\s[,.;:)]|\(\s|,,")
BRACKETED = re.compile(r"(?:.*[\s,–—-])?(\w[\w.&’'-]*)\s*[(（\[]\1[)）\]]")  # "SMEX (SMEX)"
HIDDEN = {"Cc", "Cf", "Co", "Cn", "Cs"}  # categories of what nobody sees


class Named(NamedTuple):
    """What is printed of a line, and where it is."""

    name: str
    acronym: str = ""
    second_name: str = ""
    affiliation: str = ""
    country: str = ""


class Doubt(Enum):
    """In the order in which they matter; the value is what the page calls them by."""

    NO_FONT = "no_font"
    HIDDEN = "hidden"
    PICTURE = "picture"
    LOOKALIKE = "lookalike"
    SAME_LOOK = "same_look"
    NO_COUNTRY = "no_country"
    CAPITALS = "capitals"
    TWICE = "twice"
    SPACES = "spaces"
    LEGAL_FORM = "legal_form"
    LONG = "long"


def doubts(line: Named) -> Iterator[Doubt]:
    """What is to be looked at in one line."""
    printed = " ".join(line[:4])
    if not (printed.isascii() and printed.isprintable()):
        yield from _of_characters(printed)
    if not line.country:
        yield Doubt.NO_COUNTRY
    yield from _of_spelling(line)


def _of_characters(printed: str) -> Iterator[Doubt]:
    characters = set(printed)
    hidden = set(filter(_is_hidden, characters))
    if coverage.lacking("".join(characters - hidden)):
        yield Doubt.NO_FONT
    if hidden:
        yield Doubt.HIDDEN
    if names.PICTURE.search(printed):
        yield Doubt.PICTURE
    if any(homographs.mixes(word) for word in printed.split() if not word.isascii()):
        yield Doubt.LOOKALIKE


def _of_spelling(line: Named) -> Iterator[Doubt]:
    if len(SHOUTED.findall(line.name)) > 1 and line.name == line.name.upper() != line.name.lower():
        yield Doubt.CAPITALS
    if _says_twice(line):
        yield Doubt.TWICE
    if any(SPACED.search(part) for part in (line.name, line.second_name, line.affiliation)):
        yield Doubt.SPACES
    if LEGAL_FORM.search(line.name):
        yield Doubt.LEGAL_FORM
    if len(line.name) > LONG:
        yield Doubt.LONG


def _says_twice(line: Named) -> bool:
    """What lists often do: an acronym that stands in the name as well, or all of the name a second time."""
    words, short = f" {names.fold(line.name)} ", names.fold(line.acronym)
    is_again = bool(line.second_name) and names.fold(line.second_name) == names.fold(line.name)
    return bool(short and f" {short} " in words) or is_again or bool(BRACKETED.fullmatch(line.name.casefold()))


class Look(NamedTuple):
    """What one line looks like: its doubts, its name folded, and what no reader can tell that from."""

    doubts: tuple[Doubt, ...]
    folded: str
    skeleton: str


def look(line: Named) -> Look:
    folded = names.fold(line.name)
    return Look(tuple(doubts(line)), folded, homographs.skeleton(folded))


look_in_public = lru_cache(maxsize=20_000)(look)  # kept in the process: never of a name that is withheld


def doubted(looks: Mapping[Key, tuple[str, Look]]) -> dict[Doubt, list[Key]]:
    """The keys under each doubt, in their order and that of the doubts; `looks` are with their countries."""
    alike = same_look(looks)
    found: dict[Doubt, list[Key]] = {doubt: [] for doubt in Doubt}
    for key, (_country, one) in looks.items():
        for doubt in one.doubts:
            found[doubt].append(key)
        if key in alike:
            found[Doubt.SAME_LOOK].append(key)
    return {doubt: keys for doubt, keys in found.items() if keys}


def same_look(looks: Mapping[Key, tuple[str, Look]]) -> set[Key]:
    """The keys of those whose names no reader can tell from another's in the same country, though they are spelled
    otherwise."""
    first: dict[tuple[str, str], str] = {}
    spelled_otherwise = set()
    for country, one in looks.values():
        if first.setdefault((one.skeleton, country), one.folded) != one.folded:
            spelled_otherwise.add((one.skeleton, country))
    if not spelled_otherwise:
        return set()
    return {key for key, (country, one) in looks.items() if (one.skeleton, country) in spelled_otherwise}


@lru_cache(maxsize=10_000)
def _is_hidden(character: str) -> bool:
    """Not what shapes letters of some scripts, as joiners do."""
    return unicodedata.category(character) in HIDDEN and not names.SHAPING.match(character)
