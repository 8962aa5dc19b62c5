"""The Word file as Word and a screen reader meet it."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from bench import invented
from letters import docx
from letters.document import Roll, RollGroup, RollLine
from tests.letters.documents import ARABIC, document, roll
from tests.letters.docx_files import LISTS, found, opened, part, styled, unmarked, value

MANY = [f"Harbour Light {number}" for number in range(1, 31)]


def test_write_puts_the_parts_in_order_under_their_styles():
    word = opened(docx.write(document(body="<h2>Ask</h2><p>Open it.</p><h3>Why</h3>")))
    to, copy = invented.ADDRESSEES
    expected = [
        ("Letterhead", invented.LETTERHEAD),
        ("Date", "Orrinport, 30 August 2031"),
        ("Recipient", "\n".join([f"{to.honorific} {to.name}", to.office, to.organization, *to.address.splitlines()])),
        ("Copy", f"Copy to\t{copy.honorific} {copy.name}, {copy.office}, {copy.organization}"),
        ("Subject Line", f"Re: {invented.RE_LINE}"),
        ("Title", invented.TITLE),
        ("Salutation", invented.SALUTATION),
        ("Heading 1", "Ask"),
        ("Body Text", "Open it."),
        ("Heading 2", "Why"),
        ("Closing", invented.CLOSING),
        ("Undersigned", "The undersigned organizations"),
        ("Signature Line", "Harbour Light\u2003Land KE"),
        ("Signature Line", "Reef Watch\u2003Land FJ"),
        ("Signature Line", "Atoll Archive\u2003Land FJ"),
        ("Count", "3 organizations from 2 countries"),
        ("Seal", "Edition 2 · signatories as of 30 August 2031, 12:00 UTC · https://letters.example/letters/ilvane/"),
        ("Seal", f"SHA-256 of the signed text: {'0123456789abcdef' * 4}"),
    ]
    assert [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs] == expected


def test_write_leaves_no_gap_for_parts_left_empty():
    empty = document(title="", re_line="", place="", date="", recipients=(), salutation="", closing="", body="")
    word = opened(docx.write(replace(empty, roll=roll({}), digest="")))
    assert [paragraph.style.name for paragraph in word.paragraphs] == ["Letterhead", "Seal"]


def test_write_gives_the_same_bytes_again():
    letter = document(body=document().body + LISTS, roll=roll({"KE": MANY}), draft=True)
    assert docx.write(letter) == docx.write(letter)
    assert docx.write(replace(letter, draft=False)) != docx.write(letter)


def test_write_makes_parts_that_are_well_formed_and_complete():
    content = docx.write(document(body=LISTS, draft=True))
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        trees = {name: etree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(names) - set(trees) == set()
    types = {kind.get("PartName") for kind in trees["[Content_Types].xml"]} - {None}
    assert types == {f"/{name}" for name in names if not name.endswith(".rels") and name != "[Content_Types].xml"}
    targets = {relation.get("Target") for relation in trees["word/_rels/document.xml.rels"]}
    assert {"footnotes.xml", "numbering.xml", "styles.xml", "settings.xml", "header1.xml", "footer1.xml"} <= targets
    styles = {value(style, "styleId") for style in found(trees["word/styles.xml"], "//w:style")}
    used = {value(use) for tree in trees.values() for use in found(tree, "//w:pStyle | //w:rStyle")}
    assert used - styles == set()


def test_write_describes_the_file():
    properties = opened(docx.write(document())).core_properties
    assert (properties.title, properties.author, properties.language) == (invented.TITLE, invented.LETTERHEAD, "en")
    assert properties.created.replace(tzinfo=UTC) == datetime(2031, 8, 30, 12, 0, tzinfo=UTC)
    assert properties.modified == properties.created
    with ZipFile(BytesIO(docx.write(document()))) as archive:
        assert b"python-docx" not in b"".join(archive.read(name) for name in archive.namelist())


def test_write_sets_real_footnotes():
    content = docx.write(document(body=document().body + LISTS))
    notes = part(content, "word/footnotes.xml")
    called = [value(call, "id") for call in found(part(content, "word/document.xml"), "//w:footnoteReference")]
    assert called == ["1", "2", "3"]
    assert [value(note, "id") for note in found(notes, "/w:footnotes/w:footnote")] == ["-1", "0", *called]
    assert [value(note, "type") for note in found(notes, "/w:footnotes/w:footnote")][:2] == [
        "separator",
        "continuationSeparator",
    ]
    texts = ["".join(found(note, ".//w:t/text()")).strip() for note in found(notes, "//w:footnote[@w:id > 0]")]
    assert texts == [*invented.FOOTNOTES, "See the logs, volume 3."]
    settings = part(content, "word/settings.xml")
    assert [value(note, "id") for note in found(settings, "//w:footnotePr/w:footnote")] == ["-1", "0"]


def test_write_has_no_footnotes_part_for_a_letter_without_notes():
    with ZipFile(BytesIO(docx.write(document(body="<p>Short.</p>")))) as archive:
        assert "word/footnotes.xml" not in archive.namelist()
        assert b"footnotePr" not in archive.read("word/settings.xml")


def test_write_links_in_the_letter_and_in_its_notes():
    content = docx.write(document(body=LISTS))
    assert [link.address for paragraph in opened(content).paragraphs for link in paragraph.hyperlinks] == [
        "mailto:clerk@records.example"
    ]
    relations = part(content, "word/_rels/footnotes.xml.rels")
    assert [(one.get("Target"), one.get("TargetMode")) for one in relations] == [
        ("https://records.example/logs?a=1&b=2", "External")
    ]


def test_write_numbers_every_list_anew_from_its_start():
    listed = '<ol><li><p>a</p></li></ol><p>–</p><ol start="7"><li><p>g</p><ol><li><p>deep</p></li></ol></li></ol>'
    content = docx.write(document(body=listed + "<ul><li><p>point</p></li></ul>"))
    numbering = part(content, "word/numbering.xml")
    kinds = {
        value(kind, "abstractNumId"): value(found(kind, ".//w:numFmt")[0])
        for kind in found(numbering, "//w:abstractNum")
    }
    lists = {}
    for one in found(numbering, "//w:num"):
        start = found(one, ".//w:startOverride")
        lists[value(one, "numId")] = (
            kinds[value(found(one, "w:abstractNumId")[0])],
            value(start[0]) if start else None,
        )
    shown = []
    for item in found(part(content, "word/document.xml"), "//w:p[.//w:numPr]"):
        level, number = (value(found(item, f".//w:{name}")[0]) for name in ("ilvl", "numId"))
        shown.append(("".join(found(item, ".//w:t/text()")), level, *lists[number]))
    assert shown == [
        ("a", "0", "decimal", "1"),
        ("g", "0", "decimal", "7"),
        ("deep", "1", "decimal", "1"),
        ("point", "0", "bullet", None),
    ]


def test_write_keeps_bold_and_italic():
    runs = opened(docx.write(document(body="<p>a <strong>b</strong> <em>c</em></p>"))).paragraphs
    text = next(paragraph for paragraph in runs if paragraph.style.name == "Body Text")
    assert [(run.text, run.bold, run.italic) for run in text.runs if run.text.strip()] == [
        ("a ", None, None),
        ("b", True, None),
        ("c", None, True),
    ]


def test_write_numbers_pages_by_fields():
    footer = part(docx.write(document()), "word/footer1.xml")
    assert [value(field, "instr").strip() for field in found(footer, "//w:fldSimple")] == ["PAGE", "NUMPAGES"]
    assert unmarked("".join(found(footer, "//w:t/text()"))) == f"{invented.LETTERHEAD}Page 1 of 1"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({}, "DRAFT – not for circulation", id="en"),
        pytest.param(ARABIC, "مسودة – غير مخصصة للتداول", id="ar"),
    ],
)
def test_write_says_in_every_head_that_a_draft_is_not_for_circulation(changes, said):
    """The control: the same letter, no draft, has no header at all."""
    letter = document(draft=True, roll=roll({"KE": MANY}), **changes)
    heads = [section.header.paragraphs[0].text for section in opened(docx.write(letter)).sections]
    assert len(heads) == 4
    assert {unmarked(text) for text in heads} == {said}
    final = opened(docx.write(replace(letter, draft=False)))
    assert {section.header.is_linked_to_previous for section in final.sections} == {True}


def test_write_says_which_text_is_authentic():
    said = "Courtesy translation. The authentic text is in French."
    assert styled(opened(docx.write(document(authentic_language="fr"))), "Courtesy Translation") == [said]
    assert styled(opened(docx.write(document())), "Courtesy Translation") == []


def test_write_sets_a_long_roll_by_country_in_columns():
    word = opened(docx.write(document(roll=roll({"KE": MANY, "FJ": ["Reef Watch"]}, withheld=2))))
    assert styled(word, "Count") == [
        "31 organizations from 2 countries, listed in the annex, and 2 organizations whose names are withheld"
    ]
    assert styled(word, "Annex Heading") == ["Annex: Signatories"]
    assert styled(word, "Country") == ["Land KE\u200230", "Land FJ\u20021"]
    assert styled(word, "Signatory") == [*MANY, "Reef Watch"]
    assert styled(word, "Names Withheld") == ["and 2 organizations whose names are withheld"]
    columns = [value(section._sectPr.find(qn("w:cols")), "num") for section in word.sections]
    starts = [value(section._sectPr.find(qn("w:type"))) for section in word.sections]
    assert (columns, starts) == (["1", "1", "3", "1"], ["nextPage", "nextPage", "continuous", "continuous"])


def test_write_sets_several_recipients_in_two_columns():
    word = opened(docx.write(document(recipients=invented.ADDRESSEES[:1] * 3)))
    assert [value(section._sectPr.find(qn("w:cols")), "num") for section in word.sections] == ["1", "2", "1"]
    alone = opened(docx.write(document()))
    assert [value(section._sectPr.find(qn("w:cols")), "num") for section in alone.sections] == ["1"]


def test_write_sets_a4_in_the_language_of_the_letter():
    def language_of(letter):
        content = docx.write(letter)
        lang = found(part(content, "word/styles.xml"), "//w:docDefaults//w:lang")[0]
        return [value(lang, name) for name in ("val", "eastAsia", "bidi")]

    assert language_of(document()) == ["en-GB", None, None]
    assert language_of(document(language="fr")) == ["fr-FR", None, None]
    assert language_of(document(language="zh-Hant")) == ["en-GB", "zh-TW", None]
    assert language_of(document(**ARABIC)) == ["en-GB", None, "ar-EG"]
    section = opened(docx.write(document())).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_write_sets_individuals_after_the_organizations():
    people = RollGroup("KE", "Kenya", (RollLine("Ama Doe", affiliation="Lake University"),))
    groups = (RollGroup("CL", "Chile", (RollLine("Aqua", second_name="Agua"),)),)
    mixed = Roll(groups, 1, 2, 0, datetime(2031, 8, 30, tzinfo=UTC), individuals=(people,), persons=1)
    word = opened(docx.write(document(roll=mixed)))
    assert styled(word, "Signature Line") == ["Aqua Agua\u2003Chile", "Ama Doe, Lake University*\u2003Kenya"]
    assert styled(word, "Names Withheld") == ["* Affiliations are given for identification only."]
