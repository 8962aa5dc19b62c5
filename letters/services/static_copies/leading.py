"""Where the links of a page lead, for who reads it in a copy.

What a copy has is found beside the page, on whatever host that lies. All else is the site's: a link to it has the whole
address, and so has a search, since a plain web server answers none.
"""

from __future__ import annotations

import re
from collections.abc import Set
from html import escape, unescape
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings

from letters.services.static_copies import folder

# As our templates write them; a card stands in <meta content>, a form leads to the page that it searches.
LINK = re.compile(rb"""\b(href|src|action|content)="([^"]*)\"""")
WRITTEN = 2  # which way: copies that were written another way are written anew


def to(link: bytes, path: str) -> SplitResult | None:
    """The address on this site to which a link on the page at `path` leads; None if it is another's."""
    own = urlsplit(settings.SITE_URL)
    try:
        at = urlsplit(urljoin(f"{settings.SITE_URL}{path}", unescape(link.decode(errors="replace")).strip()))
    except ValueError:
        return None
    return at if (at.scheme, at.netloc) == (own.scheme, own.netloc) else None


def out_of(held: Set[str], page: bytes, path: str) -> bytes:
    """The page for a copy with the files `held`: what leads to none of them names the site."""

    def whole(found: re.Match[bytes]) -> bytes:
        name, link = found[1], found[2]
        at = to(link, path)
        if name == b"content" or link.startswith(b"#") or at is None or _stays(name, at, held):
            return found[0]
        return b'%s="%s"' % (name, escape(at.geturl()).encode())

    return LINK.sub(whole, page)


def _stays(name: bytes, at: SplitResult, held: Set[str]) -> bool:
    try:
        is_held = folder.name_of(at.path or "/") in held
    except folder.Outside:
        return False
    return is_held and not at.query and name != b"action"
