"""What became of a sign-on, in the journal's order: each line of its own, and those of the cohorts it was in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaigns.models import JournalEntry
from signatories.models import InvalidatedSignatory, Invalidation, Signatory

MOVED, BROUGHT = "moved", "brought"
SET_ASIDE = ("declined a cohort", "invalidated a cohort")
UNDONE = "undid an invalidation"


@dataclass(frozen=True)
class Turn:
    """From one status, "" where it began, to another. `cohort` is what it was set aside or put back with."""

    entry: int
    at: datetime
    was: str
    now: str
    cohort: str = ""
    is_undoing: bool = False


def turns(signatory: Signatory, own: Iterable[JournalEntry]) -> list[Turn]:
    """Those that the sign-on has taken, the oldest first; `own` are the journal's lines about it alone."""
    found = [_own(entry) for entry in own if entry.verb in (MOVED, BROUGHT)]
    found += _with_others(signatory)
    found.sort(key=lambda turn: turn.entry)
    taken: list[Turn] = []
    for place, turn in enumerate(found):
        if not turn.is_undoing or _is_put_back(turn, taken, found[place + 1 :], signatory.status):
            taken.append(turn)
    return taken


def _own(entry: JournalEntry) -> Turn:
    if entry.verb == BROUGHT:
        return Turn(entry.pk, entry.at, "", entry.data["status"])
    return Turn(entry.pk, entry.at, entry.data["was"], entry.data["now"])


def _with_others(signatory: Signatory) -> list[Turn]:
    rows = {str(row.invalidation_id): row for row in signatory.invalidated.select_related("invalidation")}
    if not rows:
        return []
    kind = Invalidation._meta.label_lower
    entries = JournalEntry.objects.filter(subject_type=kind, subject_id__in=rows, verb__in=[*SET_ASIDE, UNDONE])
    return [_of_cohort(entry, rows[entry.subject_id]) for entry in entries]


def _of_cohort(entry: JournalEntry, row: InvalidatedSignatory) -> Turn:
    aside, cohort = row.invalidation.outcome, entry.subject_id
    if entry.verb == UNDONE:
        return Turn(entry.pk, entry.at, aside, row.was, cohort, is_undoing=True)
    return Turn(entry.pk, entry.at, row.was, aside, cohort)


def _is_put_back(turn: Turn, taken: list[Turn], later: list[Turn], status: str) -> bool:
    """Whether it went back with the others: nothing had moved it since, and it went on from where it had been before.

    Who had lost its place to another stayed; the journal says how many, not who."""
    if not taken or taken[-1].cohort != turn.cohort:
        return False
    return next((one.was for one in later if not one.is_undoing), status) != turn.was
