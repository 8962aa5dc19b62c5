"""The picture of a letter that other sites show beside a link to it: 1200 by 630 pixels, in any script.

Set like a letter, by the engine in its child process, and then photographed: so every script, direction and line break
is as good as in print.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO

from letters.pdf import RenderingFailed, writing

WIDTH, HEIGHT = 1200, 630
MOST_BYTES = 60_000
SECONDS = 60  # of a busy machine; it takes one
DESIGN = 1  # raised when the look changes, so that all are drawn anew
SIZES = (74, 66, 58, 51, 45, 40, 36)  # pixels of the title's type
ROOM = (1060, 300)  # pixels for the title
LEADING = 1.24


@dataclass(frozen=True)
class Card:
    """All that stands on it, in words. `language` is that of `title`, `words` that of the other lines (BCP 47)."""

    language: str
    words: str
    site: str
    campaign: str
    title: str
    count: str
    withheld: str
    state: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr((DESIGN, astuple(self))).encode()).hexdigest()


def draw(card: Card) -> bytes:
    """Return the PNG. The same card gives the same bytes while fonts and libraries stay. Raises RenderingFailed."""
    from django.conf import settings

    from letters.pdf import engine, pictures

    set_pages = engine.run(typeset(card), seconds=SECONDS, megabytes=settings.RENDER_MEGABYTES).pdf
    for colours in (32, 16, 8):
        picture = pictures.pictures(set_pages, width=WIDTH, last=1, colours=colours)[0]
        if len(picture) <= MOST_BYTES:
            return picture
    raise RenderingFailed("the picture is too large")


def typeset(card: Card) -> str:
    """Return the page that the engine sets."""
    from django.template.loader import render_to_string

    size, lines = fitting(card.title)
    context = {
        "card": card,
        "writing": writing.of(card.language),
        "words": writing.of(card.words),
        "other_serifs": writing.OTHER_SERIFS,
        "other_sans": writing.OTHER_SANS,
        "size": size,
        "lines": lines,
        "leading": LEADING,
    }
    return render_to_string("letters/pdf/card.html", context)


def fitting(title: str) -> tuple[int, int]:
    """Return the largest size, in pixels, in which the title is likely to fit, and the lines there is room for.

    Estimated: full-width characters (UAX #11) take a whole em, others about half. What does not fit ends in dots.
    """
    ems = sum(1.03 if unicodedata.east_asian_width(one) in "WF" else 0.54 for one in title)
    width, height = ROOM
    for size in SIZES:
        lines = int(height / (size * LEADING))
        if ems * size * 1.08 <= width * lines:
            return size, lines
    return SIZES[-1], int(height / (SIZES[-1] * LEADING))


@lru_cache(maxsize=1)
def blank() -> bytes:
    """Return the PNG that stands in until a card is drawn: our mark, no words."""
    from PIL import Image, ImageDraw

    picture = Image.new("P", (WIDTH, HEIGHT), 0)
    picture.putpalette([0xFB, 0xF9, 0xF4, 0x17, 0x49, 0x5A])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, 14), fill=1)
    pen.rectangle((513, 190, 537, 322), fill=1)
    pen.rectangle((663, 190, 687, 322), fill=1)
    pen.arc((513, 236, 687, 402), 0, 180, fill=1, width=25)
    pen.line((470, 440, 730, 440), fill=1, width=24)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
