"""Dates as letters write them, in the languages letters are written in. The other way round: letters.dates."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import Literal

import icu

# Those whose month names are looked up, by CLDR; where two languages disagree (listopad), the earlier one wins.
LANGUAGES = (
    "en fr es ar ru zh pt de sw fa hi ja ko am it nl tr pl cs uk sv da nb fi hu ro el he id vi ca sk sl hr sr bg et lt"
    " lv sq mk bs is ga cy eu gl af az be hy ka kk ky mn ne bn mr ta te kn ml pa my km th ur ps ti uz tg tt ug eo lb"
    " ar-SY ar-TN ar-MA so om rw mg ms tl ku"
).split()
TOKEN = re.compile(r"\d+|[^\W\d_]+(?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+[^\W\d_]*)*")
# Day, month and year by their first letters; Python knows no group twice.
NUMERIC = re.compile(
    r"(?<!\d)(?:(?P<d1>\d{1,2})(?P<by1>[./-])\s?(?P<m1>\d{1,2})(?P=by1)\s?(?P<y1>\d{4})"
    r"|(?P<y2>\d{4})(?P<by2>[./-])\s?(?P<m2>\d{1,2})(?P=by2)\s?(?P<d2>\d{1,2})\.?"
    r"|(?P<y3>\d{4})\s?[年년]\s?(?P<m3>\d{1,2})\s?[月월](?:\s?(?P<d3>\d{1,2})\s?[日일号])?"
    r"|(?P<d4>\d{1,2})\stháng\s(?P<m4>\d{1,2})(?:\snăm|,)?\s(?P<y4>\d{4}))(?!\d)"
)
FILLERS = set(
    "st nd rd th er ère º ª de del of d le the do da di dne den dag el la los г года року р а й й. й ο του της"
    " tháng ngày năm mwezi tarehe ya".split()
)
BEFORE = re.compile(
    r"(?:\b(?:date|dated|fecha|datum|data|дата|التاريخ|tarih|on|this|the|le|el|den|am|em|il|op|på|dne|в|في|ngày)\b[:.]?"
    r"|[,،、:|\-–—(\s])+$",
    re.IGNORECASE,
)
AFTER = re.compile(r"^(?:(?:г|р)\.|года?\b|року\b|[\s,.،、|)\-–—])+")
YEARS = range(1945, 2100)
BUDDHIST = 543  # years ahead, in Thai letters


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text, and where it stands. Of precision "month" it is the first of the month."""

    day: date
    precision: Literal["day", "month"]
    start: int
    end: int


def find(text: str, language: str = "en") -> Dated | None:
    """The first date in a line; numbers between dots or strokes are read day first (ISO 8601 excepted)."""
    if not any(char.isdecimal() for char in text):
        return None
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    if match := NUMERIC.search(digits):
        year, month, day = ("".join(match[f"{part}{way}"] or "" for way in "1234") for part in "ymd")
        if dated := _dated(year, month, day, *match.span()):
            return dated
    return _named(digits, _names(language), _all_names())


def around(text: str, dated: Dated) -> tuple[str, str]:
    """What stands before and after the date, without weekdays, prepositions and punctuation between."""
    before, after = text[: dated.start], text[dated.end :]
    weekday = re.compile(rf"(?:^|\b)(?:{_weekdays()})\s*$", re.IGNORECASE)
    for _ in range(2):
        before = weekday.sub("", BEFORE.sub("", before))
    return before.strip(), AFTER.sub("", after).strip()


def _named(text: str, *tables: dict[str, int]) -> Dated | None:
    tokens = list(TOKEN.finditer(text))
    for names in tables:
        for at in range(len(tokens)):
            for length in (2, 1):
                phrase = " ".join(_plain(one[0]) for one in tokens[at : at + length])
                if phrase in names and (dated := _beside(tokens, at, at + length, names[phrase])):
                    return dated
    return None


def _beside(tokens: list[re.Match[str]], first: int, after: int, month: int) -> Dated | None:
    """The day before or behind the name of the month, and the year behind, or before it all."""
    left, right = first, after
    while right < len(tokens) and (_plain(tokens[right][0]) in FILLERS or _is_month(tokens[right][0], month)):
        right += 1
    behind = tokens[right][0] if right < len(tokens) else ""
    while left and (_plain(tokens[left - 1][0]) in FILLERS or _is_month(tokens[left - 1][0], month)):
        left -= 1
    ahead = tokens[left - 1][0] if left else ""
    if behind.isdecimal() and len(behind) == 4:
        has_day = ahead.isdecimal() and len(ahead) <= 2
        begin = tokens[left - 1 if has_day else first]
        return _dated(behind, month, ahead if has_day else "", begin.start(), tokens[right].end())
    if behind.isdecimal() and right + 1 < len(tokens):
        year = right + 1
        while year < len(tokens) - 1 and _plain(tokens[year][0]) in FILLERS:
            year += 1
        if len(tokens[year][0]) == 4 and tokens[year][0].isdecimal():
            return _dated(tokens[year][0], month, behind, tokens[first].start(), tokens[year].end())
    if len(ahead) == 4 and ahead.isdecimal() and behind.isdecimal():
        return _dated(ahead, month, behind, tokens[left - 1].start(), tokens[right].end())
    return None


def _dated(year: str, month: str | int, day: str, start: int, end: int) -> Dated | None:
    count = int(year)
    count -= BUDDHIST if count - BUDDHIST in YEARS and count not in YEARS else 0
    try:
        found = date(count, int(month), int(day or 1))
    except ValueError:
        return None
    return Dated(found, "day" if day else "month", start, end) if count in YEARS else None


def _is_month(word: str, month: int) -> bool:
    return _all_names().get(_plain(word)) == month


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().strip(".")


@cache
def _names(language: str) -> dict[str, int]:
    symbols = icu.DateFormatSymbols(icu.Locale.forLanguageTag(language))
    found: dict[str, int] = {}
    for context in (symbols.FORMAT, symbols.STANDALONE):
        for width in (symbols.WIDE, symbols.ABBREVIATED):
            for month, name in enumerate(symbols.getMonths(context, width)[:12], start=1):
                key = " ".join(
                    word for word in (_plain(token[0]) for token in TOKEN.finditer(name)) if word not in FILLERS
                )
                if len(key) > 1 and not key[0].isdecimal():
                    found.setdefault(key, month)
    return found


@lru_cache(maxsize=1)
def _all_names() -> dict[str, int]:
    found: dict[str, int] = {}
    for name, month in chain.from_iterable(_names(language).items() for language in LANGUAGES):
        found.setdefault(name, month)
    return found


@lru_cache(maxsize=1)
def _weekdays() -> str:
    names = chain.from_iterable(
        icu.DateFormatSymbols(icu.Locale.forLanguageTag(language)).getWeekdays()[1:] for language in LANGUAGES
    )
    return "|".join(sorted({re.escape(name) for name in names if len(name) > 1}, key=len, reverse=True))
