"""Names in the Word file: in every script and direction, hostile ones too."""

import pytest
from docx.oxml.ns import qn

from letters import docx
from letters.document import Addressee
from letters.docx import pen
from letters.pdf import writing
from tests.letters.documents import ARABIC, HOSTILE, NAMES, document, roll
from tests.letters.docx_files import found, opened, part, styled, unmarked, value


def test_write_turns_a_right_to_left_letter_around():
    """The control: a left-to-right letter has none of it."""
    content = docx.write(document(**ARABIC))
    body_runs = found(part(content, "word/document.xml"), "//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:r")
    assert {run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in body_runs} == {True}
    assert len(found(part(content, "word/styles.xml"), "//w:pPrDefault//w:bidi")) == 1
    assert len(found(part(content, "word/document.xml"), "//w:sectPr/w:bidi")) == 1
    plain = docx.write(document(body="<p>Short.</p>"))
    assert found(part(plain, "word/document.xml"), "//w:rtl | //w:bidi") == []
    assert found(part(plain, "word/styles.xml"), "//w:bidi") == []


def test_write_sets_names_of_the_other_direction_apart():
    content = docx.write(document(roll=roll({"EG": ["جمعية (وادي)", "Nile Watch"]})))
    first, second = found(part(content, "word/document.xml"), "//w:p[w:pPr/w:pStyle/@w:val='SignatureLine']")
    runs = [
        (run.find(qn("w:t")).text, run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None) for run in found(first, "w:r")
    ]
    assert "".join(text for text, is_rtl in runs if is_rtl) == "\u200fجمعية (وادي)\u200f"
    assert "".join(text for text, is_rtl in runs if not is_rtl) == "\u200e\u2003Land EG"
    assert found(second, ".//w:rtl") == []


@pytest.mark.parametrize("script", NAMES)
def test_write_prints_names_of_every_script_as_they_are(script):
    word = opened(docx.write(document(roll=roll({"IN": [NAMES[script]]}))))
    assert [unmarked(line) for line in styled(word, "Signature Line")] == [f"{NAMES[script]}\u2003Land IN"]


def test_write_gives_han_names_the_font_of_their_country():
    content = docx.write(document(roll=roll({"JP": ["水の記憶"], "TW": ["水權會"]})))
    fonts = found(part(content, "word/document.xml"), "//w:p[w:pPr/w:pStyle/@w:val='SignatureLine']//w:rFonts")
    assert [value(font, "eastAsia") for font in fonts] == ["Noto Serif CJK JP", "Noto Serif CJK TC"]


def test_write_keeps_hostile_words_as_words():
    damage = "\x00\x0b\x1f\ud800\ufffe"
    line = "".join(HOSTILE) + "<w:p/>]]>&amp;" + damage
    letter = document(
        letterhead=line,
        title=line,
        place=line,
        closing=line,
        salutation=line,
        recipients=(Addressee("to", line, line, line, line, line),),
        body="<p>Body" + "".join(HOSTILE) + "</p>",
        roll=roll({"KE": [line], "FJ": [damage]}),
    )
    content = docx.write(letter)
    word = opened(content)
    said = line.removesuffix(damage)
    assert styled(word, "Title") == [said]
    assert styled(word, "Signature Line") == [f"{said}\u2003Land KE", "\u2003Land FJ"]
    relations = [one.get("Target") for one in part(content, "word/_rels/document.xml.rels")]
    assert [target for target in relations if "attack" in target or "file:" in target] == []


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("We ask", "en", [("We ask", "ltr")]),
        ("نهر (Ilvane 2) قرب", "ar", [("نهر (", "rtl"), ("Ilvane 2", "ltr"), (") قرب", "rtl")]),
        ("the نهر 12, and", "en", [("the ", "ltr"), ("نهر 12", "rtl"), (", and", "ltr")]),
        ("عام 1961", "ar", [("عام 1961", "rtl")]),
        ("", "en", []),
    ],
)
def test_pieces_cuts_where_the_direction_changes(text, base, expected):
    assert [(piece.text, piece.direction) for piece in pen.pieces(text, writing.of(base))] == expected
