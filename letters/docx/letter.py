"""The letter from letterhead to seal, in the order of the PDF."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from letters.body.reading import read
from letters.document import Document
from letters.docx import package, roll, styles
from letters.docx.body import Body
from letters.docx.lists import Numbering
from letters.docx.markup import el, field, twips, words
from letters.docx.notes import Footnotes
from letters.docx.pen import MARKS, Look, Pen
from letters.docx.sheet import Sheet
from letters.pdf import typesetting, writing

BOLD = Look(bold=True)
BETWEEN_LOGOS = "\u2003\u2003"
SEVERAL = 3  # so many recipients stand in two columns


def write(document: Document) -> bytes:
    """Return the .docx (ECMA-376, transitional). The same document gives the same bytes.

    Our own words are in the document's language where translated, as in the PDF. Raises nothing: what XML has no
    place for, such as control characters in a name, is left out.
    """
    script = writing.of(document.language)
    language = typesetting.language_of_words(document.language)
    word = package.blank(document, script)
    sheet = Sheet(word, Pen(script), document.look.paper)
    footnotes, numbering = Footnotes(word.part.package), Numbering()
    with translation.override(language):
        sheet.furnish(_header(sheet.pen, document), _footer(sheet.pen, document, writing.of(language)))
        _head(sheet, document)
        _recipients(sheet, document)
        _opening(sheet, document)
        Body(sheet, footnotes, numbering).blocks(read(document.body))
        if document.closing:
            sheet.paragraph(styles.CLOSING, sheet.pen.lines(document.closing))
        roll.write(sheet, document, writing.of(language))
    sheet.finish()
    return package.finish(word, footnotes, numbering.definitions())


def _header(pen: Pen, document: Document) -> list[Any]:
    return pen.apart(_("DRAFT – not for circulation"), Look(sans=True)) if document.draft else []


def _footer(pen: Pen, document: Document, script: writing.Writing) -> list[Any]:
    """The letterhead at one end, at the other the page and how many there are, reckoned by Word."""
    before, _page, rest = _(typesetting.PAGE_OF_PAGES).partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    ours, mark = Pen(script), MARKS[script.direction]
    return [
        *pen.apart(document.letterhead, Look(sans=True, is_name=True)),
        el("r", el("tab")),
        *ours.runs(mark + before),
        field("PAGE", *ours.runs("1")),
        *ours.runs(between),
        field("NUMPAGES", *ours.runs("1")),
        *ours.runs(after + mark),
    ]


def _logos(sheet: Sheet, document: Document) -> None:
    """As large as in the PDF, in the same order."""
    runs: list[Any] = []
    for one in typesetting.logos_of(document):
        runs += [el("r", words(BETWEEN_LOGOS))] if runs else []
        runs.append(sheet.picture(one["picture"].content, one["size"], one["name"]))
    if runs:
        sheet.paragraph(styles.LOGOS, runs)


def _head(sheet: Sheet, document: Document) -> None:
    _logos(sheet, document)
    courtesy = typesetting.courtesy_line(document)
    close = [el("spacing", after=twips(8))] if courtesy else []
    sheet.paragraph(styles.LETTERHEAD, sheet.pen.runs(document.letterhead, Look(sans=True, is_name=True)), *close)
    if courtesy:
        sheet.paragraph(styles.COURTESY, sheet.pen.apart(courtesy, Look(sans=True)))
    if dateline := typesetting.dateline(document):
        sheet.paragraph(styles.DATE, sheet.pen.runs(dateline))


def _recipients(sheet: Sheet, document: Document) -> None:
    to = [typesetting.lines_of(one) for one in document.recipients if one.line == "to"]
    cc = [typesetting.lines_of(one) for one in document.recipients if one.line == "cc"]
    in_columns = len(to) >= SEVERAL
    if in_columns:
        sheet.end_section()
    for first, *rest in to:
        runs = sheet.pen.apart(first, BOLD)
        for line in rest:
            runs += [el("r", el("br")), *sheet.pen.apart(line)]
        sheet.paragraph(styles.RECIPIENT, runs)
    if in_columns:
        sheet.end_section(2)
    label = sheet.pen.apart(_("Copy to"), Look(italic=sheet.pen.writing.script in styles.ITALIC_SCRIPTS))
    for number, lines in enumerate(cc, 1):
        before_title = number == len(cc) and not document.re_line
        loose = [el("spacing", after=twips(16))] if before_title else []
        sheet.paragraph(styles.COPY, [*label, el("r", el("tab")), *_in_a_row(sheet.pen, lines)], *loose)
        label = []


def _in_a_row(pen: Pen, lines: list[str]) -> list[Any]:
    found: list[Any] = []
    for line in lines:
        found += [*(pen.runs(pen.writing.comma) if found else []), *pen.apart(line)]
    return found


def _opening(sheet: Sheet, document: Document) -> None:
    if document.re_line:
        label = sheet.pen.apart(pgettext("subject line of a letter", "Re:"), BOLD)
        sheet.paragraph(styles.RE_LINE, [*label, *sheet.pen.runs(f" {document.re_line}")])
    if document.title:
        sheet.paragraph(styles.TITLE, sheet.pen.runs(document.title))
    if document.salutation:
        sheet.paragraph(styles.SALUTATION, sheet.pen.runs(document.salutation))
