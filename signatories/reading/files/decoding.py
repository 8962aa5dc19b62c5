"""Bytes of a text file as text. What is not UTF-8 is guessed, by the letters that then stand beside each other."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from signatories.reading.refusals import Refusal, Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheets save as where a country has its own habit. The first wins among equals.
GUESSES = (
    "cp1252 cp1256 cp1251 cp1250 cp1253 cp1254 cp1255 cp932 cp949 gb18030 big5 cp1257 koi8-r cp874 mac-roman".split()
)
LOOKED_AT = 60_000  # bytes
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f'’])*")
# Letters of Western Europe where no language there has them; they are others' in Eastern Europe and Turkey.
ODD = re.compile(r"È(?=\w)|Ì(?=\w)|[ìòù](?=\w)|œ(?![ui])|[ðÝþÞÐÿŸ]|ý\b")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x9f]")


def decoded(data: bytes) -> tuple[str, str]:
    """(text, name of a guessed encoding or ""); Unreadable for what is no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), ""
    if b"\0" in data[:2000]:
        return _strictly(data, _wide(data)), ""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _guessed(data)
    if len(CONTROL.findall(text[:LOOKED_AT])) * 100 > len(text[:LOOKED_AT]):
        raise Unreadable(Refusal.NO_TEXT)
    return text, ""


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(Refusal.NO_TEXT) from error
    if CONTROL.search(text[:LOOKED_AT]):
        raise Unreadable(Refusal.NO_TEXT)
    return text


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, by where its zeros are."""
    even, odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(data: bytes) -> tuple[str, str]:
    best, found = 0.0, ""
    sample = data if len(data) <= LOOKED_AT else data[: data.rfind(b"\n", 0, LOOKED_AT) + 1]
    for encoding in GUESSES:
        try:
            score = _sense(sample.decode(encoding))
        except UnicodeDecodeError:
            continue
        if score > best + 0.01:
            best, found = score, encoding
    if not found:
        raise Unreadable(Refusal.NO_TEXT)
    return data.decode(found, "replace"), found


def _sense(text: str) -> float:
    """How much of what is not ASCII looks like words: one script each, small after capital, vowels with accents."""
    if CONTROL.search(text):
        return 0.0
    strange = [char for char in text if ord(char) > 127]
    words = [word for word in WORD.findall(text) if not word.isascii()]
    inside = sum(len([char for char in word if ord(char) > 127]) for word in words)
    good = sum(_weight(word) for word in words)
    if any(char.islower() for word in words for char in word) and not any(
        char.isupper() for word in words for char in word
    ):
        good *= 0.9  # names begin with capitals, in scripts that have them
    typed = sum(char in "“”‘’„«»–—…•·©®°º№€،؛؟、。・「」（）" for char in strange)
    return (good + 0.8 * typed) / max(1, len(strange)) if inside + typed else 0.0


@lru_cache(maxsize=5_000)
def _weight(word: str) -> float:
    """Of the letters that are not ASCII, as many as make sense."""
    strange = [char for char in word if ord(char) > 127]
    scripts = {_script(char) for char in word if char.isalpha()}
    if len(scripts) > 1 or not all(
        char.isalpha() for char in strange if char not in "’" and not unicodedata.combining(char)
    ):
        return 0.0
    if not (word.islower() or word.isupper() or word.istitle() or word[1:].islower()) and word.lower() != word.upper():
        return 0.2 * len(strange)
    if scripts == {"LATIN"}:
        return (len(strange) - 0.7 * len(ODD.findall(word))) * (1.0 if 2 * len(strange) < len(word) else 0.1)
    if scripts == {"CJK"}:
        return sum(0.95 if _is_common(char) else 0.3 for char in strange)
    return len(strange) * (0.95 if len(word) > 1 else 0.5)


def _is_common(char: str) -> bool:
    """Of the first level of GB 2312 or Big5, or no Han character at all."""
    if "\u3040" <= char <= "\u30ff":
        return True
    try:
        return char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        pass
    try:
        return char.encode("big5") < b"\xc6\x7f"
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=5_000)
def _script(char: str) -> str:
    first = unicodedata.name(char, "?").split(" ", 1)[0]
    return "CJK" if first in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA") else first
