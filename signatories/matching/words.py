"""Words of names that say little, or say one known thing: lists/*.txt, looked up as `letters.plain` has them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from signatories.matching.letters import plain

LISTS = Path(__file__).with_name("lists")
# These legal forms are also words or other acronyms: they count only at the end of a name or of a part of it, or
# "NGO Forum" and "Forum NGO" would be one.
AMBIGUOUS = frozenset(
    "ngo ngos npo limited registered incorporated regd sa ac as aps ets rf ry sc bv eg sl zs os oz no nf bo ug cic cio"
    " osc clg го бо оо".split()
)
WIDE = frozenset("international world global".split())  # concepts: what has one is above countries
DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest central".split())
# Concepts that make a part or a sister of the organization that has the same name without.
SIDES = (
    DIRECTIONS
    | WIDE
    | frozenset("youth student women young junior national european african asian american arab state federal".split())
)
ABBREVIATIONS = {
    "nat": "national",
    "natl": "national",
    "intl": "international",
    "assn": "association",
    "assoc": "association",
    "st": "saint",
    "sta": "santa",
    "dept": "department",
    "univ": "university",
    "org": "organization",
    "fed": "federation",
    "govt": "government",
    # not short, but British
    "centre": "center",
    "organisation": "organization",
    "labour": "labor",
    "defence": "defense",
}


def lines(name: str) -> list[str]:
    """The lines of a list but for the comment it begins with."""
    return (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()[1:]


def _set(name: str) -> frozenset[str]:
    return frozenset(plain(word) for line in lines(name) for word in line.split())


def _by_word(name: str) -> dict[str, str]:
    told = (line.split() for line in lines(name))
    return {plain(word): plain(words[0]) for words in told for word in words}


@cache
def small() -> frozenset[str]:
    return _set("small_words")


@cache
def kinds() -> frozenset[str]:
    """Of bodies, such as may stand before a name or not."""
    return _set("kinds")


@cache
def synonyms() -> dict[str, str]:
    """From what a body is called to the first word of its line."""
    return _by_word("synonyms")


@cache
def hardly_telling() -> frozenset[str]:
    """Kinds of bodies, synonyms of theirs, and branches: words that one of two equal names may lack."""
    same = {synonyms()[word] for word in kinds() if word in synonyms()}
    return kinds() | branches() | {word for word, first in synonyms().items() if first in same}


@cache
def branches() -> frozenset[str]:
    return _set("branches")


def is_spared(word: str) -> bool:
    """Whether its partner may begin otherwise, or be nowhere."""
    return word in hardly_telling() or word in synonyms()


@cache
def endings() -> frozenset[str]:
    """Of adjectives made from names of countries."""
    return _set("endings")


@cache
def inflections() -> frozenset[str]:
    """Endings of the forms of one word, none at all among them."""
    return _set("inflections") | {""}


@cache
def concepts() -> dict[str, str]:
    """From a word to the first one of its line."""
    return _by_word("concepts")


@cache
def cities() -> dict[str, str]:
    return _by_word("cities")
