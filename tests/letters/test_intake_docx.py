"""Letters as .docx files: what comes in, and what is refused. Each defence is shown to be what refuses it."""

import io
import struct
import zipfile

import docx as python_docx
import mammoth
import pytest

from letters import archives, intake
from letters.intake import docx
from tests.letters.word_files import PICTURE, call, link, paragraph, part, run, table, word_file

LETTER = word_file(
    paragraph("Nairobi, 3 March 2024"),
    paragraph("H.E. Dr Amina Example", "<w:r><w:br/></w:r>", "Minister of Water"),
    paragraph("Joint letter on clean water", style="Title"),
    paragraph("Your Excellency,"),
    paragraph("We write about ", run("clean", "b"), run(" water", "i"), ".", call(1), " See ", link("this", "l1"), "."),
    paragraph("What we ask", style="heading2"),
    paragraph("open the wells", numbering=1),
    paragraph("by spring", numbering=1, level=1),
    paragraph("publish the tests", call(2), numbering=1),
    paragraph("first", numbering=2),
    paragraph("second", numbering=2),
    paragraph("They are ours.", style="Quote"),
    PICTURE.format(how="r:embed", relation="i1").join([paragraph()[:-6], "</w:p>"]),
    paragraph("Yours sincerely,"),
    paragraph("Signatories:"),
    table(("Water for All", "Kenya"), ("جمعية الماء", "Tunisia")),
    notes=[("Report of the Valley Council.",), ("See ", run("Wells", "i"), ".")],
    l1="https://example.org/report",
    i1=("image", "media/image1.png", ""),
    more={"word/media/image1.png": b"\x89PNG"},
)


def reason(data):
    with pytest.raises(intake.NotReadable) as refused:
        intake.from_docx(data)
    return refused.value.reason


def without(monkeypatch, limit):
    monkeypatch.setattr(docx, limit, 10**9)


def test_from_docx_keeps_everything_in_place():
    reading = intake.read(intake.from_docx(LETTER))
    found = intake.assemble(reading.pieces)
    assert found.title == "Joint letter on clean water"
    assert (found.place, str(found.date), found.salutation) == ("Nairobi", "2024-03-03", "Your Excellency,")
    assert [(one["honorific"], one["name"], one["office"]) for one in found.recipients] == [
        ("H.E. Dr", "Amina Example", "Minister of Water")
    ]
    assert found.body == (
        "<p>We write about <strong>clean</strong> <em>water</em>."
        '<sup data-footnote="">Report of the Valley Council.</sup>'
        ' See <a href="https://example.org/report">this</a>.</p><h2>What we ask</h2>'
        "<ul><li><p>open the wells</p><ul><li><p>by spring</p></li></ul></li>"
        '<li><p>publish the tests<sup data-footnote="">See <em>Wells</em>.</sup></p></li></ul>'
        "<ol><li><p>first</p></li><li><p>second</p></li></ol><blockquote><p>They are ours.</p></blockquote>"
    )
    assert found.closing == "Yours sincerely,"
    assert found.signatories == ("Water for All, Kenya", "جمعية الماء, Tunisia")
    assert {repair.kind: repair.count for repair in reading.repairs} == {"images": 1, "tables": 1}


def test_from_docx_reads_what_another_library_writes():
    document = python_docx.Document()
    document.add_heading("Open letter", 0)
    document.add_paragraph("Dear Minister,")
    document.add_paragraph("We write to you.").add_run(" Soon.").bold = True
    document.add_paragraph("open the wells", style="List Bullet")
    document.add_paragraph("Sincerely,")
    file = io.BytesIO()
    document.save(file)
    found = intake.assemble(intake.read(intake.from_docx(file.getvalue())).pieces)
    assert (found.title, found.salutation, found.closing) == ("Open letter", "Dear Minister,", "Sincerely,")
    assert found.body == "<p>We write to you. <strong>Soon.</strong></p><ul><li><p>open the wells</p></li></ul>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This is not a .docx file."),
        (b"%PDF-1.7", "This is not a .docx file."),
        (b"{\\rtf1 a}", "This is not a .docx file."),
        (archives.OLE + b"WordDocument", "This is an old Word file (.doc)."),
        (archives.OLE + archives.ENCRYPTED, "The file is protected by a password."),
        (LETTER[: len(LETTER) // 2], "The file is damaged."),
        (b"PK" + LETTER[2:-200], "The file is damaged."),
        (word_file(document="<w:document"), "The file is damaged."),
        (word_file(document=part("fonts", "")), "The file is damaged."),
        (word_file(compression=zipfile.ZIP_LZMA), "The file is damaged."),
        (
            word_file(paragraph("a"), more={"mimetype": b"x" * 10**6, **dict.fromkeys("abc", b"")})[:-1],
            "The file is damaged.",
        ),
    ],
    ids="empty pdf rtf doc password half tail no-xml no-word lzma cut".split(),
)
def test_from_docx_says_what_is_wrong(data, said):
    assert reason(data).startswith(said)


def test_from_docx_refuses_other_archives():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert reason(file.getvalue()).startswith("This is not a .docx file.")


def test_from_docx_refuses_entries_under_a_password():
    data = bytearray(LETTER)
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the first entry of the directory
    assert reason(bytes(data)).startswith("The file is protected by a password.")


# Defences, each with what happens without it


def test_from_docx_refuses_a_large_file(monkeypatch):
    data = word_file(paragraph("a"), more={"word/media/a.png": b"\0" * (docx.LARGEST_FILE + 1)}, compression=0)
    assert reason(data).startswith("The file is larger than 5 MB.")
    without(monkeypatch, "LARGEST_FILE")
    assert intake.from_docx(data) == "<p>a</p>"


@pytest.mark.parametrize("name", ["word/media/a.png", "word/a.xml"])
def test_from_docx_refuses_what_unzips_to_too_much(monkeypatch, name):
    content = b"<a>" + b" " * docx.LARGEST_UNZIPPED + b"</a>"
    data = word_file(paragraph("a"), more={name: content})
    assert len(data) < docx.LARGEST_FILE
    assert reason(data).startswith("There is more in this file")
    without(monkeypatch, "LARGEST_UNZIPPED")
    without(monkeypatch, "LARGEST_PART")
    assert intake.from_docx(data) == "<p>a</p>"


def test_from_docx_does_not_believe_the_sizes_an_archive_gives():
    """An archive that says of each entry that it is one byte long is read no further than that, and is damaged."""
    data = bytearray(word_file(paragraph("a"), more={"word/media/a.png": b"\0" * (docx.LARGEST_UNZIPPED + 1)}))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 1)
        at += 4
    assert reason(bytes(data)).startswith("The file is damaged.")


def test_from_docx_refuses_too_many_entries(monkeypatch):
    data = word_file(paragraph("a"), more={f"word/media/{number}": b"" for number in range(docx.MOST_ENTRIES)})
    assert reason(data).startswith("There is more in this file")
    without(monkeypatch, "MOST_ENTRIES")
    assert intake.from_docx(data) == "<p>a</p>"


def test_from_docx_refuses_too_many_elements(monkeypatch):
    monkeypatch.setattr(docx, "MOST_ELEMENTS", 2000)
    data = word_file(paragraph(*["a"] * 1000))
    assert reason(data).startswith("There is more in this file")
    without(monkeypatch, "MOST_ELEMENTS")
    assert intake.from_docx(data) == f"<p>{'a' * 1000}</p>"


def test_from_docx_refuses_elements_inside_each_other(monkeypatch):
    data = word_file("<w:sdt><w:sdtContent>" * 80 + paragraph("a") + "</w:sdtContent></w:sdt>" * 80)
    assert reason(data).startswith("The file is damaged.")
    without(monkeypatch, "DEEPEST")
    assert intake.from_docx(data) == "<p>a</p>"


ENTITY = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_from_docx_refuses_entities_in_every_encoding(encoding):
    document = part("document", f"<w:body>{paragraph('&b;')}</w:body>", ENTITY)
    data = word_file(document=document.replace("UTF-8", encoding).encode(encoding))
    assert reason(data).startswith("The file is damaged.")
    assert mammoth.convert_to_html(io.BytesIO(data)).value == "<p>hahahaha</p>"  # without us, it would be


def test_from_docx_refuses_external_entities(tmp_path):
    (tmp_path / "secret").write_text("a secret")
    declaration = f'<!DOCTYPE w [<!ENTITY b SYSTEM "file://{tmp_path}/secret">]>'
    data = word_file(document=part("document", f"<w:body>{paragraph('&b;')}</w:body>", declaration))
    assert reason(data).startswith("The file is damaged.")


@pytest.mark.parametrize("target", ["file://{path}", "{path}", "../../../../../..{path}"])
def test_from_docx_opens_no_file_for_a_picture(tmp_path, target):
    (tmp_path / "secret.png").write_bytes(b"a secret")
    target = target.format(path=tmp_path / "secret.png")
    picture = PICTURE.format(how="r:link", relation="i1").join([paragraph("a")[:-6], "</w:p>"])
    data = word_file(picture, i1=("image", target, ' TargetMode="External"'))
    assert intake.from_docx(data) == "<p>a<img /></p>"
    opened = mammoth.convert_to_html(io.BytesIO(data), external_file_access=True)
    if target.startswith("file:"):
        assert "YSBzZWNyZXQ=" in opened.value  # without us, it would be: "a secret" in Base64


def test_from_docx_follows_no_map_of_styles_in_the_file():
    data = word_file(paragraph("a"), more={"mammoth/style-map": "p => script"})
    assert intake.from_docx(data) == "<p>a</p>"
    assert mammoth.convert_to_html(io.BytesIO(data)).value == "<script>a</script>"  # without us, it would be


def test_links_that_act_do_not_get_into_the_letter():
    html = intake.from_docx(word_file(paragraph(link("a", "l1")), l1="javascript:alert(1)"))
    assert "javascript" in html
    assert [piece.html for piece in intake.read(html).pieces] == ["<p>a</p>"]
