"""What gets printed: a letter and its roll, as plain data.

Frozen into an edition as JSON, read back by the typesetter and the public page. Nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

COUNTRY, REGION, SCOPE, KIND, NONE, INITIATORS = "country", "region", "scope", "kind", "none", "initiators"
GROUPINGS = (COUNTRY, REGION, SCOPE, KIND, NONE)
UNNUMBERED, CONTINUOUS, PER_GROUP = "none", "continuous", "per_group"
NUMBERINGS = (UNNUMBERED, CONTINUOUS, PER_GROUP)
A4, US_LETTER = "a4", "letter"
PAPERS = (A4, US_LETTER)
LISTED, RUNNING = "listed", "running"
LAYOUTS = (LISTED, RUNNING)


@dataclass(frozen=True)
class Arrangement:
    """How a roll is ordered: what its headings are, and what comes first. A letter’s rule, no part of what is signed.

    `group_by` is one of GROUPINGS, `numbering` one of NUMBERINGS. With `skips_articles`, "The Amber Fund" stands
    under A.
    """

    group_by: str = COUNTRY
    skips_articles: bool = False
    initiators_first: bool = True
    numbering: str = UNNUMBERED


@dataclass(frozen=True)
class Logo:
    """A picture in the letterhead, by the SHA-256 of its bytes (hex), and whose it is: said where it cannot be seen."""

    digest: str
    name: str


@dataclass(frozen=True)
class Picture:
    """`content` is a PNG without transparency, `digest` its SHA-256 in hex; `width` and `height` are in pixels."""

    digest: str
    content: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True)
class Look:
    """How a document is set. A letter’s rule like its arrangement; the digest of an edition does not cover it.

    `paper` is one of PAPERS. `layout` says whether the annex has its names LISTED, each on a line of its own, or
    RUNNING on; `columns` is 1, 2 or 3, and 0 for as many as suit. `acronyms`, `second_names` and `countries` may stand
    beside a name, the country where no heading tells it. `demands` sets numbered lists of the body as ruled tables.
    `logos` stand in the letterhead, in this order.
    """

    paper: str = A4
    layout: str = LISTED
    columns: int = 0
    acronyms: bool = True
    second_names: bool = True
    countries: bool = True
    demands: bool = False
    logos: tuple[Logo, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Look:
        return cls(**{**data, "logos": tuple(Logo(**one) for one in data.get("logos", ()))})

    def shown(self, roll: Roll) -> Roll:
        """The roll with what this look leaves out left out."""
        if self.acronyms and self.second_names and self.countries:
            return roll
        return replace(
            roll,
            groups=tuple(self._group(group) for group in roll.groups),
            individuals=tuple(self._group(group) for group in roll.individuals),
            departures=tuple(replace(one, line=self._line(one.line)) for one in roll.departures),
        )

    def _group(self, group: RollGroup) -> RollGroup:
        return replace(group, lines=tuple(self._line(line) for line in group.lines))

    def _line(self, line: RollLine) -> RollLine:
        return replace(
            line,
            acronym=line.acronym if self.acronyms else "",
            second_name=line.second_name if self.second_names else "",
            country_name=line.country_name if self.countries else "",
        )


@dataclass(frozen=True)
class RollLine:
    """One signatory as printed: the name as it wants it, and what may stand beside it or be "".

    `reading` is not printed: the name is sorted by it. `affiliation` is an individual's role and organization, printed
    for identification only. `country` and its name stand here only where the heading above does not tell them; `number`
    is 0 on a roll without numbers.
    """

    name: str
    acronym: str = ""
    second_name: str = ""
    reading: str = ""
    affiliation: str = ""
    country: str = ""
    country_name: str = ""
    number: int = 0


@dataclass(frozen=True)
class Departure:
    """A line that edition number `edition` prints, and the moment (aware, UTC) at which it was withdrawn since."""

    line: RollLine
    edition: int
    at: datetime


@dataclass(frozen=True)
class RollGroup:
    """The signatories under one heading, in printing order.

    `by` says what the heading is: a COUNTRY (ISO 3166-1 alpha-2, or UN M.49, three digits, for a wider area), a REGION
    (UN M.49), a SCOPE, a KIND, the INITIATORS, or NONE, with an empty title. `code` is theirs.
    """

    code: str
    title: str
    lines: tuple[RollLine, ...]
    by: str = COUNTRY

    def country(self, line: RollLine) -> str:
        """The code of the country of one of its lines."""
        return self.code if self.by == COUNTRY else line.country

    def country_name(self, line: RollLine) -> str:
        return self.title if self.by == COUNTRY else line.country_name


@dataclass(frozen=True)
class Roll:
    """The ordered, grouped list of listed signatories as it stood at `as_of` (aware, UTC).

    `organizations`, `persons` and `countries` count the printed lines only, and only real countries; `withheld` is how
    many more have signed whose names are not printed. `groups` are the organizations in their `arrangement`,
    `individuals` the persons likewise. `departures` are those whom the edition before prints, and who have
    withdrawn since.
    """

    groups: tuple[RollGroup, ...]
    organizations: int
    countries: int
    withheld: int
    as_of: datetime
    individuals: tuple[RollGroup, ...] = ()
    persons: int = 0
    departures: tuple[Departure, ...] = ()
    arrangement: Arrangement = Arrangement()

    def every(self) -> Iterator[tuple[bool, RollGroup, RollLine]]:
        """Each line in printing order, with its group and whether it is an individual's."""
        for is_individual, groups in ((False, self.groups), (True, self.individuals)):
            for group in groups:
                for line in group.lines:
                    yield is_individual, group, line

    def cut(self, most: int) -> Roll:
        """The first `most` lines; the counts still tell of all."""
        groups = _first(self.groups, most)
        left = most - sum(len(group.lines) for group in groups)
        return replace(self, groups=groups, individuals=_first(self.individuals, left))

    @property
    def heads_individuals(self) -> bool:
        """Whether a heading must say where the individuals begin: their own groups may not."""
        return bool(self.groups and self.individuals) and self.arrangement.group_by != KIND

    @property
    def is_empty(self) -> bool:
        return not (self.printed or self.withheld)

    @property
    def printed(self) -> int:
        """How many lines are printed, organizations and individuals together."""
        return self.organizations + self.persons

    def to_json(self) -> dict[str, Any]:
        gone = [{**asdict(one), "at": one.at.isoformat()} for one in self.departures]
        return {**asdict(self), "as_of": self.as_of.isoformat(), "departures": gone}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Roll:
        facts = {name: data[name] for name in ("organizations", "countries", "withheld")}
        return cls(
            **facts,
            groups=_groups(data["groups"]),
            as_of=datetime.fromisoformat(data["as_of"]),
            individuals=_groups(data.get("individuals", [])),  # editions frozen before there were any say nothing
            persons=data.get("persons", 0),
            departures=tuple(
                Departure(RollLine(**one["line"]), one["edition"], datetime.fromisoformat(one["at"]))
                for one in data.get("departures", [])
            ),
            arrangement=Arrangement(**data.get("arrangement", {})),
        )


def _first(groups: tuple[RollGroup, ...], most: int) -> tuple[RollGroup, ...]:
    found = []
    for group in groups:
        if most <= 0:
            break
        found.append(replace(group, lines=group.lines[:most]))
        most -= len(group.lines)
    return tuple(found)


def _groups(data: list[dict[str, Any]]) -> tuple[RollGroup, ...]:
    return tuple(RollGroup(**{**group, "lines": tuple(RollLine(**line) for line in group["lines"])}) for group in data)


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
    `look` is how it is set; what that leaves out of the roll is still in `roll`. `pictures` are those of its logos. Of
    an edition, `seal` is its SHA-256 and `journal_head` the journal's newest hash when it was frozen, both in hex.
    `for_addressee` makes it the addressee's copy: the roll of those whose names are for it alone; `mark` is what nobody
    can guess in it.
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
    look: Look = Look()
    pictures: tuple[Picture, ...] = ()
    seal: str = ""
    journal_head: str = ""
    for_addressee: Roll | None = None
    mark: str = ""

    @property
    def is_text_alone(self) -> bool:
        """Whether it is the text as it can be signed, without any list: nothing is said of when one stood how."""
        return not self.edition and self.roll.is_empty
