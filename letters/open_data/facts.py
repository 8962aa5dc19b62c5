"""What is told of one letter, whatever the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from letters.document import Addressee, Roll


@dataclass(frozen=True)
class TextFacts:
    """One text in force: `language` a BCP 47 tag, `url` its page."""

    language: str
    title: str
    is_authentic: bool
    url: str


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

    @property
    def authentic(self) -> TextFacts:
        return next(text for text in self.texts if text.is_authentic)
