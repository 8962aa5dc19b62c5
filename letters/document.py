"""What gets printed: a letter and its roll, as plain data.

Frozen into an edition as JSON, read back by the typesetter and the public page. Nothing here touches the database.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class RollLine:
    """One signatory as printed: the name as the organization wants it, an acronym or ""."""

    name: str
    acronym: str = ""


@dataclass(frozen=True)
class RollGroup:
    """The signatories of one country (ISO 3166-1 alpha-2) or wider area (UN M.49, three digits), in printing order."""

    code: str
    title: str
    lines: tuple[RollLine, ...]


@dataclass(frozen=True)
class Roll:
    """The ordered, grouped list of listed signatories as it stood at `as_of` (aware, UTC).

    `organizations` and `countries` count the printed lines only, and only real countries; `withheld` is how many
    more have signed whose names are not printed.
    """

    groups: tuple[RollGroup, ...]
    organizations: int
    countries: int
    withheld: int
    as_of: datetime

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "as_of": self.as_of.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Roll:
        groups = tuple(
            RollGroup(group["code"], group["title"], tuple(RollLine(**line) for line in group["lines"]))
            for group in data["groups"]
        )
        return cls(
            groups, data["organizations"], data["countries"], data["withheld"], datetime.fromisoformat(data["as_of"])
        )


@dataclass(frozen=True)
class Addressee:
    """One recipient as printed. `line` is "to" or "cc"; any other part may be ""; `address` may hold line breaks."""

    line: str
    honorific: str
    name: str
    office: str
    organization: str
    address: str


@dataclass(frozen=True)
class Document:
    """Everything the typesetter needs for one document in one language.

    `language` is a BCP 47 tag; `date` is already in words; `body` is HTML of letters.body's schema; `digest` is the
    revision's SHA-256 in hex; `url` is the letter's public address; `draft` asks for the DRAFT mark on every page;
    `authentic_language` is the BCP 47 tag of the text this one translates as a courtesy, "" if it is authentic itself.
    """

    language: str
    letterhead: str
    title: str
    re_line: str
    place: str
    date: str
    recipients: tuple[Addressee, ...]
    salutation: str
    body: str
    closing: str
    roll: Roll
    edition: int
    digest: str
    url: str
    draft: bool = False
    is_behind: bool = False
    authentic_language: str = ""
