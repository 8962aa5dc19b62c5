"""Under which letter a name stands in a list without headings, as a dictionary says it at the head of its pages."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from string import ascii_uppercase
from typing import Any

import icu

from letters import collation
from letters.document import NONE, Roll, RollGroup

JAMO = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"  # what a Korean syllable begins with (Unicode, 3.12)
DIGITS = "0–9"


def of(roll: Roll, group: RollGroup, language: str) -> list[str]:
    """Return for each line of a group the letter that begins with it, or "" where the one before still holds.

    Empty for a group that has a heading, or is sorted by something else.
    """
    if group.title or group.by != NONE:
        return []
    found, last = [], ""
    for line in group.lines:
        name = collation.without_article(line.name, language) if roll.arrangement.skips_articles else line.name
        letter = initial(line.reading or name, language)
        found.append(letter if letter != last else "")
        last = letter or last
    return found


def initial(name: str, language: str) -> str:
    """Return the letter of the index of `language` (BCP 47) under which a name is sorted, else that of its own script,
    or "" for Chinese characters whose order another reader does not know."""
    first = next((character for character in name if character.isalnum()), "")
    return _letter(first, language) if first else ""


@lru_cache(maxsize=4096)
def _letter(character: str, language: str) -> str:
    if character.isdecimal():
        return DIGITS
    if "\u4e00" <= character <= "\u9fff":
        return _pinyin(character) if language.startswith("zh") and "Hant" not in language else ""
    primary, letters = _index(language)
    weight = primary(character)
    fitting = [letter for letter, own in letters.items() if weight.startswith(own)]
    return max(fitting, key=lambda letter: len(letters[letter])) if fitting else _of_its_script(character)


def _of_its_script(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    if "\u1100" <= base <= "\u1112":
        return JAMO[ord(base) - 0x1100]
    if "\u30a1" <= base <= "\u30f6":  # katakana stand among hiragana
        base = chr(ord(base) - 0x60)
    return base.upper()[:1]


def _pinyin(character: str) -> str:
    latin = str(icu.Transliterator.createInstance("Han-Latin; Latin-ASCII").transliterate(character))
    return latin[:1].upper()


@lru_cache(maxsize=32)
def _index(language: str) -> tuple[Any, dict[str, bytes]]:
    """How its letters weigh on the first level of sorting (UTS #10), and those of its index (UTS #35) with A to Z."""
    locale = icu.Locale.forLanguageTag(language)
    collator = icu.Collator.createInstance(locale)
    collator.setStrength(icu.Collator.PRIMARY)

    def primary(text: str) -> bytes:
        return bytes(collator.getSortKey(text)).rstrip(b"\0")

    exemplars = icu.LocaleData(locale.getName()).getExemplarSet(0, icu.ULocaleDataExemplarSetType.ES_INDEX)
    letters = {letter for letter in map(str, exemplars) if len(letter) == 1} | set(ascii_uppercase)
    return primary, {letter: primary(letter) for letter in sorted(letters)}
