from __future__ import annotations

from dataclasses import dataclass, fields

from signatories import names


@dataclass(frozen=True)
class Line:
    """What identifies a signatory in print: the name as it wants it, and what may stand beside it.

    `second_name` is the name in another language or script, `reading` what it is sorted by where its spelling does not
    tell. `affiliation` is an individual's: role and organization, for identification only. An acronym that the name
    says already is none.
    """

    name: str
    acronym: str = ""
    country: str = ""  # ISO 3166-1 alpha-2, or UN M.49 three digits for wider areas
    website: str = ""
    second_name: str = ""
    reading: str = ""
    affiliation: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "acronym", names.beside(self.name, self.acronym))


LINE = tuple(field.name for field in fields(Line))  # the columns that hold it


@dataclass(frozen=True)
class Contact:
    """The person who signs for the organization. Never public."""

    name: str
    role: str
    email: str
