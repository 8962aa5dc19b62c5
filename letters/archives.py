"""Zip archives of XML from strangers (.docx, .xlsx, .ods): opened piece by piece, and refused before they do harm.

What an archive says of its sizes is not believed: bytes are counted as they are unzipped. XML is read by expat, with no
document type allowed, since none of these formats has one and entities come with it. Whoever calls has the limits, and
the words for what is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.parsers import expat

CHUNK = 2**16
LONGEST_TAG = 2**20  # bytes from < to >
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2: old Office files, and new ones under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4
ZIP = b"PK"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    expat.ExpatError,
    UnicodeDecodeError,
    ValueError,
)


class Why(Enum):
    """Why a file is not read."""

    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"  # once it is unzipped
    UNDER_PASSWORD = "under_password"  # noqa: S105 - a reason
    OLD_FORMAT = "old_format"
    NO_ARCHIVE = "no_archive"
    DAMAGED = "damaged"


class Refused(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes, but for the counts: entries of the archive, elements of all XML, elements inside each other."""

    file: int
    unzipped: int
    part: int
    entries: int
    elements: int
    deepest: int


class Archive:
    """The entries of an archive and their bytes; Refused, or one of BROKEN, where something is wrong with it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        refuse_others(data, limits.file)
        self.limits = limits
        self.left = limits.unzipped
        self.elements = 0
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._entries = self._zip.infolist()
        if len(self._entries) > limits.entries:
            raise Refused(Why.TOO_MUCH)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(entry.filename for entry in self._entries))

    def chunks(self, name: str) -> Iterator[bytes]:
        """What is unzipped from one entry, counted against what may be unzipped in all."""
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            raise Refused(Why.UNDER_PASSWORD)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(Why.DAMAGED)
        with self._zip.open(entry) as file:
            while chunk := file.read(CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    raise Refused(Why.TOO_MUCH)
                yield chunk

    def begins(self, name: str, count: int) -> bytes:
        """The first bytes of an entry, uncounted."""
        with self._zip.open(name) as file:
            return file.read(count)

    def part(self, name: str) -> Iterator[bytes]:
        """The chunks of an entry of XML, which has a limit of its own."""
        size = 0
        for chunk in self.chunks(name):
            size += len(chunk)
            if size > self.limits.part:
                raise Refused(Why.TOO_MUCH)
            yield chunk

    def walk(self, name: str, start: Start, end: End, text: Text) -> None:
        """Read an entry of XML, calling as expat does; all elements of the archive count together."""
        self.elements += walk(self.part(name), self.limits, start, end, text, already=self.elements)


Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def refuse_others(data: bytes, largest: int) -> None:
    """Raise Refused for what is too large or no zip archive at all."""
    if len(data) > largest:
        raise Refused(Why.TOO_LARGE)
    if data.startswith(OLE):
        raise Refused(Why.UNDER_PASSWORD if ENCRYPTED in data else Why.OLD_FORMAT)
    if not data.startswith(ZIP):
        raise Refused(Why.NO_ARCHIVE)


def walk(
    chunks: Iterable[bytes],
    limits: Limits,
    start: Start | None = None,
    end: End | None = None,
    text: Text | None = None,
    *,
    already: int = 0,
) -> int:
    """How many elements the XML has, having called for each; Refused for a document type, too many or too deep.

    expat reads every encoding that later readers will, so nothing hides in UTF-16.
    """
    counted = _Counted(limits, start, end, already)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = counted.opens, counted.closes
    parser.StartDoctypeDeclHandler = _refuse
    if text:
        parser.CharacterDataHandler = text
    _feed(parser, chunks)
    return counted.count


class _Counted:
    """Elements as they open and close: handed on, unless they are too many or too deep."""

    def __init__(self, limits: Limits, start: Start | None, end: End | None, already: int) -> None:
        self.left, self.deepest = limits.elements - already, limits.deepest
        self.start, self.end = start, end
        self.depth = self.count = 0

    def opens(self, name: str, attributes: dict[str, str]) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.count > self.left:
            raise Refused(Why.TOO_MUCH)
        if self.depth > self.deepest:
            raise Refused(Why.DAMAGED)
        if self.start:
            self.start(name, attributes)

    def closes(self, name: str) -> None:
        self.depth -= 1
        if self.end:
            self.end(name)


def _refuse(*declaration: Any) -> None:
    raise Refused(Why.DAMAGED)


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    fed = 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > LONGEST_TAG:  # a tag without end is read again with each chunk
            raise Refused(Why.TOO_MUCH)
    parser.Parse(b"", True)
