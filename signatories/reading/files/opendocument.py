"""Sheets of an .ods file (OpenDocument 1.3, part 3, 9), row by row, as workbook.py reads .xlsx."""

from __future__ import annotations

from collections.abc import Mapping

from letters.archives import Archive
from signatories.reading.files.limits import MOST_COLUMNS, Intake
from signatories.reading.known import MOST_ROWS
from signatories.reading.refusals import Refusal, Unreadable

UNREAD = frozenset("office:annotation table:tracked-changes table:dde-links office:scripts text:ruby-text".split())
BREAKS = {"text:tab": "\t", "text:line-break": "\n"}


def read(archive: Archive, intake: Intake) -> None:
    content = _Content(intake)
    archive.walk("content.xml", content.start, content.end, content.text)
    if len(intake.sheets) == 1:
        intake.sheets[0].name = ""


class _Content:
    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.row: dict[int, str] = {}
        self.number = 0  # of the row before
        self.column = 0
        self.rows = self.cells = 1  # how often this row and this cell are repeated
        self.tables = self.unread = self.paragraphs = 0
        self._pieces: list[str] = []
        self._has_paragraph = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "office:script":
            raise Unreadable(Refusal.MACROS)
        if self.unread or name in UNREAD:
            self.unread += 1
            return
        opens = getattr(self, f"_open_{name.partition(':')[2].replace('-', '_')}", None)
        if name in BREAKS:
            self._pieces.append(BREAKS[name])
        elif opens and name.startswith(("table:", "text:")):
            opens(attributes)

    def end(self, name: str) -> None:
        if self.unread:
            self.unread -= 1
        elif name == "text:p":
            self.paragraphs -= 1
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._close_cell()
        elif name == "table:table-row":
            self._close_row()
        elif name == "table:table":
            self.tables -= 1

    def text(self, text: str) -> None:
        if self.paragraphs and not self.unread:
            self._pieces.append(text)

    def _open_table(self, attributes: Mapping[str, str]) -> None:
        self.tables += 1
        if self.tables == 1:
            self.intake.open(attributes.get("table:name", ""))
            self.number = 0

    def _open_table_row(self, attributes: Mapping[str, str]) -> None:
        self.row, self.column = {}, 0
        self.rows = int(attributes.get("table:number-rows-repeated", 1))

    def _open_table_cell(self, attributes: Mapping[str, str]) -> None:
        self.cells = int(attributes.get("table:number-columns-repeated", 1))
        self._pieces, self._has_paragraph = [], False

    _open_covered_table_cell = _open_table_cell

    def _open_p(self, attributes: Mapping[str, str]) -> None:
        if self._has_paragraph:
            self._pieces.append("\n")
        self._has_paragraph = True
        self.paragraphs += 1

    def _open_s(self, attributes: Mapping[str, str]) -> None:
        self._pieces.append(" " * min(int(attributes.get("text:c", 1)), 10))

    def _close_cell(self) -> None:
        text = "".join(self._pieces)
        if text.strip():
            for at in range(self.column, min(self.column + self.cells, MOST_COLUMNS + 1)):
                self.row[at] = text
        self.column += self.cells
        self._pieces = []

    def _close_row(self) -> None:
        """A row that stands for many is as many, unless it is empty: sheets end with a million of those."""
        times = min(self.rows, MOST_ROWS + 1) if self.row else 0
        for again in range(times):
            self.intake.add(self.number + again + 1, self.row)
        self.number += self.rows
