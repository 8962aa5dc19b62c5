"""What happened to letters, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from letters.open_data.legal import legal

SINCE = "2026"  # of the tag: URIs (RFC 4151), a date at which the host was the site's; never changes
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # when a feed without entries was updated


@dataclass(frozen=True)
class Entry:
    """`name` is the entry's own for ever, such as "letters/rivers/closed"; `at` is aware; `words` is plain text."""

    name: str
    at: datetime
    title: str
    words: str
    url: str
    author: str


class Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of an empty feed, too, always the same."""
        return max((item["updateddate"] for item in self.items), default=LONG_AGO)


def write(entries: Iterable[Entry], *, title: str, site_url: str, feed_url: str, language: str) -> bytes:
    """Return the feed in UTF-8, newest first. `language` is that of the words (BCP 47); addresses are absolute."""
    feed: Any = Feed(legal(title), f"{site_url}/", "", language=language, feed_url=feed_url, feed_guid=feed_url)
    host = urlsplit(site_url).hostname
    for entry in sorted(entries, key=lambda one: (one.at, one.name), reverse=True):
        feed.add_item(
            legal(entry.title),
            entry.url,
            escape(legal(entry.words)),  # a summary is HTML
            author_name=legal(entry.author),
            pubdate=entry.at,
            updateddate=entry.at,
            unique_id=f"tag:{host},{SINCE}:{entry.name}",
        )
    return str(feed.writeString("utf-8")).encode()
