"""Pages as pictures: what the desk's preview shows."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from letters import pdf
from letters.pdf import engine, pictures
from tests.letters.documents import document

PAPER, ACCENT = (255, 255, 255), (0x17, 0x49, 0x5A)


@pytest.fixture(scope="module")
def draft() -> bytes:
    return pdf.render(document(draft=True))


def colours(picture: bytes) -> dict[tuple[int, int, int], int]:
    """How many pixels have which colour."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    return {colour: count for count, colour in image.getcolors(1 << 20)}


def near(found: dict[tuple[int, int, int], int], wanted: tuple[int, int, int]) -> int:
    """How many pixels have almost that colour: there are few colours in a picture."""
    close = [colour for colour in found if all(abs(a - b) <= 12 for a, b in zip(colour, wanted, strict=True))]
    return sum(found[colour] for colour in close)


def reddish(found: dict[tuple[int, int, int], int]) -> int:
    return sum(count for (red, green, _blue), count in found.items() if red - green > 10)


def test_pictures_shows_every_page_as_wide_as_asked(draft):
    shown = pictures.pictures(draft, width=500)
    assert len(shown) == pictures.page_count(draft) > 1
    assert {Image.open(BytesIO(picture)).size for picture in shown} == {(500, 708)}
    assert {Image.open(BytesIO(picture)).format for picture in shown} == {"PNG"}


def test_pictures_shows_ink_on_paper_and_the_draft_mark(draft):
    found = colours(pictures.pictures(draft, last=1)[0])
    assert near(found, PAPER) > 500_000
    assert near(found, ACCENT) > 1_000
    assert reddish(found) > 20_000
    assert reddish(colours(pictures.pictures(pdf.render(document()), last=1)[0])) == 0


def test_pictures_shows_a_part_of_the_pages(draft):
    whole = pictures.pictures(draft)
    assert pictures.pictures(draft, first=2, last=2) == whole[1:2]
    assert pictures.pictures(draft, first=len(whole) + 1, last=len(whole) + 5) == []


def test_pictures_is_the_same_from_many_threads_at_once(draft):
    alone = pictures.pictures(draft)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(pictures.pictures, [draft] * 8)) == [alone] * 8


def test_pictures_refuses_what_is_no_pdf():
    with pytest.raises(pdf.RenderingFailed):
        pictures.pictures(b"%PDF-1.7 and nothing more")
    with pytest.raises(pdf.RenderingFailed):
        pictures.page_count(b"")


def test_pictures_loads_pdfium_only_when_asked():
    seen = "import sys, letters.pdf.pictures; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, check=True, cwd=engine.ROOT)
    assert done.stdout == b"False\n"
