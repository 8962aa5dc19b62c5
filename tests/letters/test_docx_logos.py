"""Logos and paper of the Word file: those of the PDF."""

import hashlib

import pytest
from docx.oxml.ns import qn

from letters import docx, intake
from letters.document import Look
from letters.pdf import logos
from tests.letters.documents import ARABIC, document
from tests.letters.docx_files import opened
from tests.letters.test_pdf_logos import NAMES, drawn, with_logos

FILES = (drawn(), drawn(width=900, height=100, color=(0, 60, 120)), drawn(color=(20, 90, 20)))


def pictures(word):
    """(SHA-256, width and height in millimetres, what is read aloud, id) of each in the letter."""
    found = []
    for inline in word.inline_shapes:
        image = word.part.related_parts[inline._inline.graphic.graphicData.pic.blipFill.blip.embed]
        told = inline._inline.docPr
        size = round(inline.width.mm, 1), round(inline.height.mm, 1)
        found.append((hashlib.sha256(image.blob).hexdigest(), size, told.get("descr"), told.id))
    return found


def test_write_puts_the_logos_above_the_letterhead_as_the_pdf_does():
    letter = with_logos(*FILES)
    word = opened(docx.write(letter))
    assert [one.style.name for one in word.paragraphs[:2]] == ["Logos", "Letterhead"]
    sizes = [(round(one.width, 1), round(one.height, 1)) for one in logos.sizes(letter.pictures, 156.0)]
    expected = [(one.digest, size) for one, size in zip(letter.pictures, sizes, strict=True)]
    assert [(digest, size) for digest, size, _said, _id in pictures(word)] == expected
    assert [(said, number) for *_shown, said, number in pictures(word)] == [
        (name, n) for n, name in enumerate(NAMES, 1)
    ]
    assert list(word.element.body[0].iter(qn("w:drawing"))) != []


def test_write_with_logos_gives_the_same_bytes_again_and_without_has_no_picture():
    letter = with_logos(*FILES)
    assert docx.write(letter) == docx.write(letter)
    plain = opened(docx.write(document()))
    assert (pictures(plain), plain.paragraphs[0].style.name) == ([], "Letterhead")


def test_logos_of_a_right_to_left_letter_begin_at_the_right():
    word = opened(docx.write(with_logos(*FILES[:1], **ARABIC)))
    style = word.paragraphs[0].style.element
    assert style.find(qn("w:pPr")).find(qn("w:bidi")) is not None


def test_written_letter_with_logos_is_recognized_when_it_comes_back():
    letters = with_logos(*FILES), document()
    read = [intake.assemble(intake.read(intake.from_docx(docx.write(one))).pieces) for one in letters]
    assert read[0].title == letters[0].title
    assert read[0] == read[1]


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_write_uses_the_chosen_paper(paper, size):
    (section, *_more) = opened(docx.write(document(look=Look(paper=paper)))).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size
    text = section.page_width - section.left_margin - section.right_margin
    assert round(text / 36000) == 160
