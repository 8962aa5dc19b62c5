"""What is asked and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum


class Verdict(IntEnum):
    """SAME is never wrong and may be merged without asking; LIKELY is for a human to decide."""

    DIFFERENT = 0
    LIKELY = 1
    SAME = 2


class Kind(Enum):
    """Why two organizations are thought one, or why not; reasons.py has the words."""

    NAME = "name"
    ACCENTS = "accents"
    LOOKS = "looks"
    LEGAL_FORM = "legal_form"
    SMALL_WORDS = "small_words"
    WORD_ORDER = "word_order"
    SPACES = "spaces"
    INFLECTION = "inflection"
    LETTERS = "letters"
    SCRIPT = "script"
    ACRONYM = "acronym"
    INITIALS = "initials"
    ADDITION = "addition"
    PLACE = "place"
    OTHER_NAME = "other_name"
    WEBSITE = "website"
    MAIL_DOMAIN = "mail_domain"
    OTHER_COUNTRY = "other_country"


@dataclass(frozen=True, slots=True)
class Reason:
    """`piece` is what the reason is about: the acronym, the words that were added, the domain."""

    kind: Kind
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """An organization as far as it is known; `key` is the caller's and comes back in Match.

    `country` is an ISO 3166 code, or one of UN M.49 for what is wider, which contradicts none; `website` an address or
    host, `mail_domain` a domain or an address.
    """

    key: str
    name: str
    acronym: str = ""
    second_name: str = ""
    country: str = ""
    website: str = ""
    mail_domain: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`key` is that of the one compared with; `score`, up to 100, only ranks."""

    key: str
    verdict: Verdict
    score: int
    reasons: tuple[Reason, ...] = field(default=())
