"""Spreadsheets made by hand, part by part; and some that are up to no good."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = 'xmlns:office="o" xmlns:table="t" xmlns:text="x"'


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as ours:
        for name, content in parts.items():
            ours.writestr(name, content)
    return file.getvalue()


def cell(text):
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"


def sheet(*rows, head=""):
    return f"{head}<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


def row(*cells):
    return f"<row>{''.join(map(cell, cells))}</row>"


def xlsx(*sheets, strings="", more=None, hidden=()):
    """Each of `sheets` is XML; they are named S1, S2, …"""
    listed = "".join(
        f'<sheet name="S{number}" r:id="r{number}" state="{"hidden" if number in hidden else "visible"}"/>'
        for number in range(1, len(sheets) + 1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Target="worksheets/s{number}.xml"/>' for number in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{relations}</Relationships>",
        **{f"xl/worksheets/s{number}.xml": xml for number, xml in enumerate(sheets, 1)},
        **({"xl/sharedStrings.xml": strings} if strings else {}),
    }
    return archive(parts | (more or {}))


def ods_cell(text="", repeated=1):
    told = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f'<table:table-cell table:number-columns-repeated="{repeated}">{told}</table:table-cell>'


def ods_row(*cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods(*rows, inside="", more=None):
    content = (
        f"<office:document-content {ODS_NAMES}>{inside}<office:body><office:spreadsheet>"
        f'<table:table table:name="S1">{"".join(rows)}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return archive({"mimetype": ODS, "content.xml": content} | (more or {}))
