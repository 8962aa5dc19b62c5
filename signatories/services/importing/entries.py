"""One row of a list as it is kept: what stood there, what was made of it, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from campaigns.addresses import address_hash
from signatories import countries, names, reading
from signatories.evidence import hosts
from signatories.models import ImportRow, Line

PARTS = ("name", "acronym", "second_name", "country", "website", "email", "contact", "contact_role", "affiliation")
LONGEST = {"name": 200, "acronym": 30, "second_name": 200, "website": 200, "email": 200, "affiliation": 200}
LONGEST_CONTACT = 100
HELD_BY_NO_CELL = ("website", "contact", "contact_role", "affiliation")  # so the team's table cannot mend them
FILLED = ("acronym", "country", "second_name")  # by another row that is the same; nothing that was typed is overwritten
ABSORBED = (*FILLED, "website", "email", "contact", "contact_role")  # of a row that nobody has seen yet
CONFIDENTIAL = re.compile(
    r"confiden[tc]|anonym|anónim|withh[eo]ld|not (?:be )?(?:public|publish|print|list|name)"
    r"|(?:do not|don'?t|don’t) (?:publish|print|list)|ne pas publier|no publicar|não publicar|nicht veröffentlich"
    r"|vertraulich|riservat|سري|السرية|عدم (?:نشر|ذكر)|конфиденциаль|не публик|保密|匿名|不公开|非公開",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Near:
    """A sign-on (`s:` and its key) or another row (`r:` and its number) that is or may be the same."""

    key: str
    is_same: bool
    why: list[list[str]] = field(default_factory=list)  # kind and piece of matching.Reason


@dataclass(frozen=True)
class Entry:
    """The words of a row. `lines` are the numbers of the raw ones."""

    raw: str = ""
    lines: list[int] = field(default_factory=list)
    sheet: str = ""
    name: str = ""
    acronym: str = ""
    second_name: str = ""
    country: str = ""
    website: str = ""
    email: str = ""
    contact: str = ""
    contact_role: str = ""
    affiliation: str = ""
    place: str = ""
    note: str = ""
    why: list[list[str]] = field(default_factory=list)  # code and piece of reading.Reason
    near: list[Near] = field(default_factory=list)

    @classmethod
    def of(cls, row: ImportRow) -> Entry:
        kept = dict(row.sealed)
        return cls(**kept | {"near": [Near(**one) for one in kept.get("near", [])]})

    @classmethod
    def read(cls, row: reading.Row) -> Entry:
        return cls(
            raw=row.raw,
            lines=list(row.lines),
            sheet=row.sheet,
            name=row.organization,
            acronym=row.acronym,
            second_name=row.second_name,
            country=row.country,
            website=row.website,
            email=row.email.strip(),
            contact=row.contact,
            contact_role=row.contact_role,
            affiliation=row.role if row.kind is reading.Kind.INDIVIDUAL else "",
            place=row.place,
            note=row.note,
            why=[[reason.code.value, reason.piece] for reason in row.reasons],
        )

    @property
    def sealed(self) -> dict[str, Any]:
        """What is stored; blanks are left out."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def line(self) -> Line:
        """As it will be printed. What the name says already is kept in `acronym`: others are compared with it."""
        return Line(self.name, self.acronym, self.country, self.website, self.second_name, "", self.affiliation)

    @property
    def contact_hash(self) -> str:
        return address_hash(self.email) if self.email else ""

    @property
    def asks_for_confidence(self) -> bool:
        """Whether words beside the name say that it is not to be published."""
        beside = self.raw.replace(self.name, " ") if self.name else self.raw
        return bool(CONFIDENTIAL.search(f"{self.note} {beside}"))

    @property
    def fits(self) -> bool:
        """Whether a sign-on can be made of it as it stands."""
        return not self.lacks

    @property
    def lacks(self) -> str:
        """The part for which no sign-on can be made of it, as it is blank or cannot be used; "" for none."""
        return next((part for part in ("name", "country") if not getattr(self, part)), "") or self.unfit

    @property
    def unfit(self) -> str:
        """The first part that cannot be used as it stands, or ""."""
        return next((part for part in PARTS if (words := getattr(self, part)) and not _is_usable(part, words)), "")

    def without(self, parts: Iterable[str]) -> Entry:
        """Without those of the parts that cannot be used."""
        unusable = [part for part in parts if (words := getattr(self, part)) and not _is_usable(part, words)]
        blank: dict[str, Any] = dict.fromkeys(unusable, "")
        return replace(self, **blank)

    def filled_from(self, other: Entry) -> Entry:
        blanks = {part: words for part in ABSORBED if (words := getattr(other, part)) and not getattr(self, part)}
        return replace(self, **blanks)


def _is_usable(part: str, words: str) -> bool:
    if len(words) > LONGEST.get(part, LONGEST_CONTACT):
        return False
    if part == "country":
        return countries.is_known(words)
    if part == "email":
        return is_address(words)
    if part == "website":
        return hosts.is_website(words)
    try:
        return bool(names.printable(words))
    except names.Unprintable:
        return False


def is_address(words: str) -> bool:
    """As forms.AddressField has it: one mailbox must not have many spellings."""
    try:
        validate_email(words)
    except ValidationError:
        return False
    return not set(words) & {'"', "["}
