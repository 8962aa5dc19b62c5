"""Dates in words, as a letter carries them."""

from __future__ import annotations

from datetime import date

import icu


def in_words(day: date | None, precision: str, language: str) -> str:
    """A letter's date: "5 September 2018", or "September 2018" with precision "month"; "" for None or "none".

    `language` is a BCP 47 tag; order and month names are CLDR's (UTS #35, skeletons yMMMMd and yMMMM). English without
    a region is written day first, as international letters are.
    """
    if day is None or precision == "none":
        return ""
    locale = icu.Locale.forLanguageTag("en-GB" if language == "en" else language)
    skeleton = "yMMMM" if precision == "month" else "yMMMMd"
    pattern = icu.DateTimePatternGenerator.createInstance(locale).getBestPattern(skeleton)
    written = icu.SimpleDateFormat(pattern, locale)
    written.setTimeZone(icu.TimeZone.getGMT())
    noon = icu.GregorianCalendar(day.year, day.month - 1, day.day, 12, 0)
    noon.setTimeZone(icu.TimeZone.getGMT())
    return str(written.format(noon.getTime()))
