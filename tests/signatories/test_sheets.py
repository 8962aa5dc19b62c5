import csv
import gc
import io
import tracemalloc
import zipfile
from xml.etree import ElementTree

import pytest

from signatories import sheets
from signatories.sheets import Row

HEADING = Row(("Name", "Country"))
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("http://x.example")', "a;=1"]
NAMES = ["منظمة النهر", "עמותת הנהר", "青溪河流记忆促进会", "A & <b>B</b>", "Bell\x07 and \ud800 half", "Ámbar  Fund"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def rows(*names):
    return [HEADING, *(Row((name, "KE")) for name in names)]


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(b"".join(content))) as archive:
        assert archive.testzip() is None
        return ElementTree.fromstring(archive.read(name))


def read_xlsx(made):
    cells = [list(row) for row in part(sheets.to_xlsx(made), "xl/worksheets/sheet1.xml").iter(f"{SHEET}row")]
    assert {cell.get("t") for row in cells for cell in row} == {"inlineStr"}
    assert not [one for row in cells for cell in row for one in cell.iter(f"{SHEET}f")]
    return [["".join(cell.itertext()) for cell in row] for row in cells]


def read_ods(made):
    cells = [list(row) for row in part(sheets.to_ods(made), "content.xml").iter(f"{TABLE}table-row")]
    assert {cell.get(f"{OFFICE}value-type") for row in cells for cell in row} == {"string"}
    assert not [cell for row in cells for cell in row if cell.get(f"{TABLE}formula")]
    return [["".join(cell.itertext()) for cell in row] for row in cells]


def read_csv(made):
    text = b"".join(sheets.to_csv(made)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("read", [read_xlsx, read_ods])
def test_spreadsheets_hold_text_as_it_is_and_no_formula(read):
    names = ["منظمة النهر", *(name for name in HOSTILE if "\r" not in name)]
    assert read(rows(*names)) == [list(row.cells) for row in rows(*names)]


def test_csv_puts_an_apostrophe_before_what_could_be_a_formula():
    told = [row[0] for row in read_csv(rows(*HOSTILE))[1:]]
    assert told == [name.replace("a;=", "a;'=") if name.startswith("a;") else f"'{name}" for name in told_plain()]


def told_plain():
    """A tab or line break is a place where one may begin, before and behind it."""
    return [name.replace("\t=", "\t'=").replace("\r=", "\r'=") for name in HOSTILE]


@pytest.mark.parametrize("read", [read_xlsx, read_ods, read_csv])
def test_names_in_any_script_come_back(read):
    told = [row[0] for row in read(rows(*NAMES))[1:]]
    assert told[:4] == NAMES[:4]
    assert told[5] == NAMES[5]


def test_marked_rows_stand_out():
    made = [HEADING, Row(("A",)), Row(("B",), marked=True)]
    cells = part(sheets.to_xlsx(made), "xl/worksheets/sheet1.xml").iter(f"{SHEET}c")
    assert [cell.get("s") for cell in cells] == ["1", "1", "0", "2"]
    cells = part(sheets.to_ods(made), "content.xml").iter(f"{TABLE}table-cell")
    assert [cell.get(f"{TABLE}style-name") for cell in cells] == ["s1", "s1", "s0", "s2"]


def test_ods_says_first_what_it_is():
    content = b"".join(sheets.to_ods([HEADING]))
    assert content[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    assert content[6:8] == b"\0\0"  # no bit 3: its size stands before it, or many programs refuse the file


@pytest.mark.parametrize("write", [sheets.to_xlsx, sheets.to_csv])  # .ods is poured as .xlsx is
def test_ten_thousand_rows_take_no_room(write):
    """One after the other: what has been sent is not held, and sending begins before the last is read."""
    taken, sent, begun_at = 0, 0, None

    def made():
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield Row((f"Organization {number * 7919 % 10_007}", f"{number:x}", "contact@organization.example"))

    def most():
        nonlocal taken, sent, begun_at
        taken, sent, begun_at = 0, 0, None
        gc.collect()
        tracemalloc.start()
        for some in write(made()):
            begun_at = begun_at or (taken if some else None)
            sent += len(some)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert min(most() for _ in range(3)) < 2_000_000  # what else the process does meanwhile is in some of them
    assert sent > 50_000
    assert begun_at < 10_000
