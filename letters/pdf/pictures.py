"""The pages of our own PDF as pictures: a preview that shows the letter as it will be on any device.

PDFium reads what our own typesetter wrote a moment ago, never a file from outside, so it needs no process of its own.
It is loaded when first asked, and allows one thread at a time.
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any

from letters.pdf import RenderingFailed

COLOURS = 32  # ink, accent, muted, the DRAFT mark and their soft edges; a quarter of the bytes of true colour
MOST = 10  # pages in one go: half a second

_one_at_a_time = threading.Lock()


def page_count(pdf: bytes) -> int:
    """Return how many pages the PDF has. Raises RenderingFailed if it is none."""
    with _one_at_a_time, _opened(pdf) as document:
        return len(document)


def pictures(pdf: bytes, *, width: int = 900, first: int = 1, last: int = MOST, colours: int = COLOURS) -> list[bytes]:
    """Return the pages `first` to `last`, counted from 1, or as many of them as there are, as PNG `width` pixels wide.

    The same PDF gives the same bytes. Raises RenderingFailed if it is none.
    """
    with _one_at_a_time, _opened(pdf) as document:
        return [_picture(document, number, width, colours) for number in range(first - 1, min(last, len(document)))]


def _opened(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise RenderingFailed(str(error)) from error


def _picture(document: Any, number: int, width: int, colours: int) -> bytes:
    from PIL import Image

    page = document[number]
    bitmap = page.render(scale=width / page.get_width())
    try:
        drawn = bitmap.to_pil().quantize(colours, method=Image.Quantize.FASTOCTREE)
    finally:
        bitmap.close()
        page.close()
    written = BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()
