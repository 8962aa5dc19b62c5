"""One table as a spreadsheet: Office Open XML (ECMA-376) and OpenDocument (ISO/IEC 26300).

Every cell is declared to be text, so none is a formula whatever it begins with, and none is changed for safety.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.utils.html import escape

from signatories.sheets.pouring import pour
from signatories.sheets.rows import Row

AT_ONCE = 200  # rows
LONGEST = 32_767  # characters of a cell, by Excel
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
COLUMNS = 64  # as wide as those of the other file; more than any table here has
PLAIN, HEADING, MARKED = range(3)

_sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_package = "http://schemas.openxmlformats.org/package/2006"
_types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_fonts = '<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
_fills = (
    '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFF8D7D4"/></patternFill></fill>'
)
_text = 'numFmtId="49" applyNumberFormat="1" borderId="0" xfId="0"'  # "@": stays text when somebody edits it
XLSX = {
    "[Content_Types].xml": f'<Types xmlns="{_package}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_types}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_types}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_types}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_package}/relationships">'
    f'<Relationship Id="rId1" Type="{_office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_sheet}" xmlns:r="{_office}">'
    '<sheets><sheet name="Sign-ons" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_package}/relationships">'
    f'<Relationship Id="rId1" Type="{_office}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_office}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_sheet}"><fonts count="2">{_fonts}</fonts><fills count="3">{_fills}</fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="3"><xf {_text} fontId="0" fillId="0"/><xf {_text} fontId="1" fillId="0" applyFont="1"/>'
    f'<xf {_text} fontId="1" fillId="2" applyFont="1" applyFill="1"/></cellXfs></styleSheet>',
}
XLSX_SHEET = (
    f'<worksheet xmlns="{_sheet}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"'
    ' defaultColWidth="22"/><sheetData>',
    "</sheetData></worksheet>",
)

_urn = "urn:oasis:names:tc:opendocument:xmlns"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS = {
    "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_urn}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
}
_styled = '<style:style style:name="{}" style:family="table-cell"><style:table-cell-properties{}/>{}</style:style>'
_bold = '<style:text-properties fo:font-weight="bold"/>'
ODS_SHEET = (
    f'<office:document-content xmlns:office="{_urn}:office:1.0" xmlns:table="{_urn}:table:1.0"'
    f' xmlns:text="{_urn}:text:1.0" xmlns:style="{_urn}:style:1.0" xmlns:fo="{_urn}:xsl-fo-compatible:1.0"'
    ' office:version="1.3"><office:automatic-styles>'
    + _styled.format("s0", "", "")
    + _styled.format("s1", "", _bold)
    + _styled.format("s2", ' fo:background-color="#f8d7d4"', _bold)
    + '<style:style style:name="w" style:family="table-column">'
    '<style:table-column-properties style:column-width="4.5cm"/></style:style></office:automatic-styles>'
    '<office:body><office:spreadsheet><table:table table:name="Sign-ons">'
    f'<table:table-column table:style-name="w" table:number-columns-repeated="{COLUMNS}"/>',
    "</table:table></office:spreadsheet></office:body></office:document-content>",
)


def to_xlsx(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the table as .xlsx, its heading frozen."""
    fixed = [(name, [(XML + text).encode()]) for name, text in XLSX.items()]
    return pour([*fixed, ("xl/worksheets/sheet1.xml", _part(XLSX_SHEET, rows, _xlsx_row))])


def to_ods(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the table as .ods."""
    fixed = [(name, [(XML + text).encode()]) for name, text in ODS.items()]
    kind = ("mimetype", [MIMETYPE.encode()])  # first and as it is: programs look there (part 2, 3.3)
    return pour([kind, *fixed, ("content.xml", _part(ODS_SHEET, rows, _ods_row))], stored=frozenset({"mimetype"}))


def _part(around: tuple[str, str], rows: Iterable[Row], write: Callable[[Row, int], str]) -> Iterator[bytes]:
    before, after = around
    yield (XML + before).encode()
    written = (write(row, _style(row, place)) for place, row in enumerate(rows))
    while some := "".join(islice(written, AT_ONCE)):
        yield some.encode(errors="replace")
    yield after.encode()


def _style(row: Row, place: int) -> int:
    return HEADING if not place else MARKED if row.marked else PLAIN


def _xlsx_row(row: Row, style: int) -> str:
    cells = (f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{_said(one)}</t></is></c>' for one in row.cells)
    return f"<row>{''.join(cells)}</row>"


def _ods_row(row: Row, style: int) -> str:
    cells = (
        f'<table:table-cell office:value-type="string" table:style-name="s{style}"><text:p>{_said(one)}</text:p>'
        "</table:table-cell>"
        for one in row.cells
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _said(cell: str) -> str:
    return escape(NO_XML.sub("\ufffd", cell[:LONGEST]))
