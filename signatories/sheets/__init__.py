"""Tables as files, made while they are sent: whatever their length they take no room in memory and none on a disk.

A table is an iterable of rows; the first is its heading. docs/decisions/0023-exports.md says why this is our own.
"""

from signatories.sheets.plain import to_csv
from signatories.sheets.rows import Row
from signatories.sheets.spreadsheets import to_ods, to_xlsx

__all__ = ["Row", "to_csv", "to_ods", "to_xlsx"]
