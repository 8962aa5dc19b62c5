"""How a language is written, as far as the page must know: direction, script, fonts, digits, comma."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import icu

RIGHT_TO_LEFT = {"Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}
COMMAS = {"Arab": "، ", "Ethi": "፣ ", "Hans": "，", "Hant": "，", "Jpan": "、"}
SEMICOLONS = {"Arab": "؛ ", "Ethi": "፤ ", "Hans": "；", "Hant": "；", "Jpan": "／", "Grek": " · "}
# Serif and sans of the scripts that Noto Serif and Noto Sans (Latin, Greek, Cyrillic) leave to others
FONTS = {
    "Arab": ("Noto Naskh Arabic", "Noto Naskh Arabic"),  # lam-alef of Noto Sans Arabic is read back turned around
    "Armn": ("Noto Serif Armenian", "Noto Sans Armenian"),
    "Beng": ("Noto Serif Bengali", "Noto Sans Bengali"),
    "Deva": ("Noto Serif Devanagari", "Noto Sans Devanagari"),
    "Ethi": ("Noto Serif Ethiopic", "Noto Sans Ethiopic"),
    "Geor": ("Noto Serif Georgian", "Noto Sans Georgian"),
    "Gujr": ("Noto Serif Gujarati", "Noto Sans Gujarati"),
    "Guru": ("Noto Serif Gurmukhi", "Noto Sans Gurmukhi"),
    "Hans": ("Noto Serif CJK SC", "Noto Sans CJK SC"),
    "Hant": ("Noto Serif CJK TC", "Noto Sans CJK TC"),
    "Hebr": ("Noto Serif Hebrew", "Noto Sans Hebrew"),
    "Jpan": ("Noto Serif CJK JP", "Noto Sans CJK JP"),
    "Khmr": ("Noto Serif Khmer", "Noto Sans Khmer"),
    "Knda": ("Noto Serif Kannada", "Noto Sans Kannada"),
    "Kore": ("Noto Serif CJK KR", "Noto Sans CJK KR"),
    "Laoo": ("Noto Serif Lao", "Noto Sans Lao"),
    "Mlym": ("Noto Serif Malayalam", "Noto Sans Malayalam"),
    "Mymr": ("Noto Serif Myanmar", "Noto Sans Myanmar"),
    "Sinh": ("Noto Serif Sinhala", "Noto Sans Sinhala"),
    "Taml": ("Noto Serif Tamil", "Noto Sans Tamil"),
    "Telu": ("Noto Serif Telugu", "Noto Sans Telugu"),
    "Thaa": ("Noto Sans Thaana", "Noto Sans Thaana"),
    "Thai": ("Noto Serif Thai", "Noto Sans Thai"),
    "Tibt": ("Noto Serif Tibetan", "Noto Serif Tibetan"),
}
# Which form of a Han character the organizations of a country use; elsewhere the document's own, or the simplified
HAN_BY_COUNTRY = {
    "CN": "Hans", "SG": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant", "JP": "Jpan", "KR": "Kore", "KP": "Kore",
}  # fmt: skip


# Who follows when a character is in neither of a document's own fonts; of the four forms of Han, the simplified
OTHER_SERIFS = [serif for script, (serif, _sans) in FONTS.items() if script not in ("Hant", "Jpan", "Kore")]
OTHER_SANS = [sans for script, (_serif, sans) in FONTS.items() if script not in ("Hant", "Jpan", "Kore")]


@dataclass(frozen=True)
class Writing:
    """`direction` is "ltr" or "rtl", `script` an ISO 15924 code, `digits` the ten figures from zero."""

    direction: str
    script: str
    digits: str
    serif: str
    sans: str
    comma: str
    semicolon: str

    def figures(self, text: str) -> str:
        """`text` with its European digits in the figures of this language."""
        return text.translate({ord("0") + value: digit for value, digit in enumerate(self.digits)})


@lru_cache(maxsize=64)
def of(language: str) -> Writing:
    """Look the BCP 47 tag `language` up in CLDR. "ar" means its likeliest region, Egypt (٠١٢٣); "ar-MA" has 0123."""
    locale = icu.Locale(icu.Locale.forLanguageTag(language).getName())
    locale.addLikelySubtags()
    script = locale.getScript()
    digits = icu.NumberingSystem.createInstance(locale).getDescription()
    serif, sans = FONTS.get(script, ("Noto Serif", "Noto Sans"))
    return Writing(
        direction="rtl" if script in RIGHT_TO_LEFT else "ltr",
        script=script,
        digits=digits if len(digits) == 10 else "0123456789",
        serif="Noto Nastaliq Urdu" if locale.getLanguage() == "ur" else serif,
        sans=sans,
        comma=COMMAS.get(script, ", "),
        semicolon=SEMICOLONS.get(script, "; "),
    )


def direction_of(text: str) -> str:
    """Return "rtl" if the first strong character is right-to-left (UAX #9, rules P2 and P3), otherwise "ltr"."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"


def name_of(language: str, words: str) -> str:
    """Return what the language `language` is called in the language `words` (both BCP 47, names of CLDR).

    With dialect names: "Simplified Chinese", "français canadien". The tag itself if CLDR does not know it.
    """
    names = icu.LocaleDisplayNames.createInstance(icu.Locale.forLanguageTag(words), icu.UDialectHandling.DIALECT_NAMES)
    return str(names.localeDisplayName(icu.Locale.forLanguageTag(language)))
