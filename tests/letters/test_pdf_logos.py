"""Logos: what is taken of a file, how large each is printed, and how they stand in the document."""

import hashlib
import subprocess
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFile, PngImagePlugin

from letters import pdf
from letters.document import Logo, Look
from letters.pdf import engine, logos, pictures
from tests.letters.conformance import failures
from tests.letters.documents import ARABIC, document, roll

LIMITS = {"seconds": 60, "megabytes": 2000}
NAMES = ("Reef Watch", "جمعية ذاكرة الأنهار", "Harbour <Light> & “Friends”")


def drawn(width=300, height=120, color=(180, 20, 40), kind="PNG", mode="RGB", **saving):
    """A logo as somebody has it: an ellipse in the middle of much white, or of nothing."""
    picture = Image.new(mode, (width, height), (255, 255, 255, 0)[: len(mode)] if len(mode) > 1 else 255)
    ImageDraw.Draw(picture).ellipse(
        (width // 10, height // 10, width * 9 // 10, height * 9 // 10),
        fill=(*color, 255)[: len(mode)] if len(mode) > 1 else 90,
    )
    written = BytesIO()
    picture.save(written, kind, **saving)
    return written.getvalue()


def with_logos(*contents, names=NAMES, **changes):
    read = tuple(map(logos.read, contents))
    look = Look(logos=tuple(Logo(one.digest, name) for one, name in zip(read, names, strict=False)))
    return document(look=look, pictures=read, **changes)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(drawn(), id="png"),
        pytest.param(drawn(mode="RGBA"), id="see-through"),
        pytest.param(drawn(mode="L"), id="grey"),
        pytest.param(drawn(mode="CMYK", kind="JPEG", color=(10, 200, 200)), id="four inks"),
        pytest.param(drawn(kind="JPEG", quality=90, progressive=True), id="jpeg"),
        pytest.param(drawn(4000, 900), id="as wide as may be"),
    ],
)
def test_read_keeps_points_on_white_and_nothing_else(content):
    found = logos.read(content)
    shown = Image.open(BytesIO(found.content))
    assert (shown.format, shown.mode, shown.size) == ("PNG", "RGB", (found.width, found.height))
    assert shown.info == {}
    assert found.width <= 1000
    assert found.height <= 500
    assert found.digest == hashlib.sha256(found.content).hexdigest()
    assert logos.read(content) == found


def test_read_trims_white_margins():
    found = logos.read(drawn(400, 200))
    assert abs(found.width - 320) <= 4
    assert abs(found.height - 160) <= 4


def test_read_drops_what_a_file_says_of_its_maker():
    """The control: it is in the file."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Nobody is to know")
    content = drawn(pnginfo=said)
    assert b"Nobody is to know" in content
    assert logos.read(content) == logos.read(drawn())


def noise():
    """A picture that does not pack."""
    written = BytesIO()
    Image.effect_noise((200, 200), 80).save(written, "PNG")
    return written.getvalue()


def bomb():
    """A small file of 100 million points."""
    written = BytesIO()
    Image.new("1", (10_000, 10_000)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "neither PNG nor JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "neither PNG nor JPEG"),
        (drawn(kind="GIF"), "neither PNG nor JPEG"),
        (drawn(kind="WEBP"), "neither PNG nor JPEG"),
        (drawn(kind="TIFF"), "neither PNG nor JPEG"),
        (noise()[:4000], "cannot be read"),
        (drawn() + b"\xff\xda" * 100, "cannot be read"),
        (drawn() + bytes(500_000), "larger than 500 KB"),
        (drawn(4001, 100), "wider or taller than 4,000"),
        (bomb(), "wider or taller than 4,000"),
        (drawn(color=(255, 255, 255)), "white all over"),
    ],
)
def test_read_says_why_a_file_is_no_logo(content, reason, monkeypatch):
    """WeasyPrint has the library be lenient with what is cut off; the site's own process never loads it."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(logos.NoLogo, match=reason):
        logos.read(content)


def test_sizes_give_all_one_area_within_bounds():
    square, wide, tall = (logos.read(drawn(*size)) for size in ((200, 200), (400, 200), (200, 300)))
    found = logos.sizes((square, wide, tall), 156)
    assert [round(one.width * one.height) for one in found] == [225, 225, 216]
    assert found[1].height < found[0].height < found[2].height == logos.TALLEST


def test_sizes_fit_a_row_of_six():
    six = (logos.read(drawn(900, 150)),) * 6
    found = logos.sizes(six, 156)
    assert sum(one.width for one in found) + 5 * logos.BETWEEN <= 156.1
    assert logos.sizes((), 156) == []


@pytest.mark.parametrize("letter", [{}, ARABIC, {"roll": roll({"KE": [f"Name {n}" for n in range(30)]})}])
def test_render_prints_logos_with_the_names_of_their_owners(letter, tmp_path):
    content = pdf.render(with_logos(drawn(), drawn(400, 200, (20, 90, 160)), drawn(100, 200), **letter))
    with pikepdf.open(BytesIO(content)) as file:
        said = [
            str(one.Alt) for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        embedded = [one for one in file.pages[0].Resources.XObject.values() if one.Subtype == "/Image"]
        assert said == list(NAMES)
        assert [("/SMask" in one, bool(one.get("/Interpolate", False))) for one in embedded] == [(False, False)] * 3
    file = tmp_path / "letter.pdf"
    file.write_bytes(content)
    for profile in ("ua-1", "pdfa-3a"):
        assert failures(file, profile) == []
    red = Image.open(BytesIO(pictures.pictures(content, last=1)[0])).convert("RGB").getcolors(1 << 20)
    assert sum(count for count, (r, g, b) in red if r > 150 and g < 60 and b < 80) > 500


def test_render_gives_the_same_bytes_again_and_fetches_nothing():
    letter = with_logos(drawn(), drawn(400, 200))
    html = pdf.typeset(letter)
    first, again, slow = (
        engine.run(html, **LIMITS),
        engine.run(html, **LIMITS),
        engine.run(html, **LIMITS, hastened=False),
    )
    assert first.pdf == again.pdf == slow.pdf
    assert first.refused == ()


def test_engine_takes_no_picture_but_those_that_go_along():
    """The control is the letter above. Another name, and other bytes under its name, are refused."""
    html = pdf.typeset(with_logos(drawn()))
    digest = logos.read(drawn()).digest
    other = engine.run(html.replace(f"logo:{digest}", f"logo:{'0' * 64}"), **LIMITS)
    assert other.refused == (f"logo:{'0' * 64}",)
    replaced = logos.read(drawn(color=(0, 0, 0)))
    forged = html.replace(_content(html), _content(pdf.typeset(document(pictures=(replaced,), look=_look(replaced)))))
    assert engine.run(forged, **LIMITS).refused == (f"logo:{digest}",)


def _look(picture):
    return Look(logos=(Logo(picture.digest, "Reef Watch"),))


def _content(html):
    return html.partition('<meta name="logo" content="')[2].partition('"')[0]


def test_long_letter_has_its_logos_on_the_first_page(tmp_path):
    letter = with_logos(drawn(), roll=roll({"KE": [f"Name {n}" for n in range(2100)]}))
    content = pdf.render(letter)
    (tmp_path / "letter.pdf").write_bytes(content)
    listed = subprocess.run(["pdfimages", "-list", tmp_path / "letter.pdf"], capture_output=True, check=True).stdout
    assert [line.split()[0] for line in listed.splitlines()[2:]] == [b"1"]


def test_missing_picture_is_left_out():
    letter = with_logos(drawn())
    assert "<img" not in pdf.typeset(replace(letter, pictures=()))
