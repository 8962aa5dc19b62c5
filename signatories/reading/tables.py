"""Rows of a table, from a sheet or a paste: one organization each, with whatever columns there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signatories import names
from signatories.reading import columns, cutting, entries, headings, places, trimming
from signatories.reading.known import Code, Kind, Row, skipped

CHOSEN = ("second_name", "role", "note", "contact_role")  # taken as they are


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table by its number; `number` is that of the sheet or text."""

    number: int
    cells: tuple[str, ...]
    raw: str = ""

    @property
    def shown(self) -> str:
        return self.raw or " | ".join(told for cell in self.cells if (told := names.tidy(cell)))


@dataclass(slots=True)
class Table:
    """`header` is the number of the record with the headings, -1 for none; `fields` what each column holds."""

    records: Sequence[Record]
    header: int
    fields: list[str]

    @classmethod
    def of(cls, records: Sequence[Record], chosen: Sequence[str] = ()) -> Table:
        """`chosen` overrules what the columns look like."""
        cells = [record.cells for record in records]
        at = columns.header_at(cells)
        fields = columns.fields(cells[at + 1 :], cells[at] if at >= 0 else None)
        for place, field in enumerate(chosen[: len(fields)]):
            fields[place] = field
        return cls(records, at, fields)

    @property
    def titles(self) -> list[tuple[str, str]]:
        """Heading or letter of each column, and what it was taken for."""
        head = self.records[self.header].cells if self.header >= 0 else ()
        return [
            (names.tidy(head[at]) if at < len(head) and head[at].strip() else columns.letter(at), field)
            for at, field in enumerate(self.fields)
        ]

    @property
    def is_guessed(self) -> bool:
        """Whether the column of the organizations was told by its contents alone."""
        if self.header < 0 or "organization" not in self.fields:
            return True
        head, at = self.records[self.header].cells, self.fields.index("organization")
        return at >= len(head) or columns.field_of(head[at]) not in ("organization", "name")


def rows_of(table: Table) -> list[Row]:
    """Each record is in at least one row."""
    at = table.fields.index("organization") if "organization" in table.fields else -1
    named = [names.tidy(record.cells[at]) for record in table.records if 0 <= at < len(record.cells)]
    measure = cutting.Measure.of([name for name in named if name])
    over, rows = headings.Heading(Code.HEADING), list[Row]()
    for number, record in enumerate(table.records):
        if number <= table.header:
            rows.append(_skipped(record, Code.HEADER if number == table.header else Code.HEADING))
            continue
        heading = _heading(record, table, at)
        if heading:
            over = heading
            rows.append(_skipped(record, heading.code, heading.place))
        else:
            rows += _rows(record, table.fields, measure, over)
    return rows


def _skipped(record: Record, code: Code, piece: str = "") -> Row:
    return skipped((record.number,), record.shown, code, piece)


def _heading(record: Record, table: Table, at: int) -> headings.Heading | None:
    """A row with one cell that is a country or a word over rows; the headings once more; nothing at all."""
    told = [cell for cell in record.cells if cell.strip()]
    if table.header >= 0 and [*map(names.tidy, record.cells)] == [*map(names.tidy, table.records[table.header].cells)]:
        return headings.Heading(Code.HEADER)
    if not any(char.isalpha() for cell in told for char in cell):
        return headings.Heading(Code.NOTHING)
    if len(told) == 1 and len(table.fields) > 1:
        return headings.of(names.tidy(told[0]))
    return None


def _rows(record: Record, fields: Sequence[str], measure: cutting.Measure, over: headings.Heading) -> list[Row]:
    said = _said(record, fields)
    name = names.tidy(said.get("organization", ""))
    if not any(map(str.isalnum, name)):
        return [_skipped(record, Code.NO_NAME)]
    rows = []
    for piece in cutting.pieces(name, measure):
        if piece.heading:
            rows.append(_skipped(record, piece.heading.code))
            continue
        row = Row((record.number,), record.shown, over.kind or Kind.ORGANIZATION)
        if piece.code:
            row.because(piece.code)
        if "\n" in said["organization"].strip():
            row.because(Code.MAYBE_MERGED)
        rows.append(_filled(row, piece.text, said, over))
    return rows


def _said(record: Record, fields: Sequence[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    for field, cell in zip(fields, record.cells, strict=False):
        if field and cell.strip():
            said[field] = f"{said[field]} {cell.strip()}" if field in said else cell.strip()
    return said


def _filled(row: Row, name: str, said: dict[str, str], over: headings.Heading) -> Row:
    for field in CHOSEN:
        setattr(row, field, names.tidy(said.get(field, "")))
    row.contact = names.tidy(said.get("contact", ""))
    if headings.is_of_people(row.role):
        row.kind, row.role = Kind.INDIVIDUAL, ""
    entries.read(row, name)
    _address(row, said)
    if acronym := names.tidy(said.get("acronym", "")):
        row.acronym = acronym
    if row.kind is Kind.INDIVIDUAL:
        row.acronym = ""
    _place(row, names.tidy(said.get("country", "")), over)
    return entries.wonder_where(row)


def _address(row: Row, said: dict[str, str]) -> None:
    if found := trimming.EMAIL.search(said.get("email", "")):
        row.email = found[1]
    if website := said.get("website", "").strip():
        row.website = website.split()[0]


def _place(row: Row, written: str, over: headings.Heading) -> None:
    """The country its column says, before one that stands with the name."""
    if not written:
        if not row.country and over.country:
            row.country, row.place = over.country, over.place
            row.because(Code.PLACE_ABOVE, over.place)
        return
    code = places.code_of(written, codes=True)
    if not code or (row.country and row.country != code):
        row.because(Code.PLACES, written)
    row.country, row.place = code, written
