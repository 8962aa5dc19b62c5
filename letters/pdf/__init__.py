"""The PDF: a letter and its roll as plain data in, bytes out.

The only place that knows WeasyPrint, and even it never imports it: the engine runs in a child process with limits
(`letters.pdf.child`). That child imports this package too, so Django is imported inside the functions, never above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from letters.document import Document
    from letters.pdf.engine import Rendering, Told

__all__ = ["MissingGlyphs", "RenderingFailed", "render", "typeset"]


class RenderingFailed(Exception):
    """No PDF was made; `reason` says why in words a coordinator can pass on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MissingGlyphs(RenderingFailed):
    """No installed font has these `characters`; boxes would have been printed in their place."""

    def __init__(self, reason: str, characters: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.characters = characters


def typeset(document: Document) -> str:
    """Return the finished HTML, style sheet included, that the engine turns into pages."""
    from letters.pdf import typesetting

    return typesetting.typeset(document)


def render(document: Document, *, seconds: int | None = None, told: Told | None = None) -> bytes:
    """Return the PDF (tagged, PDF/UA-1). The same document gives the same bytes while fonts and libraries stay.

    `seconds` is for somebody who waits; otherwise the limit is settings.RENDER_SECONDS. `told` is called, from another
    thread, with the number of pages laid out so far.
    Raises RenderingFailed when settings.RENDER_SECONDS or settings.RENDER_MEGABYTES do not suffice, when a library
    or the fonts are missing, or when the engine fails; MissingGlyphs when a character would print as a box.
    """
    from django.conf import settings

    limits = {"seconds": seconds or settings.RENDER_SECONDS, "megabytes": settings.RENDER_MEGABYTES}
    return rendering(document, told=told, **limits).complete_pdf()


def rendering(document: Document, *, seconds: int, megabytes: int, told: Told | None = None) -> Rendering:
    """Return the same with what is known of it: a long letter is set in parts, of which those set lately are kept.

    Of the addressee's copy none is: a cache is no place for names that are withheld, nor is a log.
    """
    from letters.pdf import engine, kept, typesetting
    from letters.pdf.pieces import WHOLE

    is_for_one = document.for_addressee is not None
    if document.roll.printed <= WHOLE:
        html = typesetting.typeset(document)
        return engine.run(html, seconds=seconds, megabytes=megabytes, told=told, is_discreet=is_for_one)
    parts, held = typesetting.typeset_parts(document), None if is_for_one else kept.Kept()
    return engine.press(parts, seconds=seconds, megabytes=megabytes, kept=held, told=told, is_discreet=is_for_one)
