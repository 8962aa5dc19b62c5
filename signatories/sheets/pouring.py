"""A ZIP file (APPNOTE 6.3.10) that is sent while it is made: sizes follow the parts, as for any stream (4.3.9)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, cast

Part = tuple[str, Iterable[bytes]]
LONG_AGO = (1980, 1, 1, 0, 0, 0)


class _Pipe:
    """A file that cannot be turned back: zipfile asks for no more than this."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, some: bytes) -> int:
        self._held.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        some, self._held = b"".join(self._held), []
        return some


def pour(parts: Iterable[Part], *, stored: frozenset[str] = frozenset()) -> Iterator[bytes]:
    """Yield the archive of `parts`, each a name and its bytes; those in `stored` are short and not compressed."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast(IO[bytes], pipe), "w") as archive:
        for name, chunks in parts:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            if name in stored:
                _store(archive, entry, b"".join(chunks))
                continue
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w") as part:
                for chunk in chunks:
                    part.write(chunk)
                    if some := pipe.taken():
                        yield some
    yield pipe.taken()


def _store(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes) -> None:
    """Write a part with its size before it: one that is stored and says its size afterwards, many programs refuse.

    zipfile itself does that for files it can turn back alone.
    """
    entry.header_offset, entry.CRC = archive.start_dir, zlib.crc32(content)
    entry.file_size = entry.compress_size = len(content)
    out = cast(IO[bytes], archive.fp)
    out.write(entry.FileHeader() + content)
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    archive.start_dir = out.tell()
