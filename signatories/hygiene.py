"""What one would rather see before names are frozen: doubts about their spelling, none of them a verdict."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from letters.pdf import coverage
from signatories import names
from signatories.evidence import homographs

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


def same_look(lines: Iterable[tuple[str, Named]]) -> set[str]:
    """The keys of those whose names no reader can tell from another's in the same country, though they are spelled
    otherwise."""
    looks: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key, line in lines:
        folded = names.fold(line.name)
        looks[homographs.skeleton(folded), line.country][folded].add(key)
    return {key for spelled in looks.values() if len(spelled) > 1 for keys in spelled.values() for key in keys}


@lru_cache(maxsize=10_000)
def _is_hidden(character: str) -> bool:
    """Not what shapes letters of some scripts, as joiners do."""
    return unicodedata.category(character) in HIDDEN and not names.SHAPING.match(character)
