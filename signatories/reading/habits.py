"""What most entries of a list do, by which one is told that alone could be read otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from signatories.matching import words
from signatories.matching.letters import plain
from signatories.reading import places, trimming

DASH = re.compile(rf"\s+[{trimming.DASHES}]+\s+|\s*(?:--+|[—―])\s*|\s+[–−](?=\S)|(?<=\S)–\s+")
BRACKETS = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]*)[)）\]］】]")
COMMA = re.compile(r"\s*[,،、，]\s*")
INSTITUTION = re.compile(  # to which a signatory belongs: it stays in the name
    r"universi|uniwers|univerz|facult|fakult|college|school|schule|escuela|école|escola|instit|cent(?:er|re|ro|rum)\b"
    r"|zentrum|found|fund|stiftung|associa|asocia|network|clinic|hospital|church|minist|depart|университет|جامعة|معهد",
    re.IGNORECASE,
)
MOST_WORDS_OF_A_CITY = 3


@dataclass(frozen=True, slots=True)
class Habits:
    is_all_capitals: bool = False  # capitals say nothing in a list that has no others
    has_dash_places: bool = False  # countries stand behind dashes, so that one there is no part of the name
    has_cities: bool = False  # a city stands before the country

    @classmethod
    def of(cls, texts: Sequence[str]) -> Habits:
        long = [text for text in texts if " " in text and text.upper() != text.lower()]
        capitals = len(long) >= 2 and 3 * sum(text == text.upper() for text in long) > 2 * len(long)
        behind_dashes = sum(map(_has_dash_place, texts))
        placed = [text for text in texts if COMMA.search(text) and places.code_of(COMMA.split(text)[-1])]
        cities = sum(_has_city(text) for text in placed)
        return cls(
            capitals,
            behind_dashes >= 3 and 3 * behind_dashes >= len(texts),
            cities >= 3 and 3 * cities >= 2 * len(placed),
        )


def _has_dash_place(text: str) -> bool:
    """Whether a country stands behind one of its dashes."""
    found = list(DASH.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    return any(places.code_of(text[dash.end() : end]) for dash, end in zip(found, ends, strict=False))


def _has_city(text: str) -> bool:
    """Whether what stands before the country, which is the last part, may be a city."""
    parts = COMMA.split(text)
    return len(parts) >= 3 and may_be_city(parts[-2])


def may_be_city(words_: str) -> bool:
    """Few words with capitals, none of which says what kind of body it is."""
    told = words_.split()
    return (
        0 < len(told) <= MOST_WORDS_OF_A_CITY
        and told[0][0].isalpha()
        and not told[0][0].islower()
        and not any(plain(word) in words.kinds() or plain(word) in words.synonyms() for word in told)
        and not INSTITUTION.search(words_)
        and not BRACKETS.search(words_)
        and not trimming.is_legal_form(words_)
    )
