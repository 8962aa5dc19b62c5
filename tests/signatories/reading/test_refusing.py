"""What cannot be read, and what holds what is not taken. Each defence is shown to be what refuses it."""

import pytest

from letters import archives
from signatories.reading import Refusal, files
from tests.letters.word_files import paragraph, word_file
from tests.signatories.list_files import archive, ods, ods_cell, ods_row, sheet, xlsx
from tests.signatories.reading.opened import KEPT, WELLS, refusal, told


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
