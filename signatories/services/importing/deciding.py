"""Looking a list over: what each row is, and what is to become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from campaigns import insertion
from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories.models import Import, ImportRow
from signatories.reading import Certainty
from signatories.services.importing import comparing, merging
from signatories.services.importing.entries import HELD_BY_NO_CELL, Entry
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
    """Say of all rows not decided yet that they are others, to be added; how many. Those that lack something wait."""
    return _decide_all(of, Decision.ADD, "undecided to be added", by, lacks="")


@transaction.atomic
def skip_lacking(of: Import, *, by: User) -> int:
    """Leave out the undecided rows that cannot be added as they stand; how many."""
    of = Import.objects.without_files().select_for_update().get(pk=of.pk)
    lacking = of.rows.undone().lacking().values("pk")
    return _decide_all(of, Decision.SKIP, "lacking to be skipped", by, pk__in=lacking)


def _decide_all(of: Import, decision: str, words: str, by: User, **which: Any) -> int:
    of = Import.objects.without_files().select_for_update().get(pk=of.pk)
    if of.status != Import.Status.READY:
        return 0
    number = of.rows.undone().filter(decision=Decision.ASK, **which).update(decision=decision)
    _touched(of)
    JournalEntry.objects.record(words, of, by=by, letter=of.letter_id, rows=number)
    return number


@transaction.atomic
def place_all(of: Import, country: str, *, by: User) -> int:
    """Say where all those are that have no country; how many. Whoever was asked for that alone is to be added.

    None is compared anew: to one whose country was not known everybody of the like name was near.
    """
    of = Import.objects.without_files().select_for_update().get(pk=of.pk)
    if of.status != Import.Status.READY:
        return 0
    rows = list(of.rows.undone().lacking().filter(lacks="country"))
    for row in rows:
        entry = replace(Entry.of(row), country=country)
        if entry.unfit != "country":
            row.sealed, row.lacks = entry.sealed, entry.lacks
            is_doubtful = row.certainty <= Certainty.DOUBTFUL or row.kind == "individual"
            if entry.fits and not entry.near and not is_doubtful:
                row.decision = Decision.ADD
    insertion.rewrite(rows, "sealed", "lacks", "decision")
    _touched(of)
    JournalEntry.objects.record("country for the rest", of, by=by, letter=of.letter_id, rows=len(rows))
    return len(rows)


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
    if change.decision == Decision.ADD:
        entry = entry.without(HELD_BY_NO_CELL)
    row.sealed, row.contact_hash, row.visibility = entry.sealed, entry.contact_hash, change.visibility
    row.lacks = entry.lacks
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
