"""Parts of the world by UN M.49, three digits: what lies in what, and in which order a list has them."""

from __future__ import annotations

from functools import lru_cache

import icu

WORLD = "001"


def rank(code: str) -> int:
    """0 for International, 1 for regions, 2 for countries: the order in which a roll has them."""
    return 0 if code == WORLD else 1 if code.isdigit() else 2


@lru_cache(maxsize=1000)  # codes are few, lines many
def region(code: str) -> str:
    """The region of a country, or of a wider area: "002" for Kenya; "001" for what is in none."""
    if code == WORLD:
        return WORLD
    try:
        found = icu.Region.getInstance(code)
        around = found.getContainingRegion(icu.URegionType.CONTINENT)
    except icu.ICUError:
        return WORLD
    return str(around.getRegionCode()) if around else code if found.getType() == icu.URegionType.CONTINENT else WORLD


def name(code: str, language: str) -> str:
    """What `language` (BCP 47) calls a region."""
    return str(icu.Locale(f"und_{code}").getDisplayCountry(icu.Locale.forLanguageTag(language)))
