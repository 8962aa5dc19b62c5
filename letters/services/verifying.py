"""What a SHA-256 belongs to, and what has become of that since. Tells only what is public anyway."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from django.db.models import F, Q

from letters.document import Departure
from letters.models import Amendment, Edition, Letter, Rendering, Revision
from letters.models.editions import long_in

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
    edition, `amended` what was changed in the text since, `withdrawn` who stands in the edition and has left: nobody
    who withholds its name now, or has had it deleted.
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
    done = Rendering.objects.done().filter(sha256=sha256).select_related(*related).defer(*long_in("edition"))
    rendering = done.first()
    if rendering and rendering.edition:
        kind = Kind.DOCUMENT if rendering.is_public else Kind.ADDRESSEE
        return _of_edition(kind, rendering.edition, rendering.language)
    if rendering and rendering.revision:
        return _of_text(Kind.TEXT, rendering.revision, rendering.language)
    editions = Edition.objects.light().select_related("revision__letter__campaign")
    if edition := editions.filter(Q(digest=sha256) | Q(journal_head=sha256)).order_by("number").first():
        return _of_edition(Kind.EDITION if edition.digest == sha256 else Kind.HEAD, edition)
    revisions = Revision.objects.signed().filter(letter__in=Letter.objects.public(), digest=sha256)
    if revision := revisions.select_related("letter__campaign").order_by("number").first():
        return _of_text(Kind.REVISION, revision)
    return None


def _of_edition(kind: Kind, edition: Edition, language: str = "") -> Verdict:
    withdrawn = edition.letter.signatories.withdrawn_since_frozen([edition])
    return Verdict(
        kind,
        edition.revision,
        edition,
        language,
        _newest(edition.letter),
        _amended_since(edition.revision),
        withdrawn,
    )


def _of_text(kind: Kind, revision: Revision, language: str = "") -> Verdict:
    return Verdict(kind, revision, None, language, _newest(revision.letter), _amended_since(revision), [])


def _newest(letter: Letter) -> Edition | None:
    return letter.editions.light().order_by("-number").first()


def _amended_since(revision: Revision) -> list[Amendment]:
    """But for typographic changes, after which the text has the same digest."""
    later = revision.letter.amendments.filter(revision__number__gt=revision.number)
    changed = later.exclude(revision__digest=F("previous__digest"))
    return list(changed.select_related("revision").defer("revision__canonical", "revision__texts").order_by("made_at"))
