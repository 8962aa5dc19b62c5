"""Looking a list over: what each row is, and what is to become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories.models import Import, ImportRow
from signatories.services.importing import comparing, merging
from signatories.services.importing.entries import Entry
from signatories.services.importing.reading import point_at

Decision, Outcome = ImportRow.Decision, ImportRow.Outcome


@dataclass(frozen=True)
class Change:
    """What the team says of a row. `decision` is add, skip or ask, or the key of what it is the same as (Near.key)."""

    decision: str
    visibility: str
    parts: Mapping[str, Any] = field(default_factory=dict)  # of Entry, those that were edited


class LookedOver(NamedTuple):
    """How many rows were changed, and how many are to be decided anew, since they are like others now."""

    changed: int
    asked: int


@transaction.atomic
def look_over(of: Import, changes: Mapping[int, Change], *, by: User) -> LookedOver:
    """Write the changes to rows by their number. Rows that came to something stay."""
    of = Import.objects.without_files().select_for_update().get(pk=of.pk)
    if of.status != Import.Status.READY:
        return LookedOver(0, 0)
    changed, renamed = [], []
    for row in of.rows.undone().filter(number__in=list(changes)):
        was = Entry.of(row)
        if _is_changed(row, changes[row.number]):
            row.save()
            changed.append(row.number)
            if any(getattr(was, part) != getattr(Entry.of(row), part) for part in comparing.NAMED_BY):
                renamed.append(row)
    asked = comparing.compare_again(of, renamed) if renamed else 0
    if changed:
        _touched(of)
        JournalEntry.objects.record("list looked over", of, by=by, letter=of.letter_id, rows=len(changed))
    return LookedOver(len(changed), asked)


@transaction.atomic
def add_undecided(of: Import, *, by: User) -> int:
    """Say of all rows not decided yet that they are others, to be added; how many."""
    of = Import.objects.without_files().select_for_update().get(pk=of.pk)
    if of.status != Import.Status.READY:
        return 0
    number = of.rows.undone().filter(decision=Decision.ASK).update(decision=Decision.ADD)
    _touched(of)
    JournalEntry.objects.record("undecided to be added", of, by=by, letter=of.letter_id, rows=number)
    return number


@transaction.atomic
def look_over_again(of: Import, *, by: User) -> int:
    """Take up once more the rows that were not added; how many."""
    of = Import.objects.without_files().select_for_update().get(pk=of.pk)
    if of.status != Import.Status.DONE or of.emptied_at:
        return 0
    refused = of.rows.filter(outcome=Outcome.REFUSED).exclude(sealed="")
    number = refused.update(outcome="", refusal="", decision=Decision.ASK)
    if number:
        of.move_to(Import.Status.READY, by=by, touched_at=timezone.now())
    return number


@transaction.atomic
def unmerge(row: ImportRow, *, by: User) -> bool:
    """Say that a row was not the same after all: what it filled in is taken back, and it is decided anew."""
    of = Import.objects.without_files().select_for_update().get(pk=row.of_id)
    Letter.objects.locked(of.letter_id)
    again = of.rows.filter(pk=row.pk, outcome=Outcome.MERGED, same_as__isnull=False).exclude(sealed="").first()
    if again is None or of.status not in (Import.Status.DONE, Import.Status.READY):
        return False
    if again.filled:
        merging.empty(again, Entry.of(again), by=by)
    again.outcome, again.decision, again.filled = "", Decision.ASK, []
    again.save(update_fields=["outcome", "decision", "filled"])
    if of.status == Import.Status.DONE:
        of.move_to(Import.Status.READY, by=by)
    _touched(of)
    JournalEntry.objects.record("merge undone", of, by=by, letter=of.letter_id, row=row.number)
    return True


def _is_changed(row: ImportRow, change: Change) -> bool:
    """Put the change on the row; whether it is one."""
    was = (row.decision, row.same_as_id and str(row.same_as_id), row.same_as_row, row.visibility, row.sealed)
    entry = replace(Entry.of(row), **change.parts)
    row.sealed, row.contact_hash, row.visibility = entry.sealed, entry.contact_hash, change.visibility
    if change.decision in (Decision.ADD, Decision.SKIP, Decision.ASK):
        row.decision, row.same_as_id, row.same_as_row = change.decision, None, None
        if change.decision == Decision.ADD and row.kind == "skipped":
            row.kind = "organization"
    else:
        point_at(row, change.decision)
    now = (row.decision, row.same_as_id and str(row.same_as_id), row.same_as_row, row.visibility, row.sealed)
    return was != now


def _touched(of: Import) -> None:
    Import.objects.filter(pk=of.pk).update(touched_at=timezone.now(), stopped="")
