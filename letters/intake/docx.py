"""A .docx file as HTML for `read`. What comes in is a stranger's file, and a zip of XML at that.

mammoth would unzip whatever the archive holds and hand it to minidom, so it only ever sees an archive of ours: the XML
parts, unzipped piece by piece under a limit and parsed once before by letters.archives, which refuses the rest.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import mammoth
import mammoth.html
from django.utils.translation import gettext as _

from letters import archives
from letters.archives import Archive, Limits, Refused, Why

LARGEST_FILE = 5 * 2**20  # bytes
LARGEST_UNZIPPED = 50 * 2**20  # bytes, pictures included
LARGEST_PART = 10 * 2**20  # bytes of one XML part, some hundreds of pages
MOST_ENTRIES = 2_000
MOST_ELEMENTS = 120_000  # of XML in all parts, a letter of sixty pages; more keep mammoth busy for over five seconds
DEEPEST = 100  # elements inside each other; mammoth recurses
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
    parts = io.BytesIO()
    try:
        with zipfile.ZipFile(parts, "w") as ours:
            for name, part in _parts(Archive(data, _limits())):
                ours.writestr(name, part)
        parts.seek(0)
        return str(_converted(parts))
    except Refused as refusal:
        raise NotReadable(_in_words(refusal.why)) from refusal
    except archives.BROKEN as error:
        raise NotReadable(_damaged()) from error


def _limits() -> Limits:
    return Limits(LARGEST_FILE, LARGEST_UNZIPPED, LARGEST_PART, MOST_ENTRIES, MOST_ELEMENTS, DEEPEST)


def _parts(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """The XML parts, checked; everything else is unzipped too, to see how much it is."""
    if not any(name.startswith("word/") for name in archive.names):
        raise NotReadable(_no_docx())
    elements = 0
    for name in archive.names:
        if not name.endswith((".xml", ".rels")) or name.startswith("mammoth/"):
            for _chunk in archive.chunks(name):
                pass
            continue
        part = b"".join(archive.part(name))
        elements += archives.walk([part], archive.limits, already=elements)
        yield name, part


def _in_words(why: Why) -> str:
    return {
        Why.TOO_LARGE: _("The file is larger than 5 MB. Remove the pictures, or paste the text instead."),
        Why.OLD_FORMAT: _("This is an old Word file (.doc). Save it as .docx, or paste the text instead."),
        Why.UNDER_PASSWORD: _("The file is protected by a password. Save it without one, or paste the text instead."),
        Why.NO_ARCHIVE: _no_docx(),
        Why.TOO_MUCH: _(
            "There is more in this file than a letter can hold. Save the letter alone, or paste the text instead."
        ),
        Why.DAMAGED: _damaged(),
    }[why]


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


def _damaged() -> str:
    return _("The file is damaged. Open it in your word processor and save it again, or paste the text instead.")
