"""Who signs: invented organizations in many scripts, with invented contacts at .example addresses (cast.csv).

Names of places on the lake are invented too, and most names carry one, so that nobody real is meant. A few rows are
there for the vetter to find: a name with one letter too many, a name with a Cyrillic letter in it, a shared acronym.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

ROWS = Path(__file__).with_name("cast.csv")


class Story(StrEnum):
    """What becomes of a sign-on."""

    UNCONFIRMED = "unconfirmed"  # the mail is not answered
    REFUSED = "refused"  # the mailbox says: not us
    WAITING = "waiting"  # confirmed, to be checked
    DOUBLE = "double"  # confirmed for an organization that is on the letter already
    LISTED = "listed"
    DECLINED = "declined"
    DUPLICATE = "duplicate"  # set aside by the vetter
    WITHDRAWN = "withdrawn"  # after it was listed


@dataclass(frozen=True)
class Cast:
    """`days` is how many ago it signed; `reason` and `note` are those of a decline, `repeats` the name of a duplicate.

    `told` leaves its newest mail to be sent after the start, so that the mail page has something to read.
    """

    days: float
    story: Story
    visibility: str
    scope: str
    country: str
    name: str
    acronym: str
    website: str
    contact: str
    role: str
    email: str
    told: bool
    reason: str
    note: str
    repeats: str


def cast_of(letter: str) -> list[Cast]:
    """Those who sign the letter "open" or "closed", in the order in which they sign."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = [row for row in csv.DictReader(file) if row.pop("letter") == letter]
    return [Cast(**row | _typed(row)) for row in sorted(rows, key=lambda row: -float(row["days"]))]


def _typed(row: dict[str, str]) -> dict[str, Any]:
    return {"days": float(row["days"]), "story": Story(row["story"]), "told": row["told"] == "yes"}
