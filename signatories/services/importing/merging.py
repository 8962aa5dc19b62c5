"""What a row that is the same as a sign-on does to it: fills in what its owner left blank, and can be undone.

Nothing that an organization typed is overwritten. One that has not answered its mail is left as the mail shows it. On
the letter, nothing else is printed before a vetter has seen it.
"""

from __future__ import annotations

from dataclasses import asdict, replace

from campaigns.models import JournalEntry, User
from signatories import names
from signatories.models import Correction, ImportRow, Line, Signatory
from signatories.services import correcting
from signatories.services.importing.entries import FILLED, Entry

Status = Signatory.Status


def fill(row: ImportRow, entry: Entry, *, by: User) -> list[str]:
    """Fill blanks of the sign-on that the row is the same as; which parts. In a transaction that holds the letter."""
    signatory = _held(row)
    if signatory is None or signatory.is_individual or not entry.fits:
        return []
    line = signatory.line
    blanks = {part: words for part in FILLED if (words := getattr(entry, part)) and not getattr(line, part)}
    if names.says_already(line.name, blanks.get("acronym", "")):
        del blanks["acronym"]
    if not blanks or not _write(signatory, replace(line, **blanks), of=row.of_id):
        return []
    facts = {"letter": signatory.letter_id, "list": row.of_id, "row": row.number, "parts": sorted(blanks)}
    JournalEntry.objects.record("blanks filled", signatory, by=by, **facts)
    return sorted(blanks)


def empty(row: ImportRow, entry: Entry, *, by: User) -> None:
    """Take back what the row has filled, unless it has been changed since."""
    signatory = _held(row)
    if signatory is None:
        return
    ours = {part: getattr(entry, part) for part in row.filled}
    open_one = Correction.objects.open().filter(signatory=signatory).first()
    if open_one and not open_one.is_own and open_one.sealed == asdict(replace(signatory.line, **ours)):
        open_one.delete()
    else:
        line = signatory.line
        emptied = {part: "" for part, words in ours.items() if getattr(line, part) == words}
        _write(signatory, replace(line, **emptied), of=row.of_id)
    facts = {"letter": signatory.letter_id, "list": row.of_id, "row": row.number}
    JournalEntry.objects.record("blanks emptied", signatory, by=by, **facts)


def _held(row: ImportRow) -> Signatory | None:
    if row.same_as_id is None:
        return None
    rows = Signatory.objects.select_for_update(of=("self",)).select_related("letter")
    return rows.filter(pk=row.same_as_id, status__in=[Status.CONFIRMED, Status.LISTED], erased_at=None).first()


def _write(signatory: Signatory, line: Line, *, of: int) -> bool:
    """As the list `of` has it: at once while nobody has approved it, else as a correction for a vetter to see."""
    if line == signatory.line:
        return False
    if signatory.status == Status.CONFIRMED:
        return correcting.write(signatory, line)
    if Correction.objects.open().filter(signatory=signatory).exists():  # its owner's own wish comes first
        return False
    Correction.objects.create(signatory=signatory, sealed=asdict(line), kind=signatory.kind, from_list_id=of)
    return True
