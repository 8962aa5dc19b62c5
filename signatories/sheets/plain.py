"""CSV (RFC 4180) that a spreadsheet opens without running anything: see letters.open_data.table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from letters.open_data.table import defused
from signatories.sheets.rows import Row

AT_ONCE = 1 << 14  # characters


def to_csv(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the table in UTF-8 with a byte order mark; an apostrophe stands wherever a formula could begin."""
    written = io.StringIO()
    written.write("\ufeff")
    table = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        table.writerow(map(defused, row.cells))
        if written.tell() > AT_ONCE:
            yield _taken(written)
    yield _taken(written)


def _taken(written: io.StringIO) -> bytes:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode(errors="replace")
