"""Sheets of an .xlsx file (ECMA-376, part 1, 18), row by row.

Read with expat under the guards of letters.archives, not with a library: those that exist hold all shared strings, or
the whole document, before a limit can be put on anything. Only values are read; formulas and comments are not.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from letters.archives import Archive
from signatories.reading.files.limits import MOST_COLUMNS, Intake
from signatories.reading.refusals import Refusal, Unreadable

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(archive: Archive, intake: Intake) -> None:
    """All sheets that are shown."""
    book = _Book()
    archive.walk("xl/workbook.xml", book.start, book.end, book.text)
    targets = _targets(archive)
    strings = _Strings()
    if name := _named(archive, "xl/sharedstrings.xml"):
        archive.walk(name, strings.start, strings.end, strings.text)
    intake.hidden = book.hidden
    several = len(book.sheets) > 1
    for title, relation in book.sheets:
        part = targets.get(relation, "")
        if part not in archive.names:
            raise Unreadable(Refusal.DAMAGED)
        intake.open(title if several else "")
        cells = _Cells(strings.found, intake)
        archive.walk(part, cells.start, cells.end, cells.text)


def _named(archive: Archive, sought: str) -> str:
    return next((name for name in archive.names if name.lower() == sought), "")


def _targets(archive: Archive) -> dict[str, str]:
    found: dict[str, str] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[attributes.get("Id", "")] = path

    archive.walk("xl/_rels/workbook.xml.rels", start, lambda name: None, lambda text: None)
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Book:
    """(title, relation) of each sheet that is not hidden."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.hidden: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) != "sheet":
            return
        if attributes.get("state", "visible") != "visible":
            self.hidden.append(attributes.get("name", ""))
            return
        relation = next((value for key, value in attributes.items() if _local(key) == "id" and ":" in key), "")
        self.sheets.append((attributes.get("name", ""), relation))

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Strings:
    """The shared strings, without what is written over Japanese ones (rPh)."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._is_text = self._is_phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "si":
            self._pieces = []
        elif local == "rPh":
            self._is_phonetic = True
        elif local == "t":
            self._is_text = not self._is_phonetic

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "si":
            self.found.append("".join(self._pieces))
        elif local == "rPh":
            self._is_phonetic = False
        elif local == "t":
            self._is_text = False

    def text(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)


class _Cells:
    """Rows of one sheet into the intake."""

    def __init__(self, strings: list[str], intake: Intake) -> None:
        self.strings, self.intake = strings, intake
        self.row: dict[int, str] = {}
        self.number = 0
        self.column = -1
        self.kind = ""
        self._pieces: list[str] = []
        self._is_value = self._is_phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self.column = _column(attributes["r"]) if attributes.get("r") else self.column + 1
            self.kind = attributes.get("t", "n")
            self._pieces = []
        elif local in ("v", "t"):
            self._is_value = not self._is_phonetic
        elif local == "rPh":
            self._is_phonetic = True
        elif local == "row":
            self.number = int(attributes.get("r") or self.number + 1)
            self.row, self.column = {}, -1

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            if self._pieces:
                self.row[self.column] = self._value("".join(self._pieces))
        elif local in ("v", "t"):
            self._is_value = False
        elif local == "rPh":
            self._is_phonetic = False
        elif local == "row":
            self.intake.add(self.number, self.row)

    def text(self, text: str) -> None:
        if self._is_value:
            self._pieces.append(text)

    def _value(self, written: str) -> str:
        if self.kind == "s":
            at = int(written)
            return self.strings[at] if 0 <= at < len(self.strings) else ""
        if self.kind == "e":  # an error of a formula
            return ""
        return written.removesuffix(".0") if self.kind == "n" else written


def _column(reference: str) -> int:
    """0 for A7, 26 for AA7; what is far out counts as just too far."""
    number = 0
    for char in reference[:8]:
        if not ("A" <= char <= "Z"):
            break
        number = number * 26 + ord(char) - 64
    return min(number - 1, 10 * MOST_COLUMNS) if number else 0
