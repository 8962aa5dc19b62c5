"""The file around the letter: python-docx's empty document, emptied, and bytes that depend on the letter alone."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from letters.document import Document
from letters.docx import styles
from letters.docx.markup import UNWRITABLE, el
from letters.docx.notes import RELATIONSHIP, Footnotes
from letters.pdf.writing import Writing

EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip archive's clock begins here
UNWANTED = ("/customXml", "/stylesWithEffects", "/webSettings", "/metadata/thumbnail")
# What Word takes where the font is not installed: these came with it
STAND_INS = {
    "Noto Serif": "Cambria",
    "Noto Sans": "Calibri",
    "Noto Naskh Arabic": "Traditional Arabic",
    "Noto Nastaliq Urdu": "Urdu Typesetting",
    "Noto Serif CJK SC": "SimSun",
    "Noto Sans CJK SC": "Microsoft YaHei",
    "Noto Serif CJK TC": "PMingLiU",
    "Noto Sans CJK TC": "Microsoft JhengHei",
    "Noto Serif CJK JP": "MS Mincho",
    "Noto Sans CJK JP": "MS Gothic",
    "Noto Serif CJK KR": "Batang",
    "Noto Sans CJK KR": "Malgun Gothic",
    "Noto Serif Hebrew": "David",
    "Noto Sans Hebrew": "Arial",
}
APPLICATION = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Undersigned</Application></Properties>"
)


def blank(document: Document, writing: Writing) -> WordDocument:
    """An empty Word document with our styles and nothing of the template's but its theme."""
    word = docx.Document()
    for source in (word.part, word.part.package):
        for identifier, relationship in list(source.rels.items()):
            if relationship.reltype.endswith(UNWANTED):
                del source.rels[identifier]
    _refill(word.styles.element, styles.stylesheet(writing, document.language))
    _describe(word, document)
    return word


def _refill(element: Any, children: list[Any]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _describe(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    moment = document.roll.as_of.astimezone(UTC).replace(tzinfo=None)
    properties.title = UNWRITABLE.sub("", document.title or document.re_line or document.letterhead)[:255]
    properties.author = UNWRITABLE.sub("", document.letterhead)[:255]
    properties.language = document.language
    properties.created = properties.modified = moment
    properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.revision = 1


def finish(word: WordDocument, footnotes: Footnotes, numbering: list[Any]) -> bytes:
    """The whole file. The same letter gives the same bytes: no clock is read."""
    if footnotes.notes:
        word.part.relate_to(footnotes, RELATIONSHIP)
    _refill(word.part.numbering_part.element, numbering)
    _refill(word.settings.element, _settings(footnotes))
    _replace(word.part, RELATIONSHIP_TYPE.FONT_TABLE, _font_table())
    _replace(word.part.package, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, APPLICATION)
    saved = BytesIO()
    word.save(saved)
    return _repacked(saved)


def _settings(footnotes: Footnotes) -> list[Any]:
    mode = el("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    return [
        el("zoom", percent=100),
        el("defaultTabStop", val=720),
        el("characterSpacingControl", val="doNotCompress"),
        *footnotes.settings(),
        el("compat", mode),
        el("decimalSymbol", val="."),
        el("listSeparator", val=","),
    ]


def _font_table() -> str:
    fonts = "".join(
        f'<w:font w:name="{escape(font)}"><w:altName w:val="{escape(stand_in)}"/></w:font>'
        for font, stand_in in STAND_INS.items()
    )
    return f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>'


def _replace(source: Any, relationship: str, xml: str) -> None:
    part = source.part_related_by(relationship)
    part._blob = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode()


def _repacked(saved: BytesIO) -> bytes:
    packed = BytesIO()
    with ZipFile(saved) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EARLIEST), old.read(name), compress_type=ZIP_DEFLATED)
    return packed.getvalue()
