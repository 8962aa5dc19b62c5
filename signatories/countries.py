"""Where an organization is: countries by ISO 3166-1 alpha-2, wider areas by UN M.49 (three digits).

Which countries there are is ISO's list. What they are called is CLDR's, in every language a letter may have (UTS #35),
since ISO's is for sorting ("Réunion, La", "Micronesia (Federated States of)"), with these exceptions:

* CLDR's short name where the other says whose it is or what it was: Hong Kong, Macao, Myanmar, Palestine.
* The name by the United Nations where CLDR tells two countries apart by their capitals, and for Cabo Verde.
* In English nothing is abbreviated: "Saint Kitts and Nevis".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import icu
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from letters import collation

WIDER = {
    "001": _("International"),
    "002": _("Africa (regional)"),
    "019": _("Americas (regional)"),
    "142": _("Asia (regional)"),
    "150": _("Europe (regional)"),
    "145": _("Middle East and Western Asia (regional)"),
    "009": _("Oceania (regional)"),
}
SHORT = {"HK", "MO", "MM", "PS"}
BY_THE_UN = {
    "en": {"CD": "Democratic Republic of the Congo", "CG": "Congo", "CV": "Cabo Verde"},
    "fr": {"CD": "République démocratique du Congo", "CG": "Congo", "CV": "Cabo Verde"},
    "es": {"CD": "República Democrática del Congo", "CG": "Congo"},
    "ar": {"CD": "جمهورية الكونغو الديمقراطية", "CG": "الكونغو", "CV": "كابو فيردي"},
    "pt": {"CD": "República Democrática do Congo", "CG": "Congo"},
    "ru": {"CD": "Демократическая Республика Конго", "CG": "Республика Конго"},
    "sw": {"CD": "Jamhuri ya Kidemokrasia ya Kongo", "CG": "Jamhuri ya Kongo", "CV": "Cabo Verde"},
}
IN_BRACKETS = re.compile(r"\s*[(（].*?[)）]")
WRITTEN_OUT = {"en": (("St. ", "Saint "), ("&", "and"))}


def choices() -> tuple[tuple[str, str], ...]:
    """(code, name) in the current language, wider areas first."""
    return _choices(translation.get_language())


@lru_cache(maxsize=64)
def _choices(language: str | None) -> tuple[tuple[str, str], ...]:
    """256 names: translating and sorting them costs more than the rest of a sign-on, so they are kept by language."""
    language = language or settings.LANGUAGE_CODE
    by_name = collation.sort_key(language)
    named = ((code, name(code, language)) for code in countries.countries)
    return (*((code, name(code, language)) for code in WIDER), *sorted(named, key=lambda one: by_name(one[1])))


def is_known(code: str) -> bool:
    return code in WIDER or code in countries


def is_wider(code: str) -> bool:
    """Whether the code names more than one country."""
    return code in WIDER


def name(code: str, language: str | None = None) -> str:
    """The name in `language` (default: the current one); the code itself where it is unknown."""
    return _name(code, language or translation.get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=20_000)
def _name(code: str, language: str) -> str:
    if code in WIDER:
        with translation.override(language):
            return str(WIDER[code])
    return _in_cldr(code, language) if code in countries else code


def also_known(code: str, languages: Iterable[str]) -> Iterator[str]:
    """What it is called in lists, besides: by us, and by ISO, as we called it once."""
    for language in languages:
        yield name(code, language)
    for language in dict(settings.LANGUAGES):
        with translation.override(language):
            yield str(countries.name(code))


@lru_cache(maxsize=128)
def _names(language: str, length: int) -> icu.LocaleDisplayNames:
    return icu.LocaleDisplayNames.createInstance(icu.Locale.forLanguageTag(language), [length])


def _in_cldr(code: str, language: str) -> str:
    spoken = language.partition("-")[0].lower()
    if told := BY_THE_UN.get(spoken, {}).get(code):
        return told
    length = icu.UDisplayContext.LENGTH_SHORT if code in SHORT else icu.UDisplayContext.LENGTH_FULL
    words = str(_names(language, length).regionDisplayName(code))
    if code in SHORT:  # few languages have a short one for Myanmar
        words = IN_BRACKETS.sub("", words)
    for abbreviated, whole in WRITTEN_OUT.get(spoken, ()):
        words = words.replace(abbreviated, whole)
    return words
