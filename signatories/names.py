"""Names of organizations: what makes two spellings one, and what comes before what."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

import icu

INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x00AD, 0x061C, 0x180E, 0xFEFF]
)
JOINERS = {0x200C, 0x200D}  # letters of Persian and Indic spellings: kept in print, ignored in comparison


def tidy(name: str) -> str:
    """The name as it may be printed: NFC (UAX #15), white space single, no control or direction characters.

    Nothing else is touched: capitals, quotes and punctuation are the organization's own.
    """
    if name.isascii() and name.isprintable():  # nothing to change, and most of what is typed is like that
        return " ".join(name.split())
    kept = {code: None for code in INVISIBLE if code not in JOINERS}
    spaced = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in name)
    return " ".join(unicodedata.normalize("NFC", spaced.translate(kept)).split())


def fold(name: str) -> str:
    """What two spellings of one name share: NFKC, case folded (UAX #15, Unicode 3.13), punctuation as spaces.

    Cautious on purpose: accents and word order stay, since equal folds count as one organization without asking.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name.translate(INVISIBLE)).casefold())
    words = "".join(" " if unicodedata.category(char)[0] in "PSZC" else char for char in folded).split()
    return " ".join(words) or folded.strip()


@lru_cache(maxsize=32)
def sort_key(language: str) -> Callable[[str], bytes]:
    """A key function for sorting names as `language` (BCP 47) does: UCA with CLDR tailoring (UTS #10, UTS #35).

    Punctuation and spaces are ignored on the first levels ("shifted"); a tie falls back to the name itself.
    """
    collator = icu.Collator.createInstance(icu.Locale.forLanguageTag(language))
    collator.setAttribute(icu.UCollAttribute.ALTERNATE_HANDLING, icu.UCollAttributeValue.SHIFTED)
    collator.setStrength(icu.Collator.QUATERNARY)
    return lambda name: bytes(collator.getSortKey(name)) + b"\0" + name.encode()
