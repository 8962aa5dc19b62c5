"""Which column of a table holds what: by the words over it, in many languages, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from statistics import median

from signatories import names
from signatories.matching import words
from signatories.reading import acronyms, places, trimming

Cells = Sequence[str]
HEADER_IN = 12  # rows, below which no heading is looked for
SAMPLE = 200  # rows that are looked at to tell a column by its contents
MOSTLY = 0.6
LONGEST_HEADING = 200  # characters; forms put a whole question over a column
WHEN = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
NUMBER = re.compile(r"^\W*\d{1,5}(?:\.0+)?\W*$")
DOMAIN = re.compile(r"^(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.IGNORECASE)
NO_SPACES = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
FIELDS = (
    "organization acronym second_name country role note website email contact contact_role number when phone".split()
)


@cache
def _phrases() -> dict[str, list[str]]:
    """By field, the words of headings as `names.fold` has them."""
    found = {}
    for line in places.lines("headers"):
        field, _, spellings = line.partition(" ")
        found[field] = [folded for one in spellings.split("|") if (folded := names.fold(one))]
    return found


@lru_cache(maxsize=2_000)
def field_of(heading: str, *, exactly: bool = False) -> str:
    """What a column with this heading holds, "" if nothing known; "name" is the organization's or the contact's."""
    told = names.fold(heading[: LONGEST_HEADING + 1])
    if not told or len(heading) > LONGEST_HEADING:
        return "number" if heading.strip() == "#" else ""
    for field, phrases in _phrases().items():
        if told in phrases:
            return field
    if exactly:
        return ""
    padded = f" {told} "
    for field, phrases in _phrases().items():
        if any(
            f" {phrase} " in padded or (NO_SPACES.search(phrase) and len(phrase) > 1 and phrase in told)
            for phrase in phrases
        ):
            return field
    return ""


def header_at(rows: Sequence[Cells]) -> int:
    """Which row has the headings; -1 for none."""
    for at, cells in enumerate(rows[:HEADER_IN]):
        told = [cell for cell in cells if cell.strip()]
        fields = {field for cell in told if (field := field_of(cell))}
        exact = {field for cell in told if (field := field_of(cell, exactly=True))}
        if (
            (len(fields) >= 2 and exact and 2 * len(fields) >= len(told))
            or (len(fields) >= 3 and _asks(told))
            or (exact and len(told) <= 2)
        ):
            return at if not any(trimming.EMAIL.search(cell) for cell in told) else -1
    return -1


def _asks(told: Cells) -> bool:
    """Headings are no addresses and no countries."""
    return not any(places.code_of(cell) or "@" in cell for cell in told)


def fields(rows: Sequence[Cells], header: Cells | None) -> list[str]:
    """A field of FIELDS for each column, "" for one that is only kept in the raw row; one has the organization."""
    width = max((len(cells) for cells in rows), default=0)
    width = max(width, len(header or ()))
    found = [field_of(header[at]) if header and at < len(header) else "" for at in range(width)]
    found = _names_settled(found)
    columns = [[cells[at] for cells in rows[:SAMPLE] if at < len(cells) and cells[at].strip()] for at in range(width)]
    for at, values in enumerate(columns):
        if not found[at] and values:
            guess = _by_content(values)
            found[at] = guess if guess not in found else ""
    if "organization" not in found and (at := _most_like_names(columns, found)) >= 0:
        found[at] = "organization"
    return _once(found)


def _names_settled(found: list[str]) -> list[str]:
    """ "Name" is the organization's where no other column is, else the contact's."""
    settled = "contact" if "organization" in found else "organization"
    return [settled if field == "name" else field for field in found]


def _once(found: list[str]) -> list[str]:
    """Of two columns for one thing the first counts; a contact may have two, first and last name."""
    return [field if field == "contact" or field not in found[:at] else "" for at, field in enumerate(found)]


def _share(values: Cells, test: Callable[[str], object]) -> float:
    return sum(bool(test(value.strip())) for value in values) / len(values)


def _by_content(values: Cells) -> str:
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("email", lambda value: "@" in value and trimming.EMAIL.fullmatch(value)),
        ("website", lambda value: DOMAIN.match(value) and not NUMBER.match(value)),
        ("when", WHEN.match),
        ("number", NUMBER.match),
        ("country", lambda value: places.code_of(value, codes=True) or places.codes_of(value)),
        ("acronym", lambda value: acronyms.is_capitals(value) or acronyms.looks_like_one(value)),
    )
    return next((field for field, test in tests if _share(values, test) >= MOSTLY), "")


def _most_like_names(columns: Sequence[Cells], found: Sequence[str]) -> int:
    scores = [(_name_score(values), -at) for at, values in enumerate(columns) if values and not found[at]]
    if not scores:
        scores = [(1.0, -at) for at, field in enumerate(found) if field in ("acronym", "contact", "note", "role")]
    return -max(scores)[1] if scores else -1


def _name_score(values: Cells) -> float:
    """Names of organizations are many different ones, of some words, and some of them say what kind of body it is."""
    different = len(set(values)) / len(values)
    bodies = _share(values, _has_body)
    length = min(median(len(value) for value in values), 40) / 40
    return different + 2 * bodies + length


def _has_body(value: str) -> bool:
    return any(word in words.kinds() or word in words.synonyms() for word in names.fold(value).split())


def is_telling(found: Sequence[str]) -> bool:
    """Whether the columns hold different things, so that this is a table and not names side by side."""
    return len({field for field in found if field not in ("", "number", "when")}) >= 2


def letter(at: int) -> str:
    """The name of a column as spreadsheets have it: A, B, … Z, AA."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
