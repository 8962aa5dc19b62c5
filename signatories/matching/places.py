"""Countries as names of organizations have them: by name in forty languages (CLDR) or as an adjective (peruana)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import icu

from signatories.matching import words
from signatories.matching.letters import plain

LANGUAGES = (
    "en fr es pt de it nl sv da nb fi pl cs sk hu ro bg ru uk sr hr sl et lv lt el tr ar fa he hi bn ur ta vi id ms sw"
    " ca eu gl ka hy ne"
).split()
LONGEST = 4  # words in a name: "Bosnia and Herzegovina" has three, after small words are gone
SHORTEST_STEM = 4
CAPITALS = {
    "UK": "GB",
    "GB": "GB",
    "US": "US",
    "USA": "US",
    "UAE": "AE",
    "DRC": "CD",
    "RDC": "CD",
    "NZ": "NZ",
    "RSA": "ZA",
    "EEUU": "US",
}
# Words that only look like an adjective of a country, or mean more than one thing.
NOT_PLACES = frozenset(
    "romani romano roman romana rom roma indigo marino us man den eur indien central santa saint san cook republic new"
    " norte sur nord sud marine".split()
)


@cache
def _by_name() -> dict[tuple[str, ...], str]:
    """From the words of a name, plain and without small ones, to its ISO 3166 code."""
    found: dict[tuple[str, ...], str] = {}
    for code in icu.Locale.getISOCountries():
        country = icu.Locale("", code)
        for language in LANGUAGES:
            key = _key(country.getDisplayCountry(icu.Locale(language)))
            if key and len(key) <= LONGEST:
                found.setdefault(key, code)
    for line in words.lines("countries"):
        code, *spellings = line.split()
        found.update({_key(spelling): code for spelling in spellings})
    return {key: code for key, code in found.items() if len(key) > 1 or key[0] not in NOT_PLACES}


@cache
def beginnings() -> frozenset[str]:
    """First words of names that have more."""
    return frozenset(key[0] for key in _by_name() if len(key) > 1)


def _key(name: str) -> tuple[str, ...]:
    found = (plain(word) for word in re.split(r"[\s()–-]+", name.replace("’", "'")))
    return tuple(word for word in found if word and word not in words.small())


@cache
def _stems() -> dict[str, str]:
    stems: dict[str, str] = {}
    for (first, *more), code in sorted(_by_name().items()):
        if more or first in NOT_PLACES:
            continue
        stem = first
        while len(stem) >= SHORTEST_STEM:
            stems.setdefault(stem, code)
            if stem[-1] not in "aeiouаяиоуеыіαηοσιه":
                break
            stem = stem[:-1]
    return stems


@lru_cache(maxsize=50_000)
def of_words(told: tuple[str, ...]) -> str:
    """The code of the country that the words `told`, plain, name as a whole, or ""."""
    if found := _by_name().get(told):
        return found
    if len(told) != 1 or len(told[0]) < SHORTEST_STEM + 1 or told[0] in NOT_PLACES:
        return ""
    word = told[0]
    for cut in range(len(word) - 1, max(SHORTEST_STEM, len(word) - 7) - 1, -1):
        if (code := _stems().get(word[:cut])) and word[cut:] in words.endings():
            return code
    return ""
