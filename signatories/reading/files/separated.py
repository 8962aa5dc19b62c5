"""Text files: which encoding, what separates the cells, and rows even where quotes do not pair."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from signatories.reading import columns
from signatories.reading.files.limits import LONGEST_CELL, MOST_COLUMNS, Intake
from signatories.reading.refusals import Refusal, Unreadable

SEPARATORS = ",;\t|"
SAMPLE = 60  # rows
TALL = 12  # line ends in one cell, beyond which a quote was never closed


def read(text: str, name: str, intake: Intake) -> bool:
    """Rows into the intake; whether quotes had to be taken as letters."""
    mark = "\t" if name.lower().endswith((".tsv", ".tab")) else separator(text)
    intake.open()
    quoted = Intake()
    quoted.open()
    if _is_read(text, mark, quoted):
        intake.sheets, intake.count = quoted.sheets, quoted.count
        return False
    for number, cells in _plain(text, mark):
        intake.add(number, cells)
    return True


def separator(text: str) -> str:
    """What gives most rows the same number of cells, more than one; a line end where nothing does."""
    head = text.splitlines()[:SAMPLE]
    best, found = 0.0, "\n"
    for mark in SEPARATORS:
        try:
            rows = [cells for cells in csv.reader(head, delimiter=mark) if any(cells)]
        except csv.Error:
            continue
        counts = Counter(len(cells) for cells in rows)
        (width, often), *_ = counts.most_common(1) or [(1, 0)]
        score = often / max(1, len(rows)) if width > 1 else 0.0
        if score > best + 0.05 and (score >= 0.6 or _is_head(rows)):
            best, found = score, mark
    return found


def _is_head(rows: list[list[str]]) -> bool:
    return bool(rows) and len({columns.field_of(cell, exactly=True) for cell in rows[0]} - {""}) > 1


def _is_read(text: str, mark: str, intake: Intake) -> bool:
    """Whether all rows came in as the quotes have it (RFC 4180); a quote that is never closed swallows rows."""
    if mark == "\n":
        for number, line in enumerate(text.splitlines(), 1):
            if line:
                intake.add(number, [line])
        return True
    before = csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        number = 1
        for cells in reader:
            _refuse_wide(cells)
            if any(cell.count("\n") > TALL for cell in cells):
                return False
            if cells:
                intake.add(number, cells)
            number = reader.line_num + 1
    except csv.Error:
        return False
    finally:
        csv.field_size_limit(before)
    return True


def _plain(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Lines cut at every separator; quotes around a cell go."""
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split(mark)]
        _refuse_wide(cells)
        yield (
            number,
            [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell.replace('""', '"') for cell in cells],
        )


def _refuse_wide(cells: list[str]) -> None:
    if len(cells) > 10 * MOST_COLUMNS:
        raise Unreadable(Refusal.TOO_MANY_COLUMNS, MOST_COLUMNS)
