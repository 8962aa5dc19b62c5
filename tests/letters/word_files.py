"""Word files made by hand, part by part, as small as Word still opens them; and some that are up to no good."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{TYPE}.footnotes+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{TYPE}.numbering+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "heading 2", "Quote")
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip {how}="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def run(text, style=""):
    """`style` is "b", "i" or ""."""
    return f'<w:r><w:rPr>{f"<w:{style}/>" if style else ""}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def link(text, relation):
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def call(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def paragraph(*content, style="", numbering=0, level=0):
    parts = "".join(one if one.startswith("<") else run(one) for one in content)
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>' if numbering else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}</w:pPr>{parts}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def part(name, content, declaration=""):
    return f'{HEAD}{declaration}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


def relations(**targets):
    """By id: an address, or a path inside the file; the kind of relation is told from it."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{outside}/>'
        for key, (kind, target, outside) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def word_file(*blocks, notes=(), more=None, document=None, compression=zipfile.ZIP_DEFLATED, **links):
    """The bytes of a .docx file. `more` adds or replaces parts by name; `links` are relations of the document."""
    outside = ' TargetMode="External"'
    targets = {
        key: value if isinstance(value, tuple) else ("hyperlink", value, outside) for key, value in links.items()
    }
    inside = {f"p{kind}": (kind, f"{kind}.xml", "") for kind in ("footnotes", "numbering", "styles")}
    texts = "".join(
        f'<w:footnote w:id="{number}">{paragraph(*note)}</w:footnote>' for number, note in enumerate(notes, start=1)
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations(r1=("officeDocument", "word/document.xml", "")),
        "word/document.xml": document or part("document", f"<w:body>{''.join(blocks)}</w:body>"),
        "word/_rels/document.xml.rels": relations(**inside, **targets),
        "word/footnotes.xml": part("footnotes", texts),
        "word/numbering.xml": part("numbering", NUMBERING),
        "word/styles.xml": part("styles", STYLES),
    } | (more or {})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()
