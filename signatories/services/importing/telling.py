"""What lists have to do with a sign-on, as its owner and the vetters are told it. Never a word of other rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from signatories.models import Correction, Import, ImportRow, Signatory
from signatories.reading import Code
from signatories.services.importing.entries import PARTS, Entry

CUT_OUT = {Code.RUNNING.value, Code.MERGED.value, Code.AND.value}  # of lines that name others, too


@dataclass(frozen=True)
class FromList:
    """A list in which a sign-on is named: `of`, with `has_proof` and `shows_others`; once emptied, without source.

    `came_in` it: there was no sign-on before. `filled` are the parts of the line that were blank and are not since.
    `words` are what is kept of its own row.
    """

    of: Import
    came_in: bool
    filled: list[str]
    words: dict[str, str]


def lists_naming(signatory: Signatory) -> list[FromList]:
    """In the order in which they came; the one that it came in, if there is one, with the words of its row."""
    mine = ImportRow.objects.filter(signatory=signatory)
    same = ImportRow.objects.filter(same_as=signatory, outcome=ImportRow.Outcome.MERGED)  # two look-ups, no OR
    rows = sorted({row.pk: row for some in (mine, same) for row in some}.values(), key=lambda row: row.pk)
    lists = {one.pk: one for one in _lists((row.of_id for row in rows), signatory.pk)}
    return [_told(row, lists[row.of_id], signatory) for row in rows]


def list_behind(correction: Correction | None) -> Import | None:
    """The list that proposes it; None for one that its signatory asks for."""
    if correction is None or correction.from_list_id is None:
        return None
    return next(_lists([correction.from_list_id], correction.signatory_id), None)


def _lists(keys: Iterable[int], signatory: UUID) -> Iterator[Import]:
    lists = Import.objects.without_files().filter(pk__in=set(keys))
    others = ImportRow.objects.added().filter(of=OuterRef("pk")).exclude(signatory=signatory)
    return lists.annotate(has_proof=~Q(proof=""), shows_others=Exists(others)).iterator()


def _told(row: ImportRow, of: Import, signatory: Signatory) -> FromList:
    came_in = row.signatory_id == signatory.pk
    return FromList(of, came_in, list(row.filled), _words(Entry.of(row)) if came_in else {})


def _words(entry: Entry) -> dict[str, str]:
    """Of the row alone; the line as it stood, where it names no others."""
    kept = {part: words for part in (*PARTS, "note") if (words := getattr(entry, part))}
    is_its_own = not CUT_OUT & {code for code, _piece in entry.why}
    return {"raw": entry.raw, **kept} if entry.raw and is_its_own else kept
