"""What comes in of spreadsheets and of Word's files."""

import io

import docx as python_docx

from signatories.reading import Code, Kind
from tests.letters.word_files import paragraph, table, word_file
from tests.signatories.list_files import ods, ods_cell, ods_row, row, sheet, xlsx
from tests.signatories.reading.opened import WELLS, opened, told


def test_a_form_s_sheet_is_read():
    data = xlsx(
        sheet(
            row("Sign-on list"),
            "<row/>",
            row("Timestamp", "Email Address", "Name of organization", "Country", "Your full name", "Position"),
            row("2024-05-03", "ana@wells.example", "Wells for All (WFA)", "Kenya", "Ana Example", "Director"),
            row("2024-05-03", "", "جمعية الماء", "تونس"),
            row("", "", "", "NO"),
        )
    )
    found = opened("list.XLSX", data)
    assert [(one.lines, one.kind, one.organization) for one in found.rows] == [
        ((1,), Kind.SKIPPED, ""),
        ((3,), Kind.SKIPPED, ""),
        ((4,), Kind.ORGANIZATION, "Wells for All"),
        ((5,), Kind.ORGANIZATION, "جمعية الماء"),
        ((6,), Kind.SKIPPED, ""),
    ]
    wells = found.entries[0]
    assert (wells.acronym, wells.country, wells.email) == ("WFA", "KE", "ana@wells.example")
    assert (wells.contact, wells.contact_role) == ("Ana Example", "Director")
    assert (found.lines_in, found.lines_shown) == (5, 5)
    assert [field for _, field in found.columns] == [
        "when",
        "email",
        "organization",
        "country",
        "contact",
        "contact_role",
    ]


def test_shared_strings_come_without_what_is_written_above_them():
    strings = (
        "<sst><si><t>水の友</t><rPh><t>ミズノトモ</t></rPh></si><si><r><t>Pond </t></r><r><t>Aid</t></r></si></sst>"
    )
    cells = "".join(f'<row r="{at + 5}"><c r="B{at + 5}" t="s"><v>{at}</v></c></row>' for at in range(2))
    assert [(one.lines, one.organization) for one in opened("a.xlsx", xlsx(sheet(cells), strings=strings)).rows] == [
        ((5,), "水の友"),
        ((6,), "Pond Aid"),
    ]


def test_sheets_are_told_apart_and_hidden_ones_left_out_with_a_notice():
    found = opened("a.xlsx", xlsx(sheet(WELLS), sheet(row("Pond Aid")), sheet(row("Old Aid")), hidden=[3]))
    assert [(one.sheet, one.lines, one.organization) for one in found.rows] == [
        ("S1", (1,), "Wells for All"),
        ("S2", (1,), "Pond Aid"),
    ]
    assert (found.lines_in, found.lines_shown) == (2, 2)
    assert [(one.code, one.piece) for one in found.notices] == [(Code.HIDDEN_SHEET, "S3"), (Code.COLUMN, "")]


def test_an_ods_sheet_is_read_and_its_million_empty_rows_are_not():
    data = ods(
        ods_row(ods_cell("Organisation"), ods_cell("Land")),
        ods_row(ods_cell(repeated=16_384), repeated=3),
        ods_row(ods_cell("Brunnen e.V."), ods_cell("Deutschland"), ods_cell(repeated=16_000)),
        ods_row(ods_cell("Wasserwacht"), ods_cell("Österreich"), repeated=2),
        ods_row(ods_cell(repeated=16_384), repeated=1_048_000),
    )
    assert [(one.lines, one.organization, one.country) for one in opened("a.ods", data).entries] == [
        ((5,), "Brunnen e.V.", "DE"),
        ((6,), "Wasserwacht", "AT"),
        ((7,), "Wasserwacht", "AT"),
    ]


def test_paragraphs_and_tables_of_word_are_read_in_their_order():
    data = word_file(
        paragraph("Signatories:"),
        paragraph("Wells for All (WFA), Kenya", numbering=1),
        table(("Name", "Country"), ("Pond Aid", "Peru")),
        paragraph("Lake Aid", "<w:del><w:r><w:t>gone</w:t></w:r></w:del>"),
        table(("River Aid", "Spring Aid"), ("Sea Aid", "Rain Aid")),
    )
    assert told("a.docx", data) == [
        ("Wells for All", "WFA", "KE"),
        ("Pond Aid", "", "PE"),
        ("Lake Aid", "", ""),
        *((name, "", "") for name in ("River Aid", "Spring Aid", "Sea Aid", "Rain Aid")),
    ]


def test_what_another_library_writes_is_read():
    document = python_docx.Document()
    document.add_paragraph("Wells for All – WFA", style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    assert told("a.docx", file.getvalue()) == [("Wells for All", "WFA", "")]
