"""What tells programs which pages there are: sitemap (sitemaps.org 0.9) and robots.txt (RFC 9309)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.xmlutils import SimplerXMLGenerator

from letters.open_data import legal

MOST = 10_000  # pages in one sitemap; the protocol allows 50,000


@dataclass(frozen=True)
class Page:
    """`url` is absolute; `changed_at`, aware, is when what it says of the letter last changed."""

    url: str
    changed_at: datetime | None = None


def sitemap(pages: Iterable[Page]) -> bytes:
    """Return the sitemap in UTF-8."""
    written = io.StringIO()
    xml = SimplerXMLGenerator(written, "utf-8")
    xml.startDocument()
    with element(xml, "urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}):
        for page in list(pages)[:MOST]:
            with element(xml, "url"):
                leaf(xml, "loc", page.url)
                if page.changed_at:
                    leaf(xml, "lastmod", page.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    xml.endDocument()
    return written.getvalue().encode()


def robots(closed: Iterable[str], sitemap_url: str) -> bytes:
    """Return robots.txt. `closed` are paths nobody without an account can read; what asks not to be listed is open.

    A page that says noindex has to be fetched to be heard.
    """
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {sitemap_url}"]
    return "".join(f"{line}\n" for line in lines).encode()


@contextmanager
def element(xml: Any, name: str, attributes: Mapping[str, str] | None = None) -> Any:
    xml.startElement(name, dict(attributes or {}))
    yield
    xml.endElement(name)


def leaf(xml: Any, name: str, text: str) -> None:
    with element(xml, name):
        xml.characters(legal.legal(text))
