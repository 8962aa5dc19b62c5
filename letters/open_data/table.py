"""The roll as CSV (RFC 4180) that a spreadsheet opens without running anything.

A spreadsheet takes a cell for a formula by its first character, and some cut a line at semicolons or tabs, quoted or
not, so that a formula may begin behind one. Where that could happen an apostrophe is put before; and one more where
there are some already, so that taking one away at the same places gives back what was there (docs/open-data.md).
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from letters.document import Roll

COLUMNS = ("kind", "name", "acronym", "second_name", "affiliation", "country", "country_name", "group", "number")
ASCII = "=+-@\t\r\n"


def _starters() -> str:
    """What begins a formula, and what a program may take for it: full-width, small, raised and lowered forms."""
    looks = (chr(code) for code in (*range(0x2070, 0x2090), *range(0xFB00, 0xFFF0)))
    return ASCII + "".join(one for one in looks if unicodedata.normalize("NFKC", one) in "=+-@") + "\u2212"


BEFORE = r"""(?:^|(?<=[,;\t\r\n"]))"""
FORMULA = re.compile(rf"{BEFORE}(?='*[^\S\t\r\n]*[{re.escape(_starters())}])")


def write(roll: Roll) -> bytes:
    """Return the table in UTF-8 with a byte order mark, which spreadsheets need to see that it is; CRLF ends a line."""
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for is_individual, group, line in roll.every():
        own = (line.name, line.acronym, line.second_name, line.affiliation)
        place = (group.country(line), defused(group.country_name(line)), defused(group.title), line.number or "")
        table.writerow(["individual" if is_individual else "organization", *map(defused, own), *place])
    return written.getvalue().encode("utf-8-sig", errors="replace")


def defused(cell: str) -> str:
    """Return the cell with an apostrophe wherever a formula could begin."""
    return FORMULA.sub("'", cell)
