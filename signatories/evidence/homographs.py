"""Letters that pass for others: UTS #39, Unicode Security Mechanisms, by ICU's tables."""

from __future__ import annotations

import unicodedata

import icu

from signatories.evidence import hosts

# National endings under which a word all in Cyrillic is at home even where it reads as Latin: рух.ua.
CYRILLIC_ENDINGS = frozenset("bg by kg kz mk mn rs ru su tj ua uz".split())

_checker = icu.SpoofChecker()
_checker.setChecks(icu.USpoofChecks.RESTRICTION_LEVEL)
_checker.setRestrictionLevel(icu.URestrictionLevel.HIGHLY_RESTRICTIVE)


def skeleton(text: str) -> str:
    """Equal for texts no reader can tell apart (UTS #39, 4). Say I and l apart by asking in both cases."""
    return str(_checker.getSkeleton(0, text))


def is_disguised(host: str) -> bool:
    """Whether `host`, in ASCII form, is spelled to be taken for another.

    Either a label mixes scripts which no way of writing mixes (beyond "highly restrictive", UTS #39, 5.2: Japanese with
    Latin is fine, Cyrillic with Latin is not), or it is all in another script and yet reads as ASCII, under an ending
    where that script is a stranger; browsers show neither as letters.
    """
    *labels, ending = hosts.written(host).split(".")
    at_home = not ending.isascii() or ending in CYRILLIC_ENDINGS
    return any(mixes(label) or (not at_home and _reads_as_ascii(label)) for label in labels)


def mixes(label: str) -> bool:
    """Whether a word mixes scripts which no way of writing mixes."""
    return bool(_checker.check(label))


def _reads_as_ascii(label: str) -> bool:
    if label.isascii() or not skeleton(label).isascii():
        return False
    return not any(unicodedata.name(letter, "").startswith("LATIN") for letter in label)
