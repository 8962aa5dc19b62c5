"""How long a list is kept: what was not taken goes soon, the proof as long as contact data of its letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories.models import Import, ImportRow, Signatory
from signatories.models.imports import ImportQuerySet

WORDS_KEPT = timedelta(days=30)  # of the rows: after adding, to undo it; or since somebody touched the list
OVER = (Letter.Status.CLOSED, Letter.Status.ARCHIVED)
EMPTY: dict[str, Any] = dict.fromkeys(("content", "proof", "source", "file_name", "proof_name", "problem"), "")


@transaction.atomic
def discard(of: Import, *, by: User | None = None) -> bool:
    """Throw away a list that is not being added, or, where some of it has been added, the rest of it.

    What was added stands on where the list is from and on its proof: these stay, and the list is where it was.
    """
    of = Import.objects.without_files().select_for_update().get(pk=of.pk)
    if not of.can_move_to(Import.Status.DISCARDED):
        return False
    if of.has_added:
        of.rows.undone().update(outcome=ImportRow.Outcome.SKIPPED)
        of.move_to(Import.Status.DONE, by=by, stopped="", added_at=timezone.now())
        _empty_rows(of)
    else:
        of.move_to(Import.Status.DISCARDED, by=by)
        _empty(of)
    return True


def empty_due() -> int:
    """Empty the lists whose time is over; how many. To be called every hour; twice is harmless."""
    return sum(_empty_if_due(pk) for pk in list(_perhaps_due().order_by("pk").values_list("pk", flat=True)))


def _perhaps_due() -> ImportQuerySet:
    old = Q(touched_at__lt=timezone.now() - WORDS_KEPT)
    return Import.objects.kept().filter(Q(status=Import.Status.DONE) | old)


@transaction.atomic
def _empty_if_due(pk: int) -> bool:
    """Decided on the row that is held: somebody may have taken it up again."""
    held = _perhaps_due().without_files().select_related("letter").select_for_update(of=("self",))
    of, now = held.filter(pk=pk).first(), timezone.now()
    if of is None:
        return False
    until = of.letter.contacts_kept_until if of.letter.status in OVER else None
    if until and until <= now:
        return _empty(of)
    if of.status == Import.Status.DONE and max(of.added_at or now, of.touched_at) < now - WORDS_KEPT:
        _empty_rows(of)
    if of.status != Import.Status.DONE and of.can_move_to(Import.Status.DISCARDED):
        return discard(of)
    return False


def forget(signatory: Signatory) -> None:
    """Let go of what lists say of a sign-on whose data is deleted, and of its address on the same letter.

    A proof that shows nobody else goes with it.
    """
    rows = ImportRow.objects.order_by()  # three look-ups: an OR would read all rows of the letter's lists
    theirs = [rows.filter(signatory=signatory), rows.filter(same_as=signatory)]
    if signatory.contact_email:
        theirs.append(rows.filter(contact_hash=signatory.contact_hash, of__letter=signatory.letter_id))
    keys = {pk for some in theirs for pk in some.values_list("pk", flat=True)}
    if keys:
        decided = Case(When(outcome="", then=Value(ImportRow.Decision.SKIP)), default=F("decision"))
        rows.filter(pk__in=keys).update(sealed={}, contact_hash="", decision=decided)
    for of in Import.objects.kept().without_files().filter(status=Import.Status.DONE, rows__signatory=signatory):
        if not of.rows.added().exclude(signatory=signatory).exists():
            _empty(of)


def _empty(of: Import) -> bool:
    _empty_rows(of)
    Import.objects.filter(pk=of.pk).update(emptied_at=timezone.now(), notices=[], **EMPTY)
    JournalEntry.objects.record("list emptied", of, letter=of.letter_id)
    return True


def _empty_rows(of: Import) -> None:
    of.rows.exclude(sealed="").update(sealed={}, contact_hash="")
