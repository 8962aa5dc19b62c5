"""What PDF/A-3 (ISO 19005-3, level A) and PDF/UA-1 (ISO 14289-1) ask beyond what the engine writes by itself.

It can say of a file that it is one or the other; ours are both. In the child process only.
"""

from __future__ import annotations

import base64
import zlib
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf
    import weasyprint

VARIANT = "pdf/a-3a"
LIST = "signatories.csv"
LEVEL = 6  # the engine's 9 takes twice the time for one byte in a hundred
WORD_JOINER = b"<2060>"  # what a glyph stands for that no character of its own belongs to
# PDF/A wants every schema it does not know described (6.6.2.3.2); the last line is what is to be said
UNIVERSAL_ACCESS = b"""
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
"""


def options(document: weasyprint.Document) -> dict[str, Any]:
    """Return what is to be written with: the list of signatories goes along as a file, if the page holds it."""
    from weasyprint import Attachment

    given = {one.get("name"): one.get("content") for one in document._html.etree_element.iter("meta")}
    files = []
    if held := given.get("signatories"):
        at = datetime.strptime(given["dcterms.created"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - UTC, as it is written
        listed = BytesIO(base64.b64decode(held))
        files.append(Attachment(file_obj=listed, name=LIST, created=at, modified=at, relationship="Data"))
    return {"pdf_variant": VARIANT, "attachments": files}


def finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """The engine's finisher: what can be mended once everything is written."""
    import pydyf

    if document._html.etree_element.get("dir") == "rtl":  # viewers turn the pages that way; the engine leaves it out
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
    for one in pdf.objects:
        if not isinstance(one, pydyf.Stream):
            continue
        if one.stream and one.stream[0] == b"/CIDInit /ProcSet findresource begin":
            one.stream[:] = [_mapped(line) for line in one.stream]
        elif one.extra.get("Type") == "/Metadata":
            one.compress = False
            one.stream[0] = one.stream[0].replace(b"</rdf:RDF>", UNIVERSAL_ACCESS + b"</rdf:RDF>")
        if one.compress:
            _compress(one)
    _write_once(pdf)


def _write_once(pdf: pydyf.PDF) -> None:
    """Make bytes of every object now: the engine makes them twice, for the file and for its ID."""
    import pydyf

    class Written(pydyf.Object):  # type: ignore[misc]
        def __init__(self, one: Any) -> None:
            super().__init__()
            self.number, self.generation, self.free, self._bytes = one.number, one.generation, one.free, one.data

        @property
        def data(self) -> bytes:
            return self._bytes  # type: ignore[no-any-return]

    pdf.objects[:] = [Written(one) if type(one) is pydyf.Dictionary else one for one in pdf.objects]


def _compress(stream: pydyf.Stream) -> None:
    """Now, as the engine would each time it is asked for the content: when it is written, and for the file's ID."""
    import pydyf

    stream.stream = [zlib.compress(b"\n".join(map(pydyf._to_bytes, stream.stream)), LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _mapped(line: bytes) -> bytes:
    return line[:-2] + WORD_JOINER if line.endswith(b"> <>") else line
