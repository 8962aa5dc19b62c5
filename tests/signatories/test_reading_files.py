"""Lists in files: what comes in, and what is refused. Each defence is shown to be what refuses it."""

import io
import time
import tracemalloc

import docx as python_docx
import pytest

from letters import archives
from signatories import reading
from signatories.reading import Code, Kind, Refusal, files
from signatories.reading.files import decoding, limits, separated
from tests.letters.word_files import paragraph, table, word_file
from tests.signatories.list_files import archive, cell, ods, ods_cell, ods_row, row, sheet, xlsx

WELLS = row("Wells for All", "Kenya")


def opened(name, data):
    return reading.read_file(name, io.BytesIO(data))


def told(name, data):
    return [(one.organization, one.acronym, one.country) for one in opened(name, data).entries]


def refusal(name, data):
    with pytest.raises(reading.Unreadable) as refused:
        opened(name, data)
    assert refused.value.text.count("%") == 0
    return refused.value.code


# --- What comes in ---


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


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_what_separates_cells_is_found(mark):
    text = f'Organization{mark}Country\r\n"Water{mark} Wells"{mark}Kenya\r\nPond Aid{mark}Peru\r\n'
    assert told("a.csv", text.encode()) == [
        (f"Water{mark} Wells".replace("\t ", " "), "", "KE"),
        ("Pond Aid", "", "PE"),
    ]


def test_a_column_alone_is_one_name_a_row():
    assert [name for name, *_ in told("a.csv", b"Organization\nPond, Inc.\nLake Aid\n")] == ["Pond, Inc.", "Lake Aid"]


def test_quotes_that_do_not_pair_swallow_no_row():
    rows = "".join(f"Forum {number},Kenya\n" for number in range(30))
    found = opened("a.csv", f'Organization,Country\n"Pond" Aid,Peru\n"Lake,Peru\n{rows}'.encode())
    assert [one.organization for one in found.entries][:3] == ['"Pond" Aid', '"Lake', "Forum 0"]
    assert (len(found.entries), [one.code for one in found.notices]) == (32, [Code.QUOTES])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Fundación Ñandú;Perú", "utf-8-sig"),
        ("Fundación Ñandú;Perú", "utf-16"),
        ("Fundación Ñandú;Perú", "utf-16-le"),
        ("Fundación Ñandú;Perú", "cp1252"),
        ("Può Libertà;Italia", "cp1252"),
        ("جمعية الماء للجميع;تونس", "cp1256"),
        ("Общество «Колодец»;Россия", "cp1251"),
        ("Stowarzyszenie Źródło;Polska\nŁódź nad Wodą;Polska", "cp1250"),
        ("Ελληνική Ένωση Νερού;Ελλάδα", "cp1253"),
        ("Su Hakları Derneği;Türkiye\nKuyu Vakfı;Türkiye", "cp1254"),
        ("האגודה לזכויות המים;ישראל", "cp1255"),
        ("水の友ネットワーク;日本", "cp932"),
        ("맑은물연대;한국", "cp949"),
        ("中国水权会;中国", "gb18030"),
        ("Fundación Ñandú;Perú", "mac-roman"),
    ],
)
def test_encodings_are_told(text, encoding):
    data = text.encode(encoding)
    found, guessed = decoding.decoded(data)
    assert found == text
    assert bool(guessed) == (not encoding.startswith("utf"))


# --- What is refused ---


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b" \n", Refusal.EMPTY),
        ("a.xlsx", xlsx(sheet()), Refusal.EMPTY),
        ("a.pdf", b"%PDF-1.7", Refusal.OTHER_TYPE),
        ("a.csv", b"%PDF-1.7", Refusal.OTHER_TYPE),
        ("a", b"Pond Aid", Refusal.OTHER_TYPE),
        ("a.xlsx", b"%PDF-1.7", Refusal.NOT_ITS_NAME),
        ("a.xlsx", word_file(paragraph("a")), Refusal.NOT_ITS_NAME),
        ("a.ods", archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), Refusal.NOT_ITS_NAME),
        ("a.csv", xlsx(sheet(WELLS)), Refusal.NOT_ITS_NAME),
        ("a.csv", b"\0\1\2\3" * 50, Refusal.NO_TEXT),
        ("a.txt", bytes(range(256)) * 20, Refusal.NO_TEXT),
        ("a.xls", archives.OLE, Refusal.OLD_FORMAT),
        ("a.xlsx", archives.OLE, Refusal.OLD_FORMAT),
        ("a.xlsx", archives.OLE + archives.ENCRYPTED, Refusal.UNDER_PASSWORD),
        ("a.ods", ods(more={"META-INF/manifest.xml": "encryption-data"}), Refusal.UNDER_PASSWORD),
        ("a.xlsx", xlsx(sheet(WELLS))[:400], Refusal.DAMAGED),
        ("a.xlsx", xlsx("<worksheet"), Refusal.DAMAGED),
        ("a.xlsx", xlsx(sheet('<row><c t="s"><v>x</v></c></row>')), Refusal.DAMAGED),
        ("a.xlsm", xlsx(sheet(WELLS)), Refusal.MACROS),
        ("a.ods", ods(inside="<office:scripts/><office:script/>"), Refusal.MACROS),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(name, data, code):
    assert refusal(name, data) is code


# Defences, each with what happens without it

KEPT = [("Wells for All", "", "KE")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", xlsx(sheet(WELLS), more={"xl/vbaProject.bin": b"x"}), Refusal.MACROS),
        ("a.docx", word_file(paragraph("Wells for All, Kenya"), more={"word/vbaProject.bin": b"x"}), Refusal.MACROS),
        ("a.ods", ods(ods_row(ods_cell("Wells for All, Kenya")), more={"Basic/script.xml": b"x"}), Refusal.MACROS),
        ("a.xlsx", xlsx(sheet(WELLS), more={"[Content_Types].xml": "<a b='macroEnabled'/>"}), Refusal.MACROS),
        ("a.xlsx", xlsx(sheet(WELLS), more={"xl/media/a": archive({"a": "b"})}), Refusal.NESTED),
        ("a.docx", word_file(paragraph("Wells for All, Kenya"), more={"word/a.bin": archives.OLE}), Refusal.NESTED),
    ],
)  # fmt: skip
def test_files_in_company_are_refused(monkeypatch, name, data, code):
    assert refusal(name, data) is code
    monkeypatch.setattr(files, "_refuse_company", lambda archive: None)
    assert told(name, data) == KEPT


ENTITY = '<!DOCTYPE w [<!ENTITY a "Wells for All"><!ENTITY b "&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(monkeypatch, encoding):
    xml = sheet("<row><c t='str'><v>&b;</v></c><c t='str'><v>Kenya</v></c></row>", head=ENTITY)
    data = xlsx(f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding))
    assert refusal("a.xlsx", data) is Refusal.DAMAGED
    make = archives.expat.ParserCreate

    class Deaf:
        """The parser without the handler that refuses."""

        def __init__(self):
            object.__setattr__(self, "parser", make())

        def __setattr__(self, name, value):
            if name != "StartDoctypeDeclHandler":
                setattr(self.parser, name, value)

        def __getattr__(self, name):
            return getattr(self.parser, name)

    monkeypatch.setattr(archives.expat, "ParserCreate", Deaf)
    assert told("a.xlsx", data) == KEPT


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


def test_a_quote_in_the_last_row_is_no_reason_to_lose_the_first():
    assert separated.separator("a,b\nc,d\n") == ","
    assert [name for name, *_ in told("a.csv", b'Organization,Country\nPond Aid,Peru\n"Lake Aid,Peru\n')] == [
        "Pond Aid",
        '"Lake Aid',
    ]
