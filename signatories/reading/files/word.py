"""Paragraphs and tables of a .docx file (ECMA-376, part 1, 17), in their order; letters.intake reads whole letters.

A list needs no more of Word than text and cells, and this reads ten thousand lines in the time that a letter takes.
"""

from __future__ import annotations

from collections.abc import Mapping

from letters.archives import Archive
from signatories.reading.files.limits import Intake

UNREAD = frozenset("w:del w:moveFrom mc:Fallback w:instrText w:footnoteReference w:sdtPr w:rt".split())
BREAKS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}


def read(archive: Archive, intake: Intake) -> None:
    document = _Document(intake)
    archive.walk("word/document.xml", document.start, document.end, document.text)


class _Document:
    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.number = 0
        self.unread = self.tables = 0
        self.is_text = False
        self.table = self.last = 0  # how many there were, and the one with the last row
        self.cells: list[str] = []
        self.span = 1
        self._pieces: list[str] = []
        self._inside: list[list[str]] = []  # of paragraphs that hold others, in text boxes

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.unread or name in UNREAD:
            self.unread += 1
        elif name == "w:t":
            self.is_text = True
        elif name in BREAKS:
            if name != "w:tab" or not attributes:  # with attributes it is a place where tabs stop
                self._pieces.append(BREAKS[name])
        elif name == "w:p":
            self._open_paragraph()
        elif name == "w:gridSpan":
            self.span = min(int(attributes.get("w:val", 1)), 100)
        elif name in ("w:tbl", "w:tr", "w:tc"):
            self._open_table(name)

    def end(self, name: str) -> None:
        if self.unread:
            self.unread -= 1
        elif name == "w:t":
            self.is_text = False
        elif name == "w:p":
            self._close_paragraph()
        elif name in ("w:tbl", "w:tr", "w:tc"):
            self._close_table(name)

    def text(self, text: str) -> None:
        if self.is_text and not self.unread:
            self._pieces.append(text)

    def _open_paragraph(self) -> None:
        if self.tables:
            self._pieces += ["\n"] * bool(self._pieces)
        else:
            self._inside.append(self._pieces)
            self._pieces = []

    def _close_paragraph(self) -> None:
        if self.tables:
            return
        text, self._pieces = "".join(self._pieces), self._inside.pop()
        for line in text.split("\n"):
            self.number += 1
            if line and not line.isspace():
                self._add([line], 0)

    def _open_table(self, name: str) -> None:
        self.tables += name == "w:tbl"
        if self.tables != 1:
            return
        if name == "w:tbl":
            self.table += 1
        elif name == "w:tr":
            self.cells = []
        elif name == "w:tc":
            self._pieces, self.span = [], 1

    def _close_table(self, name: str) -> None:
        if self.tables == 1:
            if name == "w:tc":
                self.cells += ["".join(self._pieces).strip("\n"), *[""] * (self.span - 1)]
            elif name == "w:tr":
                self.number += 1
                self._add(self.cells, self.table)
            else:
                self._pieces = []
        self.tables -= name == "w:tbl"

    def _add(self, cells: list[str], table: int) -> None:
        """0 stands for paragraphs, which are a table of their own between two others."""
        if not self.intake.sheets or table != self.last:
            self.intake.open()
            self.last = table
        self.intake.add(self.number, cells)
