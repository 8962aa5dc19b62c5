"""What a list is read into: rows, how sure we are of each, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum

MOST_ROWS = 10_100  # with something in them, in all sheets: ten thousand and their headings


class Kind(Enum):
    """What a row is; SKIPPED ones are shown with the reason why they are no signatory."""

    ORGANIZATION = "organization"
    INDIVIDUAL = "individual"
    SKIPPED = "skipped"


class Certainty(IntEnum):
    """CLEAR needs no look, LIKELY is a guess that is mostly right, DOUBTFUL is for a human to settle."""

    DOUBTFUL = 0
    LIKELY = 1
    CLEAR = 2


class Code(Enum):
    """What was done to a line, or what is odd about it; reasons.py has the words."""

    # nothing to sign with
    NOTHING = "nothing"
    HEADING = "heading"
    PLACE_HEADING = "place_heading"
    HEADER = "header"
    SENTENCE = "sentence"
    GREETING = "greeting"
    MAIL_HEADER = "mail_header"
    FOOTNOTE = "footnote"
    SENDER = "sender"
    NO_NAME = "no_name"
    # lines that were not one entry each
    WRAPPED = "wrapped"
    MERGED = "merged"
    RUNNING = "running"
    AND = "and"
    MAYBE_MERGED = "maybe_merged"
    MAYBE_WRAPPED = "maybe_wrapped"
    # parts of an entry
    ACRONYM = "acronym"
    PLACE_KEPT = "place_kept"
    PLACE_ABOVE = "place_above"
    PLACES = "places"
    CITY = "city"
    COMMA = "comma"
    DASH = "dash"
    COLON = "colon"
    BRACKETS = "brackets"
    SLASH = "slash"
    OTHER_SCRIPT = "other_script"
    MARK = "mark"
    ROLE = "role"
    LONG = "long"
    UNPRINTABLE = "unprintable"
    # files
    COLUMN = "column"
    ENCODING = "encoding"
    QUOTES = "quotes"
    HIDDEN_SHEET = "hidden_sheet"


SKIPS = frozenset(
    (
        Code.NOTHING,
        Code.HEADING,
        Code.PLACE_HEADING,
        Code.HEADER,
        Code.SENTENCE,
        Code.GREETING,
        Code.MAIL_HEADER,
        Code.FOOTNOTE,
        Code.SENDER,
        Code.NO_NAME,
    )
)
DOUBTS = frozenset(
    (
        Code.WRAPPED,
        Code.MERGED,
        Code.AND,
        Code.MAYBE_MERGED,
        Code.MAYBE_WRAPPED,
        Code.PLACES,
        Code.LONG,
        Code.UNPRINTABLE,
        Code.QUOTES,
    )
)
HARMLESS = frozenset((Code.MARK, Code.ROLE))  # said, but no reason to look again


@dataclass(frozen=True, slots=True)
class Reason:
    """`piece` is what the reason is about, as it was written: the place, the acronym, the mark."""

    code: Code
    piece: str = ""


@dataclass(slots=True)
class Row:
    """One entry of a list, or a line that is none.

    `lines` are the numbers of the raw lines or sheet rows it was read from (from 1, in `sheet` if the file has several)
    and `raw` what stood there. Of an individual, `organization` is the person's name. `country` is a code of
    signatories.countries or "", `place` what was written for it. `role` is what a column says
    of the kind or role; of an individual, title and affiliation.
    """

    lines: tuple[int, ...]
    raw: str
    kind: Kind = Kind.ORGANIZATION
    organization: str = ""
    acronym: str = ""
    second_name: str = ""
    country: str = ""
    place: str = ""
    role: str = ""
    note: str = ""
    website: str = ""
    email: str = ""
    contact: str = ""
    contact_role: str = ""
    sheet: str = ""
    reasons: list[Reason] = field(default_factory=list)

    @property
    def certainty(self) -> Certainty:
        codes = self.codes - HARMLESS
        if codes & DOUBTS:
            return Certainty.DOUBTFUL
        return Certainty.LIKELY if codes and self.kind is not Kind.SKIPPED else Certainty.CLEAR

    @property
    def is_skipped(self) -> bool:
        return self.kind is Kind.SKIPPED

    @property
    def codes(self) -> set[Code]:
        return {reason.code for reason in self.reasons}

    def because(self, code: Code, piece: str = "") -> None:
        if all(reason.code is not code for reason in self.reasons):
            self.reasons.append(Reason(code, piece))


def skipped(lines: tuple[int, ...], raw: str, code: Code, piece: str = "") -> Row:
    return Row(lines, raw, Kind.SKIPPED, reasons=[Reason(code, piece)])


@dataclass(slots=True)
class Reading:
    """All rows in the order of the list.

    `columns`, of a table, are pairs of a heading (or letter) and what the column was taken for; `notices` are about the
    list as a whole.
    """

    rows: Sequence[Row]
    lines_in: int
    columns: list[tuple[str, str]] = field(default_factory=list)
    notices: list[Reason] = field(default_factory=list)

    @property
    def lines_shown(self) -> int:
        """How many of the lines that came in are in some row: all of them."""
        shown = {(row.sheet, row.lines) for row in self.rows}
        return len({(sheet, line) for sheet, lines in shown for line in lines})

    @property
    def entries(self) -> list[Row]:
        return [row for row in self.rows if not row.is_skipped]
