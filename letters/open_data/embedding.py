"""What an embedding site is told of a letter: oEmbed 1.0 (oembed.com), as JSON and as XML."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from letters.open_data.pages import element, leaf

WIDTH, HEIGHT = 600, 420  # pixels, where the site does not say what room there is
CARD_WIDTH, CARD_HEIGHT = 1200, 630
CACHED = 3600  # seconds


@dataclass(frozen=True)
class Embedding:
    """Absolute addresses, and the names a site may print beside them."""

    title: str
    campaign: str
    site: str
    site_url: str
    embed_url: str
    card_url: str


def code(embedding_url: str, title: str, *, width: str = "100%", height: int = HEIGHT) -> str:
    """Return the iframe to copy into a page, as text. It fills its column; what does not fit is scrolled within."""
    frame = '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy"></iframe>'
    return frame.format(*(escape(value) for value in (embedding_url, title, width, height)))


def to_json(embedding: Embedding, room: tuple[int | None, int | None]) -> bytes:
    """Return the answer for a site with `room` for so many pixels in width and height, None for any number."""
    return json.dumps(_answer(embedding, room), ensure_ascii=False).encode(errors="replace")


def to_xml(embedding: Embedding, room: tuple[int | None, int | None]) -> bytes:
    written = io.StringIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    with element(xml, "oembed"):
        for name, value in _answer(embedding, room).items():
            leaf(xml, name, str(value))
    xml.endDocument()
    return written.getvalue().encode()


def _answer(embedding: Embedding, room: tuple[int | None, int | None]) -> Mapping[str, str | int]:
    most_wide, most_high = room
    width, height = min(WIDTH, most_wide or WIDTH), min(HEIGHT, most_high or HEIGHT)
    answer: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "title": embedding.title,
        "author_name": embedding.campaign,
        "provider_name": embedding.site,
        "provider_url": embedding.site_url,
        "cache_age": CACHED,
        "html": code(embedding.embed_url, embedding.title, width=str(width), height=height),
        "width": width,
        "height": height,
    }
    if (most_wide or CARD_WIDTH) >= CARD_WIDTH and (most_high or CARD_HEIGHT) >= CARD_HEIGHT:
        thumbnail = {"thumbnail_url": embedding.card_url}
        answer |= {**thumbnail, "thumbnail_width": CARD_WIDTH, "thumbnail_height": CARD_HEIGHT}
    return answer
