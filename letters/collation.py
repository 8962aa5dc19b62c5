"""What comes before what: names as the language of a list sorts them (UTS #10 with the tailoring of CLDR, UTS #35)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import icu

# Articles that a name may begin with (MARC 21, appendix F), of the languages letters are written in; those that melt
# into the next word apart. English "The" begins names everywhere, so it counts in every list; other languages' articles
# only in their own, for "Die" or "A" begin other names too.
EVERYWHERE = "the"
ARTICLES = {
    "ca": "el la els les un una uns unes",
    "cy": "y yr",
    "da": "den det de en et",
    "de": "der die das ein eine",
    "el": "ο η το οι τα ένας μια μία ένα",
    "en": "the a an",
    "eo": "la",
    "es": "el la los las lo un una unos unas",
    "fr": "le la les un une",
    "ga": "an na",
    "gl": "o a os as un unha",
    "hu": "a az egy",
    "it": "il lo la i gli le un uno una",
    "nb": "den det de en ei et",
    "nl": "de het een 't",
    "no": "den det de en ei et",
    "pt": "o a os as um uma",
    "ro": "un o",
    "sv": "den det de en ett",
}
MELTED = {"ca": "l", "fr": "l", "it": "l un"}
# Arabic writes its article as the beginning of the word. These words begin with the same two letters, and no article.
NOT_THE_ARTICLE = (
    "الله اللهم التزام التماس التقاء التفات التحاق التحام التهاب التباس التقاط المانيا المانية الماني البانيا"
)
ARABIC = re.compile(rf"\W*ال(?!(?:{'|'.join(word[2:] for word in NOT_THE_ARTICLE.split())})\b)(?=\w{{2}})")
KEPT = 50_000  # keys of names: making those of ten thousand costs more than sorting by them


@lru_cache(maxsize=32)
def sort_key(language: str) -> Callable[[str], bytes]:
    """A key function for sorting names as `language` (BCP 47) does; "zh-u-co-stroke" asks for an order by name.

    Punctuation and spaces are ignored on the first levels ("shifted"); a tie falls back to the name itself.
    """
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    collator.setAttribute(icu.UCollAttribute.ALTERNATE_HANDLING, icu.UCollAttributeValue.SHIFTED)
    collator.setStrength(icu.Collator.QUATERNARY)
    return lambda name: bytes(collator.getSortKey(name)) + b"\0" + name.encode()


@lru_cache(maxsize=KEPT)
def key(name: str, language: str) -> bytes:
    """The key of one name, remembered."""
    return sort_key(language)(name)


@lru_cache(maxsize=KEPT)
def without_article(name: str, language: str) -> str:
    """The name from its first word that is no article: of `language` (BCP 47), or English "The"."""
    found = _article(language.partition("-")[0].lower()).match(name)
    return name[found.end() :] if found else name


@lru_cache(maxsize=32)
def _article(stem: str) -> re.Pattern[str]:
    if stem == "ar":
        return re.compile(rf"(?:{ARABIC.pattern})|\W*the\s+(?=\w)", re.IGNORECASE)
    words = "|".join(sorted({EVERYWHERE, *ARTICLES.get(stem, "").split()}))
    melted = "|".join(MELTED.get(stem, "").split())
    elided = rf"|\W*(?:{melted})['’ʼ](?=\w)" if melted else ""  # the apostrophes people type
    return re.compile(rf"\W*(?:{words})\s+(?=\W*\w){elided}", re.IGNORECASE)
