"""PDF/UA-1 and PDF/A-3a, as an independent checker finds them: page-validation, tried on veraPDF's and Isartor's files.

What it does not ask is asked below: languages of parts, what is furniture, the attached list, and which fonts are in.
"""

import csv
import io
import subprocess
from io import BytesIO

import page
import pikepdf
import pytest

from bench import pdf as bench_pdf
from letters import pdf
from letters.document import Look
from letters.open_data import table
from tests.letters.conformance import failures
from tests.letters.documents import ARABIC, NAMES, document, roll

LISTS = (
    "<h2>Demands</h2><ol><li>Publish.</li><li>Warn.<ul><li>Early.</li></ul></li></ol><ul><li>One.</li></ul>"
    '<blockquote><p>Said <a href="https://example.org/">once</a>.</p></blockquote>'
)
SCRIPTS = {"IN": [*NAMES.values()] * 3, "JP": ["水の記憶"], "TW": ["水權會"]}
CHINESE = {
    "language": "zh-Hans",
    "letterhead": "伊尔万河联盟",
    "title": "请在下一个雨季之前公开洪水记录",
    "re_line": "",
    "recipients": (),
    "salutation": "尊敬的高级专员：",
    "body": "<p>" + "我们是沿岸的组织，致力于保护这条河流。" * 20 + "</p>",
    "closing": "此致敬礼",
}
LETTERS = {
    "English": lambda: bench_pdf.invented_document(300),
    "English, lists and few names": lambda: document(body=document().body + LISTS, look=Look(demands=True)),
    "running, US Letter": lambda: document(roll=roll(SCRIPTS), look=Look(layout="running", paper="letter")),
    "Arabic": lambda: document(**ARABIC, roll=roll(SCRIPTS)),
    "Chinese": lambda: document(**CHINESE, roll=roll(SCRIPTS)),
    "long, in parts": lambda: bench_pdf.invented_document(2100),
    "draft": lambda: document(draft=True, edition=0, digest=""),
}


@pytest.fixture(scope="module", params=LETTERS)
def letter(request):
    return LETTERS[request.param]()


@pytest.fixture(scope="module")
def printed(letter, tmp_path_factory):
    file = tmp_path_factory.mktemp("pdf") / "letter.pdf"
    file.write_bytes(pdf.render(letter))
    return file


@pytest.mark.parametrize("profile", ["ua-1", "pdfa-3a"])
def test_independent_checker_finds_no_failure(printed, profile):
    assert failures(printed, profile) == []


def test_independent_checker_would_find_some(tmp_path):
    """The control: what the engine writes by itself for the same page is not conforming."""
    import weasyprint

    file = tmp_path / "stock.pdf"
    weasyprint.HTML(string=pdf.typeset(LETTERS["Chinese"]())).write_pdf(str(file), pdf_variant="pdf/ua-1")
    assert "failed" in str(page.validate_pdf(str(file), profile="pdfa-3a"))


def test_qpdf_finds_the_file_sound(printed):
    done = subprocess.run(["qpdf", "--check", str(printed)], capture_output=True)
    assert done.returncode == 0, done.stdout


def test_fonts_are_embedded_in_part(printed):
    lines = subprocess.run(["pdffonts", str(printed)], capture_output=True, check=True).stdout.decode().split("\n")[2:]
    assert [line for line in lines if line and line.split()[-5:-3] != ["yes", "yes"]] == []


def test_parts_say_their_language(printed, letter):
    file = pikepdf.open(printed)
    assert str(file.Root.Lang) == letter.language
    said = {str(element.Lang) for element in _elements(file.Root.StructTreeRoot.K[0]) if "/Lang" in element}
    printed_names = {line.name for _side, _group, line in letter.roll.every()}
    if NAMES["Japanese"] in printed_names:
        assert {"ja", "ko", "th", "he", "el", "ka"} - said <= {"ka"}


def test_running_heads_and_folios_are_no_content(printed):
    file = pikepdf.open(printed)
    for one in file.pages:
        streams = one.Contents if isinstance(one.Contents, pikepdf.Array) else [one.Contents]
        assert any(b"/Artifact" in stream.read_bytes() for stream in streams)


def test_edition_carries_its_list_as_a_table(printed, letter):
    file = pikepdf.open(printed)
    if not letter.edition:
        assert list(file.attachments) == []
        return
    attached = file.attachments["signatories.csv"]
    held = attached.get_file().read_bytes()
    assert held == table.write(letter.roll)
    rows = list(csv.DictReader(io.StringIO(held.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == [line.name for _side, _group, line in letter.roll.every()]
    assert str(file.Root.AF[0].AFRelationship) == "/Data"


def test_metadata_says_both_standards():
    file = pikepdf.open(BytesIO(pdf.render(document(body="<p>Short.</p>"))))
    written = file.Root.Metadata.read_bytes()
    assert b'pdfuaid:part="1"' in written
    assert b'pdfaid:part="3"' in written
    assert document().title.encode() in written


def _elements(element):
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)
