"""Words that name a country or a wider region and nothing else: names in many languages (CLDR), short forms, codes."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import icu

from signatories import countries, names
from signatories.matching.places import LANGUAGES

LISTS = Path(__file__).with_name("lists")
MORE_LANGUAGES = "ja ko zh zh_Hant th my km lo am so ha mn kk uz az sq is ga mt af fil ps pa ta te kn ml mr si".split()
ARTICLE = re.compile(r"^(?:the|la|le|les|el|los|las|o|os|a|as|die|der|das|de|het|l['’]) ", re.IGNORECASE)
OFFICIAL = re.compile(  # the last bracket may have gone with what stood around
    r"(.+?)\s*\((.+? (?:of|de la|de|du|del|des))(?: the)?\)?$|(.+?)\s*\((.+ d['’])\)?$", re.IGNORECASE
)
SEVERAL = re.compile(r"\s*(?:/|,|;|、|،|\||\+|&|\band\b|\bet\b|\by\b|\bund\b|\be\b)\s*")
# Letters that are an abbreviation of a state as often as a country: Brazil, the United States, Canada, Australia.
STATES = frozenset(
    "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO"
    " AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MI MN MO NE NV NH NJ NM NY NC ND OH OK OR RI SD TN TX"
    " UT VT VA WA WV WI WY ON QC BC AB MB SK NB NL YT NT NSW VIC QLD TAS".split()
)


def lines(name: str) -> list[str]:
    """The lines of a list but for the comment it begins with."""
    return (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()[1:]


def key(words: str) -> str:
    return names.fold(words.replace(".", "").replace("&", " and ").replace("’", "'"))


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in icu.Locale.getISOCountries():
        country = icu.Locale("", code)
        for language in [*LANGUAGES, *MORE_LANGUAGES]:
            found.setdefault(key(country.getDisplayCountry(icu.Locale(language))), code)
    tags = [language.replace("_", "-") for language in (*LANGUAGES, *MORE_LANGUAGES)]
    for code in icu.Locale.getISOCountries():
        for told in countries.also_known(code, tags):
            found.setdefault(key(told), code)
    for line in lines("places"):
        code, _, spellings = line.partition(" ")
        found.update((key(spelling), code) for spelling in spellings.split("|"))
    bare = {name: "".join(icu_strip(name)) for name in found}
    for name, plain in bare.items():
        if plain != name:
            found.setdefault(plain, found[name])
    return found


def icu_strip(name: str) -> str:
    """Without accents: lists have Mexico for México."""
    return str(_accents().transliterate(name)) if not name.isascii() else name


@cache
def _accents() -> icu.Transliterator:
    return icu.Transliterator.createInstance("[:Latin:] NFD; [:Mn:] Remove; NFC")


@cache
def _by_code() -> dict[str, str]:
    """ISO 3166 alpha-2 and alpha-3, in capitals."""
    return {
        written: code
        for code in icu.Locale.getISOCountries()
        for written in (code, icu.Locale("", code).getISO3Country())
        if written
    }


@lru_cache(maxsize=20_000)
def code_of(words: str, *, codes: bool = False) -> str:
    """The code of the country or region that the words name as a whole, or "". `codes`: also NO, NOR, in a column."""
    words = words.strip(" .:;,،-–—")
    if not words or len(words) > 60:
        return ""
    if codes and len(words) in (2, 3) and words.isascii() and (found := _by_code().get(words.upper())):
        return found
    if words in ("us", "car", "opt", "eu", "rok", "ue", "world"):  # words, when not in capitals
        return ""
    sought = key(words)
    found = _by_name().get(sought) or _by_name().get(ARTICLE.sub("", sought)) or ""
    if not found and (parts := OFFICIAL.match(words)):  # "Bolivia (Plurinational State of)", as the UN has it
        name, of = (one for one in parts.groups() if one)
        found = _by_name().get(key(f"{of} {name}")) or _by_name().get(key(name)) or ""
    return found


@lru_cache(maxsize=5_000)
def is_ambiguous(words: str) -> bool:
    """Whether the words, which name a country, may be meant for another: "Congo", "Georgia"."""
    sought = key(words.strip(" .:;,،-–—"))
    return bool({sought, ARTICLE.sub("", sought)} & _ambiguous())


@cache
def _ambiguous() -> frozenset[str]:
    told = {key(spelling) for line in lines("ambiguous") for spelling in line.split(" | ")}
    return frozenset(told | {icu_strip(spelling) for spelling in told})


@lru_cache(maxsize=5_000)
def codes_of(words: str) -> list[str]:
    """Of "Netherlands / Germany / Spain", each in turn; none unless every part names one."""
    found = [code_of(part, codes=True) for part in SEVERAL.split(words) if part]
    return found if all(found) else []
