"""Files with lists: what they are by their bytes, opened under guard, and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from letters import archives
from letters.archives import Archive, Refused, Why
from signatories.reading import lines, tables, text
from signatories.reading.columns import is_telling
from signatories.reading.files import decoding, limits, opendocument, separated, word, workbook
from signatories.reading.files.limits import Intake, Sheet
from signatories.reading.known import Code, Reading, Reason, Row
from signatories.reading.refusals import OF_ARCHIVES, Refusal, Unreadable
from signatories.reading.tables import Record, Table

__all__ = ["Refusal", "Unreadable", "read"]

TEXTS = (".csv", ".tsv", ".tab", ".txt")
WITH_MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam", ".docm", ".dotm")
READERS: dict[str, tuple[str, Callable[[Archive, Intake], None]]] = {
    ".xlsx": ("xl/workbook.xml", workbook.read),
    ".ods": ("content.xml", opendocument.read),
    ".docx": ("word/document.xml", word.read),
}
OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
)
PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", archives.OLE[:4])
SHEETS_OF_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def read(name: str, stream: BinaryIO, chosen: Sequence[str] = ()) -> Reading:
    """The file as a reading. `name` is as uploaded, its end says what it should be; raises Unreadable."""
    data = stream.read(limits.LARGEST_FILE + 1)
    if len(data) > limits.LARGEST_FILE:
        raise Unreadable(Refusal.TOO_LARGE, limits.LARGEST_FILE // 2**20)
    if not data.strip():
        raise Unreadable(Refusal.EMPTY)
    name = name.lower()
    if name.endswith(WITH_MACROS):
        raise Unreadable(Refusal.MACROS)
    intake, notices = Intake(), list[Reason]()
    if name.endswith(TEXTS):
        notices = _from_text(name, data, intake)
    else:
        _from_archive(name, data, intake)
    if not intake.count:
        raise Unreadable(Refusal.EMPTY)
    return _reading(intake, chosen, notices)


# --- What is in the file ---


def _from_text(name: str, data: bytes, intake: Intake) -> list[Reason]:
    if data.startswith((archives.ZIP, archives.OLE)):
        raise Unreadable(Refusal.NOT_ITS_NAME)
    if data.startswith(OTHERS):
        raise Unreadable(Refusal.OTHER_TYPE)
    content, guessed = decoding.decoded(data)
    notices = [Reason(Code.ENCODING, guessed)] if guessed else []
    if name.endswith(".txt"):
        intake.open()
        for number, line in enumerate(lines.LINE_END.split(content), 1):
            if line:
                intake.add(number, [line])
    elif separated.read(content, name, intake):
        notices.append(Reason(Code.QUOTES))
    return notices


def _from_archive(name: str, data: bytes, intake: Intake) -> None:
    ending = next((one for one in READERS if name.endswith(one)), "")
    if not ending:
        raise Unreadable(Refusal.OLD_FORMAT if data.startswith(archives.OLE) else Refusal.OTHER_TYPE)
    try:
        archive = Archive(data, limits.of_archives())
        _refuse_company(archive)
        part, reader = READERS[ending]
        if part not in archive.names or not _is_spreadsheet(archive, ending):
            raise Unreadable(Refusal.NOT_ITS_NAME)
        reader(archive, intake)
    except Refused as refusal:
        code = Refusal.NOT_ITS_NAME if refusal.why is Why.NO_ARCHIVE else OF_ARCHIVES[refusal.why]
        raise Unreadable(code) from refusal
    except (*archives.BROKEN, KeyError, IndexError) as error:
        raise Unreadable(Refusal.DAMAGED) from error


def _is_spreadsheet(archive: Archive, ending: str) -> bool:
    if ending != ".ods":
        return True
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in b"".join(
        archive.part("META-INF/manifest.xml")
    ):
        raise Unreadable(Refusal.UNDER_PASSWORD)
    return "mimetype" in archive.names and archive.begins("mimetype", 100).startswith(SHEETS_OF_ODS)


def _refuse_company(archive: Archive) -> None:
    """No macros, and no files inside the file."""
    for name in archive.names:
        low = name.lower()
        if low.endswith(("vbaproject.bin", "vbadata.xml")) or low.startswith(("basic/", "scripts/")):
            raise Unreadable(Refusal.MACROS)
    if "[Content_Types].xml" in archive.names and b"macroEnabled" in b"".join(archive.part("[Content_Types].xml")):
        raise Unreadable(Refusal.MACROS)
    for name in archive.names:
        if archive.begins(name, 8).startswith(PACKED):
            raise Unreadable(Refusal.NESTED)


# --- What stands in its rows ---


def _reading(intake: Intake, chosen: Sequence[str], notices: list[Reason]) -> Reading:
    rows: list[Row] = []
    columns: list[tuple[str, str]] = []
    is_guessed = False
    for sheet in intake.sheets:
        table = Table.of(sheet.records, chosen) if sheet.width > 1 else None
        if table and (is_telling(table.fields) or table.header >= 0 or chosen):
            found = tables.rows_of(table)
            columns = columns or table.titles
            is_guessed = is_guessed or table.is_guessed
        else:
            found = _side_by_side(sheet)
        for row in found:
            row.sheet = sheet.name
        rows += found
    notices += [Reason(Code.HIDDEN_SHEET, title) for title in intake.hidden]
    if is_guessed:
        notices.append(Reason(Code.COLUMN))
    return Reading(rows, intake.count, columns, notices)


def _side_by_side(sheet: Sheet) -> list[Row]:
    """Cells that are lines of one list: a single column, or names in several."""
    raw = [Record(record.number, (cell,)) for record in sheet.records for cell in record.cells if cell.strip()]
    return text.rows_of(lines.numbered([(record.number, record.cells[0]) for record in raw]))
