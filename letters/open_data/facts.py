"""What is told of one letter, whatever the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from letters.document import Addressee, Roll


@dataclass(frozen=True)
class TextFacts:
    """One text in force: `language` a BCP 47 tag, `url` its page; `headline` is "" until it is published with one."""

    language: str
    title: str
    is_authentic: bool
    url: str
    headline: str = ""


@dataclass(frozen=True)
class EditionFacts:
    """The edition that is published: `files` has the SHA-256 of its document in each of its languages."""

    number: int
    digest: str
    as_of: datetime
    files: dict[str, str]


@dataclass(frozen=True)
class Facts:
    """A letter with a public page. `links` are absolute addresses by name, or None; instants are aware.

    `state` is "announced", "open", "paused", "closed" or "archived". With `shares_list` false the names of `roll` stand
    on the page alone.
    """

    links: dict[str, str | None]
    campaign: str
    texts: tuple[TextFacts, ...]
    state: str
    revision: int
    digest: str
    recipients: tuple[Addressee, ...]
    opened_at: datetime
    closes_at: datetime
    roll: Roll
    shares_list: bool
    published_at: datetime | None = None
    edition: EditionFacts | None = None

    @property
    def authentic(self) -> TextFacts:
        return next(text for text in self.texts if text.is_authentic)
