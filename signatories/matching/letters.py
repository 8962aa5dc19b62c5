"""What letters of all scripts have in common: one plain spelling for comparing, and the sound in Latin consonants."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import icu

from signatories import names

# Marks over and under letters of Latin, Greek, Cyrillic, Hebrew and Arabic; half marks are those of library catalogues.
# Not the vowels of Indic scripts nor the voicing of kana, which are letters to their readers.
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1dc0-\u1dff\ufe20-\ufe2f]"
)
ARABIC_MARKS = re.compile("[\ufe20-\ufe2f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
ARABIC = str.maketrans("أإآٱىیئےؤکةۀہھ", "اااايييوكهههه"[:2] + "ااييييوكهههه", "ء")
_QUOTES = "ʻʼʹʺʿʾ’‘'`´׳״"
LATIN = str.maketrans(
    dict(zip("ßæœøłđðþıŋħə", "ss ae oe o l d d th i n h e".split(), strict=True)) | dict.fromkeys(_QUOTES, "")
)
KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)} | {ord("ー"): None, ord("・"): None}
UNSPACED = re.compile(  # scripts that put no space between words; also Korean, which does so at will
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
ARTICLE = re.compile("^(?:و?ال|لل)(?=...)")  # glued on: al-, wa-l-, li-l-

_simplified = icu.Transliterator.createInstance("Hant-Hans")
_to_latin = icu.Transliterator.createInstance("Any-Latin; Lower; NFD")
_to_ascii = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")


@lru_cache(maxsize=100_000)
def exact(text: str) -> str:
    """What is one spelling to any reader: NFKC and case (UAX #15), forms of Arabic letters, dotless i, apostrophes.

    Other accents stay.
    """
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", names.UNSEEN.sub("", text)).casefold())
    folded = unicodedata.normalize("NFC", ARABIC_MARKS.sub("", unicodedata.normalize("NFD", folded)))
    return folded.translate(ARABIC).translate(LATIN).replace("i\u0307", "i")


@lru_cache(maxsize=100_000)
def plain(word: str) -> str:
    """`exact` without accents, in hiragana and simplified characters; the Arabic article and "and" glued to it go."""
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "")
    bare = MARKS.sub("", unicodedata.normalize("NFD", exact(word)))
    bare = unicodedata.normalize("NFC", bare).translate(LATIN).translate(KATAKANA)
    if HAN.search(bare):
        bare = str(_simplified.transliterate(bare))
    return ARTICLE.sub("", bare)


def ascii_of(name: str) -> str:
    """The name in lower-case ASCII, as far as ICU can say it so: Общая вода is obsaa voda, École is ecole.

    Good for finding what somebody types; too coarse to call two organizations one.
    """
    folded = names.fold(name)
    return folded if folded.isascii() else str(_to_ascii.transliterate(folded))


def script(word: str) -> str:
    """The first word of the Unicode name of its first letter: LATIN, CYRILLIC, CJK; HIRAGANA counts as CJK."""
    first = next(filter(str.isalpha, word), "")
    if not first or first.isascii():
        return "LATIN" if first else ""
    found = unicodedata.name(first, "").split(" ", 1)[0]
    return "CJK" if found in ("HIRAGANA", "KATAKANA") else found


_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("[cs]\u030c", "C"), ("z\u030c", "z"), ("s[\u0301\u0327\u0326]", "C"), ("[\u0300-\u036f\ufe20-\ufe2f]", ""),
        ("shch|schtsch", "C"), ("tsch|tch|sch|ch|sh", "C"), ("ts|tz", "c"), ("zh", "z"), ("ph", "f"), ("th", "t"),
        ("kh", "h"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("[bvw]", "v"), ("[^a-zA-Z]", ""), ("[aeiouyhj]", ""),
        ("C", "s"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """The consonants in Latin letters, such as all romanizations of a word have in common: Сова and Sova are sv."""
    said = str(_to_latin.transliterate(word)) if not word.isascii() else word.lower()
    for pattern, letters in _SOUNDS:
        said = pattern.sub(letters, said)
    return said
