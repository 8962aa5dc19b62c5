"""What a SHA-256 belongs to, and what has become of that since. Tells only what is public anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import F, Q

from letters.document import Departure, RollLine
from letters.models import Amendment, Edition, Letter, Rendering, Revision

HASH = re.compile(r"[0-9a-f]{64}")


class Kind(Enum):
    """What was recognized: a file, or a hash that is printed in one, which anybody can copy."""

    DOCUMENT = "document"
    ADDRESSEE = "addressee"  # its copy; nobody can know its hash who has not had the file
    TEXT = "text"  # the text alone, as it is signed
    EDITION = "edition"
    REVISION = "revision"
    HEAD = "head"  # of the journal

    @property
    def is_file(self) -> bool:
        return self in (Kind.DOCUMENT, Kind.ADDRESSEE, Kind.TEXT)


@dataclass(frozen=True)
class Verdict:
    """`language` is that of a file, "" otherwise; `edition` is None for a text. `newest` is the letter's newest
    edition, `amended` what was changed in the text since, `withdrawn` who stands in the edition and has left.
    """

    kind: Kind
    revision: Revision
    edition: Edition | None
    language: str
    newest: Edition | None
    amended: list[Amendment]
    withdrawn: list[Departure]

    @property
    def letter(self) -> Letter:
        return self.revision.letter

    @property
    def is_newest(self) -> bool:
        return self.edition is not None and self.edition == self.newest


def cleaned(typed: str) -> str:
    """A hash as somebody copies it from a page, with breaks and spaces; "" if it is none."""
    found = re.sub(r"[\s\u200e\u200f\u2060]", "", typed).casefold()
    return found if HASH.fullmatch(found) else ""


def verdict(sha256: str) -> Verdict | None:
    """What the hash belongs to; None if to nothing of ours. The database finds it by an index, or finds nothing."""
    related = ("edition__revision__letter__campaign", "revision__letter__campaign")
    rendering = Rendering.objects.done().filter(sha256=sha256).select_related(*related).first()
    if rendering and rendering.edition:
        kind = Kind.DOCUMENT if rendering.is_public else Kind.ADDRESSEE
        return _of_edition(kind, rendering.edition, rendering.language)
    if rendering and rendering.revision:
        return _of_text(Kind.TEXT, rendering.revision, rendering.language)
    editions = Edition.objects.select_related("revision__letter__campaign")
    if edition := editions.filter(Q(digest=sha256) | Q(journal_head=sha256)).order_by("number").first():
        return _of_edition(Kind.EDITION if edition.digest == sha256 else Kind.HEAD, edition)
    revisions = Revision.objects.signed().filter(letter__in=Letter.objects.public(), digest=sha256)
    if revision := revisions.select_related("letter__campaign").order_by("number").first():
        return _of_text(Kind.REVISION, revision)
    return None


def _of_edition(kind: Kind, edition: Edition, language: str = "") -> Verdict:
    later = list(edition.letter.editions.filter(number__gt=edition.number).order_by("number"))
    newest = later[-1] if later else edition
    amended, withdrawn = _amended_since(edition.revision), list(_withdrawn_since(edition, later))
    return Verdict(kind, edition.revision, edition, language, newest, amended, withdrawn)


def withdrawn_since(edition: Edition) -> list[Departure]:
    """Who stands in the edition and has left."""
    return list(_withdrawn_since(edition, list(edition.letter.editions.filter(number__gt=edition.number))))


def _of_text(kind: Kind, revision: Revision, language: str = "") -> Verdict:
    newest = revision.letter.editions.order_by("-number").first()
    return Verdict(kind, revision, None, language, newest, _amended_since(revision), [])


def _amended_since(revision: Revision) -> list[Amendment]:
    """But for typographic changes, after which the text has the same digest."""
    later = revision.letter.amendments.filter(revision__number__gt=revision.number)
    changed = later.exclude(revision__digest=F("previous__digest"))
    return list(changed.select_related("revision").defer("revision__canonical", "revision__texts").order_by("made_at"))


def _withdrawn_since(edition: Edition, later: list[Edition]) -> Iterator[Departure]:
    """Whom this edition prints, and later ones or the letter's page name as withdrawn. Nobody else who is not there
    any more: whoever has its name withheld now is not pointed out."""
    told = [gone for one in later for gone in one.printed_roll.departures]
    told += edition.letter.signatories.withdrawn_since_frozen()
    if not told:  # most often; an edition's roll is long
        return
    printed = {_known_by(line) for _side, _group, line in edition.printed_roll.every()}
    seen: set[tuple[str, str]] = set()
    for gone in sorted(told, key=lambda one: one.at):
        known = _known_by(gone.line)
        if known in printed and known not in seen:
            seen.add(known)
            yield gone


def _known_by(line: RollLine) -> tuple[str, str]:
    return line.name, line.second_name
