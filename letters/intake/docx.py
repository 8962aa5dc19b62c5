"""A .docx file as HTML for `read`. What comes in is a stranger's file, and a zip of XML at that.

mammoth would unzip whatever the archive holds and hand it to minidom, so it only ever sees an archive of ours: the XML
parts, unzipped here piece by piece under a limit, each parsed once before by expat with no document type allowed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

import mammoth
import mammoth.html
from django.utils.translation import gettext as _

LARGEST_FILE = 5 * 2**20  # bytes
LARGEST_UNZIPPED = 50 * 2**20  # bytes, pictures included
LARGEST_PART = 10 * 2**20  # bytes of one XML part, some hundreds of pages
MOST_ENTRIES = 2_000
MOST_ELEMENTS = 120_000  # of XML in all parts, a letter of sixty pages; more keep mammoth busy for over five seconds
DEEPEST = 100  # elements inside each other; mammoth recurses
CHUNK = 2**16
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old .doc files, and .docx files under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='List Continue'] => ul|ol > li > p:fresh
p[style-name='Letterhead'] => !
p[style-name='Courtesy Translation'] => !
p[style-name='Count'] => !
p[style-name='Annex Note'] => !
p[style-name='Names Withheld'] => !
p[style-name='Seal'] => !
"""  # the last ones are what stands around the letter in files of ours, see letters.docx


class NotReadable(Exception):
    """`reason` tells a coordinator, in the language of the page, what is wrong with the file and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def from_docx(data: bytes) -> str:
    """The text of a .docx file as HTML, to be given to `read`; NotReadable if it is none or not a harmless one.

    Headings, bold, italic, links, lists, tables and footnotes are kept; of pictures an empty `<img>`, so that they are
    counted. Comments, headers, footers and deleted text are left out.
    """
    _refuse_others(data)
    parts = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(parts, "w") as ours:
            for name, part in _parts(archive):
                ours.writestr(name, part)
        parts.seek(0)
        return str(_converted(parts))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError) as error:
        raise NotReadable(_damaged()) from error


def _refuse_others(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise NotReadable(_("The file is larger than 5 MB. Remove the pictures, or paste the text instead."))
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise NotReadable(_under_password())
        raise NotReadable(_("This is an old Word file (.doc). Save it as .docx, or paste the text instead."))
    if not data.startswith(b"PK"):
        raise NotReadable(_no_docx())


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The XML parts, checked. What the archive says of its sizes is not believed."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise NotReadable(_too_much())
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise NotReadable(_no_docx())
    left, elements = LARGEST_UNZIPPED, 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise NotReadable(_under_password())
        is_part = entry.filename.endswith((".xml", ".rels")) and not entry.filename.startswith("mammoth/")
        part = bytearray()
        for chunk in _chunks(archive, entry):
            left -= len(chunk)
            part += chunk if is_part else b""
            if left < 0 or len(part) > LARGEST_PART:
                raise NotReadable(_too_much())
        if is_part:
            elements += _elements(bytes(part))
            if elements > MOST_ELEMENTS:
                raise NotReadable(_too_much())
            yield entry.filename, bytes(part)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotReadable(_damaged())
    with archive.open(entry) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _elements(part: bytes) -> int:
    """How many elements the XML has. None of the formats in a .docx has a document type, so one is only ever an attack.

    expat reads the encodings that minidom will read, so nothing hides in UTF-16.
    """
    depth = deepest = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, deepest, count
        depth, count = depth + 1, count + 1
        deepest = max(depth, deepest)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*declaration: Any) -> None:
        raise NotReadable(_damaged())

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(part, True)
    if deepest > DEEPEST:
        raise NotReadable(_damaged())
    return count


def _converted(parts: io.BytesIO) -> Any:
    try:
        return mammoth.convert_to_html(
            parts,
            style_map=STYLES,
            convert_image=lambda image: [mammoth.html.element("img")],
            include_embedded_style_map=False,
            external_file_access=False,
        ).value
    except Exception as error:  # whatever trips over a part that is XML but no Word document
        raise NotReadable(_damaged()) from error


def _no_docx() -> str:
    return _("This is not a .docx file. Save the letter as .docx, or paste the text instead.")


def _under_password() -> str:
    return _("The file is protected by a password. Save it without one, or paste the text instead.")


def _too_much() -> str:
    return _("There is more in this file than a letter can hold. Save the letter alone, or paste the text instead.")


def _damaged() -> str:
    return _("The file is damaged. Open it in your word processor and save it again, or paste the text instead.")
