"""What is too large, too deep or too much, refused soon and small. Each defence is shown to be what refuses it."""

import time
import tracemalloc

import pytest

from letters import archives
from signatories import reading
from signatories.reading import Refusal
from signatories.reading.files import limits
from tests.letters.word_files import table, word_file
from tests.signatories.list_files import cell, ods, ods_cell, ods_row, sheet, xlsx
from tests.signatories.reading.opened import KEPT, WELLS, refusal, told


def test_a_large_file_is_refused(monkeypatch):
    data = b"Wells for All, Kenya\n" + b"\n" * 2**20
    assert told("a.txt", data) == KEPT
    monkeypatch.setattr(limits, "LARGEST_FILE", 2**20)
    assert refusal("a.txt", data) is Refusal.TOO_LARGE


@pytest.mark.parametrize(
    ("limit", "value", "data", "code"),
    [
        ("LARGEST_UNZIPPED", 5_000, xlsx(sheet(WELLS + " " * 5_000)), Refusal.TOO_MUCH),
        ("LARGEST_PART", 5_000, xlsx(sheet(WELLS + " " * 5_000)), Refusal.TOO_MUCH),
        ("MOST_ENTRIES", 20, xlsx(sheet(WELLS), more={f"a/{number}": b"" for number in range(20)}), Refusal.TOO_MUCH),
        ("MOST_ELEMENTS", 200, xlsx(sheet(WELLS + "<row/>" * 200)), Refusal.TOO_MUCH),
        ("DEEPEST", 20, xlsx(sheet(WELLS, "<a>" * 20 + "</a>" * 20)), Refusal.DAMAGED),
    ],
)
def test_archives_that_hold_too_much_are_refused(monkeypatch, limit, value, data, code):
    assert told("a.xlsx", data) == KEPT
    monkeypatch.setattr(limits, limit, value)
    assert refusal("a.xlsx", data) is code


def test_a_tag_without_end_is_refused(monkeypatch):
    data = xlsx(sheet(WELLS + f'<a b="{"x" * 2**21}"/>' + " " * 2**17))
    assert refusal("a.xlsx", data) is Refusal.TOO_MUCH
    monkeypatch.setattr(archives, "LONGEST_TAG", 10**8)
    assert told("a.xlsx", data) == KEPT


ROWS = {
    "a.xlsx": xlsx(sheet("<row><c t='str'><v>a</v></c></row>" * 100_000)),
    "a.ods": ods(ods_row(ods_cell("a"), repeated=1_000_000)),
    "a.csv": b"a,b\n" * 1_000_000,
    "a.txt": b"a\n" * 1_000_000,
    "a.docx": word_file("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 30_000),
}
COLUMNS = {
    "a.xlsx": xlsx(sheet(f"<row>{cell('a') * 10_000}</row>")),
    "b.xlsx": xlsx(sheet('<row><c r="ZZZZZ1" t="str"><v>a</v></c></row>')),
    "a.ods": ods(ods_row(ods_cell("a", repeated=16_384))),
    "a.csv": b",".join([b"a"] * 10_000) + b"\n",
    "a.docx": word_file(table(["a"] * 10_000)),
}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [(name, data, Refusal.TOO_MANY_ROWS) for name, data in ROWS.items()]
    + [(name, data, Refusal.TOO_MANY_COLUMNS) for name, data in COLUMNS.items()],
)
def test_a_million_rows_and_ten_thousand_columns_are_refused_soon(name, data, code):
    start = time.process_time()
    assert refusal(name, data) is code
    assert time.process_time() - start < 2


def test_refusing_takes_little_memory():
    data = xlsx(
        sheet("<row><c t='str'><v>a</v></c></row>" * (reading.MOST_ROWS + 1)),
        strings=f"<sst><si><t>{'ع' * 2**20}</t></si></sst>",
    )
    tracemalloc.start()
    assert refusal("a.xlsx", data) is Refusal.TOO_MANY_ROWS
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 * 2**20


def test_the_size_an_archive_gives_is_not_believed():
    data = bytearray(xlsx(sheet(WELLS + " " * 100_000)))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = b"\1\0\0\0"
        at += 4
    assert refusal("a.xlsx", bytes(data)) is Refusal.DAMAGED
