"""Tables in a pasted text, cells between tabs, bars or commas; and answers to a form, "Organization: …"."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

from signatories.reading import columns
from signatories.reading.known import Code, Row, skipped
from signatories.reading.lines import Line
from signatories.reading.tables import Record, Table, rows_of

ANSWER = re.compile(r"^\W{0,3}([^:：=]{1,80}?)\s*[:：]\s*(.*)$")
RULE = re.compile(r"^[\s|:+=-]+$")


def table_of(lines: Sequence[Line], chosen: Sequence[str] = ()) -> Table | None:
    """The lines as a table, if they are one."""
    for cut in (_at_tabs, _at_bars, _at_commas):
        if records := cut(lines):
            table = Table.of(records, chosen)
            if columns.is_telling(table.fields):
                return table
    return None


def _at_tabs(lines: Sequence[Line]) -> list[Record]:
    tabbed = sum("\t" in line.raw.strip() for line in lines)
    if len(lines) < 2 or tabbed * 10 < 6 * len(lines):
        return []
    return [Record(line.number, tuple(line.raw.strip("\r\n").split("\t"))) for line in lines]


def _at_bars(lines: Sequence[Line]) -> list[Record]:
    counts = Counter(line.raw.strip().strip("|").count("|") for line in lines)
    (count, often), *_ = counts.most_common(1) or [(0, 0)]
    if len(lines) < 3 or not count or often * 10 < 8 * len(lines):
        return []
    records = []
    for line in lines:
        cells = ("",) if RULE.match(line.raw) else tuple(line.raw.strip().strip("|").split("|"))
        records.append(Record(line.number, cells, line.raw))
    return records


def _at_commas(lines: Sequence[Line]) -> list[Record]:
    """Only under headings: commas stand in names."""
    first = lines[0].raw if lines else ""
    for mark in (";", ",", "،"):
        head = first.split(mark)
        if len(lines) < 2 or len(head) < 2 or len({columns.field_of(cell, exactly=True) for cell in head} - {""}) < 2:
            continue
        found = [next(csv.reader([line.raw], delimiter=mark, skipinitialspace=True), []) for line in lines]
        return [Record(line.number, tuple(cells), line.raw) for line, cells in zip(lines, found, strict=True)]
    return []


# --- Answers to a form ---


def answers_of(lines: Sequence[Line]) -> list[Row]:
    """The rows of "Organization: … ⏎ Country: …", if most lines are such; else none."""
    told = [_answer(line) for line in lines]
    fields = {field for field, _ in told if field}
    if len(lines) < 2 or sum(bool(field) for field, _ in told) * 10 < 6 * len(lines) or len(fields) < 2:
        return []
    if not fields & {"organization", "name"}:
        return []
    own = "organization" if "organization" in fields else "name"
    return _records(lines, told, own)


def _answer(line: Line) -> tuple[str, str]:
    found = ANSWER.match(line.raw.strip())
    if not found or found[1].startswith("//"):
        return "", line.raw
    return columns.field_of(found[1].strip("*_ ")), found[2].strip("*_ \"'")


def _records(lines: Sequence[Line], told: Sequence[tuple[str, str]], own: str) -> list[Row]:
    """One row for each set of answers; a line that is none belongs to the set it stands in."""
    rows: list[Row] = []
    said: dict[str, str] = {}
    held: list[Line] = []

    def finish() -> None:
        if said:
            rows.extend(_row(held, said, own))
        else:
            rows.extend(skipped((line.number,), line.raw, Code.HEADING) for line in held)
        said.clear()
        held.clear()

    for line, (field, value) in zip(lines, told, strict=True):
        is_next = field in said or (not field and line.is_after_blank)
        if is_next or (field and not said and held):
            finish()
        if field:
            said[field] = value
        held.append(line)
    finish()
    return rows


def _row(held: Sequence[Line], said: dict[str, str], own: str) -> list[Row]:
    if own == "name":
        said["organization"] = said.pop("name", "")
    elif "name" in said:
        said.setdefault("contact", said.pop("name"))
    raw = "\n".join(line.raw for line in held)
    fields = list(said)
    table = Table([Record(held[0].number, tuple(said.values()), raw)], -1, fields)
    rows = rows_of(table)
    for row in rows:
        row.lines = tuple(line.number for line in held)
    return rows
