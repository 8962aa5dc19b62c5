"""How much a list may hold, and the rows of one as they come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from letters.archives import Limits
from signatories.reading.known import MOST_ROWS
from signatories.reading.refusals import Refusal, Unreadable
from signatories.reading.tables import Record

LARGEST_FILE = 5 * 2**20  # bytes
LARGEST_UNZIPPED = 32 * 2**20
LARGEST_PART = 24 * 2**20
MOST_ENTRIES = 2_000  # in an archive
MOST_ELEMENTS = 600_000  # of XML: ten thousand rows of 25 cells
DEEPEST = 100
MOST_COLUMNS = 100
LONGEST_CELL = 20_000  # characters


def of_archives() -> Limits:
    return Limits(LARGEST_FILE, LARGEST_UNZIPPED, LARGEST_PART, MOST_ENTRIES, MOST_ELEMENTS, DEEPEST)


@dataclass(slots=True)
class Sheet:
    """A table, or paragraphs one cell each; `name` is that of a sheet of a workbook."""

    name: str = ""
    records: list[Record] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(record.cells) for record in self.records), default=0)


@dataclass(slots=True)
class Intake:
    """Takes rows in and counts them; Unreadable where there are too many, or too wide ones."""

    sheets: list[Sheet] = field(default_factory=list)
    count: int = 0
    hidden: list[str] = field(default_factory=list)  # titles of sheets that are not shown

    def open(self, name: str = "") -> None:
        self.sheets.append(Sheet(name))

    def add(self, number: int, cells: Mapping[int, str] | Iterable[str]) -> None:
        """A row by its number in the sheet; empty ones are left out."""
        told = dict(enumerate(cells)) if not isinstance(cells, Mapping) else cells
        told = {at: text[:LONGEST_CELL] for at, text in told.items() if text and not text.isspace()}
        if not told:
            return
        self.count += 1
        if self.count > MOST_ROWS:
            raise Unreadable(Refusal.TOO_MANY_ROWS, MOST_ROWS)
        width = max(told) + 1
        if width > MOST_COLUMNS:
            raise Unreadable(Refusal.TOO_MANY_COLUMNS, MOST_COLUMNS)
        self.sheets[-1].records.append(Record(number, tuple(told.get(at, "") for at in range(width))))
