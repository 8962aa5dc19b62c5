"""What was recognized in a pasted letter, as templates/letters/recognized.html shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters import body, services
from letters.forms.writing import languages
from letters.intake import Found, Piece, Repair
from letters.views.article import article

CHANGEABLE = 150  # pieces at either end that can be given another role: Django takes a thousand fields
FOLDED = ("body", "signatories", "dropped")  # may be long, and are seldom wrong
SHORT = 3  # lines of these that need no folding
WORDS = 40  # characters shown of what is folded, at either end
WANTED = ("title", "to", "salutation", "body", "closing")


@dataclass(frozen=True)
class Part:
    """A piece and its number in the source."""

    number: int
    piece: Piece
    is_changeable: bool

    @property
    def label(self) -> str:
        return roles()[self.piece.role]

    @property
    def lines(self) -> list[str]:
        return [line for line in self.piece.text.split("\n") if line.strip()]


@dataclass(frozen=True)
class Stretch:
    """Neighbouring parts, to be folded if they are long and all of one role."""

    parts: list[Part]
    is_long: bool

    @property
    def role(self) -> str:
        return self.parts[0].piece.role

    @property
    def label(self) -> str:
        return self.parts[0].label

    @property
    def lines(self) -> list[str]:
        return [line for part in self.parts for line in part.lines]

    @property
    def begins(self) -> str:
        return Truncator(self.lines[0]).chars(WORDS)

    @property
    def ends(self) -> str:
        """The last words, none of them cut where there are spaces."""
        last = self.lines[-1]
        return last if len(last) <= WORDS else f"…{last[-WORDS:].partition(' ')[2] or last[-WORDS:]}"

    @property
    def length(self) -> str:
        """How much is folded away."""
        if self.role == "signatories":
            return ngettext("%(n)s line", "%(n)s lines", len(self.lines)) % {"n": len(self.lines)}
        return ngettext("%(n)s paragraph", "%(n)s paragraphs", len(self.parts)) % {"n": len(self.parts)}


def roles() -> dict[str, str]:
    """What a piece can be, in the order of a letter."""
    return {
        "title": _("Title"),
        "headline": _("Headline, for publication"),
        "dateline": _("Date and place"),
        "to": _("To"),
        "cc": _("cc"),
        "re": _("Re line"),
        "salutation": _("Salutation"),
        "body": _("Text"),
        "closing": _("Closing"),
        "signatories": _("Signatory list"),
        "dropped": _("Leave out"),
    }


def with_roles(pieces: tuple[Piece, ...], given: dict[int, str]) -> list[Piece]:
    """The pieces with the roles somebody gave them."""
    return [replace(piece, role=given.get(number, piece.role)) for number, piece in enumerate(pieces)]


def stretches(pieces: list[Piece]) -> list[Stretch]:
    """The pieces in order; what is long and of one role by itself, what is short together."""
    middle = range(CHANGEABLE, len(pieces) - CHANGEABLE)
    parts = [Part(number, piece, number not in middle) for number, piece in enumerate(pieces)]
    found: list[Stretch] = []
    for role, same in groupby(parts, key=lambda part: part.piece.role):
        together = list(same)
        is_long = role in FOLDED and sum(len(part.lines) for part in together) > SHORT
        if found and not is_long and not found[-1].is_long:
            found[-1].parts.extend(together)
        else:
            found.append(Stretch(together, is_long))
    return found


def language_of(found: Found) -> str:
    """The language that was guessed, if it is one that a letter can be written in."""
    return found.language if found.language in dict(languages()) else "en"


def parts_of(found: Found) -> dict[str, object]:
    """How each part will read, and which are missing."""
    text = {"language": found.language, "body": found.body}
    front = {
        "place": found.place,
        "date": found.date.isoformat() if found.date else "",
        "date_precision": found.date_precision,
    }
    shown = article(text, found.recipients, front)
    there = {"title": found.title, "to": shown["to"], "salutation": found.salutation, "closing": found.closing}
    there["body"] = body.word_count(found.body)
    return {
        **{name: shown[name] for name in ("dateline", "direction", "to", "cc", "body", "notes")},
        "words": there["body"],
        "missing": [roles()[name] for name in WANTED if not there[name]],
    }


def problems(found: Found) -> list[str]:
    """What is too long for its part, and what to do."""
    said = []
    for part, limit in services.too_long(found):
        if part == "recipients":
            words = _("There are more than %(n)s recipients. Give some of those marked “To” or “cc” another role.")
        else:
            words = _("“%(part)s” holds more than %(n)s characters. Give some of what is marked so another role.")
        said.append(words % {"part": roles().get(part, part), "n": limit})
    return said


def in_one_line(repairs: tuple[Repair, ...]) -> str:
    return "; ".join(repair.words for repair in repairs)
