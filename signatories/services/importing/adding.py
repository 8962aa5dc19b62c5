"""Adding what was decided: some rows at a time, each with its outcome in the transaction that brings it about.

What a row came to is the cursor: whoever goes on after a crash finds the rows that came to nothing yet. The list is
held while some of its rows are added, so two workers do not meet; the database refuses what is there already.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from campaigns import insertion, nudge
from campaigns.models import User
from letters.models import Letter
from signatories.models import Import, ImportRow
from signatories.services.importing import turns
from signatories.services.importing.batches import Batch
from signatories.services.importing.taking import TASK

BATCH = 250
ADDED_AT_ONCE = 100  # rows, while whoever pressed the button waits

Decision = ImportRow.Decision


class NotNow(Exception):
    """The letter takes no sign-ons at the moment, or the list is not waiting to be added."""


class NotDecided(Exception):
    """Some rows are still to be decided."""


class Amended(Exception):
    """The text was amended in substance since it was on the screen: nobody said that they agreed to this one."""


@dataclass(frozen=True)
class Summary:
    """What adding the rows left would do: `mailed` of those added are asked by mail, `stuck` have no address to ask.

    Of those to be decided, `nowhere` have no country and `faulty` lack something else: they cannot be added so.
    """

    add: int
    mailed: int
    stuck: int
    merge: int
    skip: int
    ask: int
    nowhere: int = 0
    faulty: int = 0

    @property
    def lacking(self) -> int:
        return self.nowhere + self.faulty

    @property
    def addable(self) -> int:
        """Of those to be decided."""
        return self.ask - self.lacking


def summary(of: Import) -> Summary:
    rows = of.rows.undone()
    counts: dict[str, int] = dict(rows.order_by().values_list("decision").annotate(n=Count("pk")))
    stuck = 0 if of.is_proof else rows.unsendable().count()
    add = counts.get(Decision.ADD, 0) - stuck
    merge, skip, ask = (counts.get(one, 0) for one in (Decision.MERGE, Decision.SKIP, Decision.ASK))
    lacking = rows.lacking().filter(decision=Decision.ASK)
    nowhere = lacking.filter(lacks="country").count()
    return Summary(add, 0 if of.is_proof else add, stuck, merge, skip, ask, nowhere, lacking.count() - nowhere)


def outcomes(of: Import) -> dict[str, int]:
    """How many rows came to what, by ImportRow.Outcome."""
    counts = of.rows.exclude(outcome="").order_by().values_list("outcome").annotate(n=Count("pk"))
    return dict(counts)


def add(of: Import, *, by: User, words: str, seen: int) -> None:
    """Add what is decided. `words` are those the team has ticked: that these agreed to the text, which was that of the
    revision of the number `seen` when they were on the screen.

    Few rows at once, many by the worker. Raises NotNow, NotDecided, Amended.
    """
    with transaction.atomic():
        of = Import.objects.without_files().select_for_update().get(pk=of.pk)
        letter = Letter.objects.locked_shared(of.letter_id)
        if of.status != Import.Status.READY or not letter.accepts_signatures:
            raise NotNow
        undone = of.rows.undone()
        if undone.filter(decision=Decision.ASK).exists():
            raise NotDecided
        agreed = letter.revisions.signed().filter(number=seen, substance=letter.substance).first()
        if agreed is None:
            raise Amended
        facts = {"agreed_revision": agreed, "agreed_words": words[:400], "touched_at": timezone.now()}
        of.move_to(Import.Status.ADDING, by=by, stopped="", **facts)
        nudge.on_commit(TASK)
        is_short = undone.count() <= ADDED_AT_ONCE
    if is_short:
        _add_all(of.pk)


def add_due() -> int:
    """Go on with every list that is being added; how many rows came to something."""
    return sum(_add_all(pk) for pk in list(Import.objects.adding().order_by("pk").values_list("pk", flat=True)))


def _add_all(pk: int) -> int:
    done = 0
    while some := _add_some(pk):
        done += some
    return done


@transaction.atomic
def _add_some(pk: int) -> int:
    """The next rows; how many. 0: nothing is left, the letter has stopped it, or another worker is at it."""
    of = Import.objects.adding().without_files().select_for_update(skip_locked=True).filter(pk=pk).first()
    if of is None:
        return 0
    turns.wait_for(of.letter_id)
    letter = Letter.objects.locked_shared(of.letter_id)
    if stopped := _why_stopped(of, letter):
        of.move_to(Import.Status.READY, stopped=stopped)
        return 0
    rows = list(of.rows.undone().order_by("number")[:BATCH])
    if not rows:
        of.move_to(Import.Status.DONE, added_at=timezone.now())
        return 0
    of.letter = letter
    Batch(of, rows).settle()
    insertion.rewrite(rows, "outcome", "refusal", "signatory", "filled")
    return len(rows)


def _why_stopped(of: Import, letter: Letter) -> str:
    if not letter.accepts_signatures:
        return Import.Stopped.CLOSED
    if of.agreed_revision is None or of.agreed_revision.substance != letter.substance:
        return Import.Stopped.AMENDED
    return ""
