"""Deciding who is really who."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.lifecycle import StaleMove
from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories import emails
from signatories.models import Signatory
from signatories.services.doubles import move_unless_double


@transaction.atomic
def approve(signatories: Any, *, by: User) -> int:
    """List the confirmed ones under their letter; return how many."""
    chosen = _locked(signatories.filter(status=Signatory.Status.CONFIRMED, trial__isnull=True))
    for signatory in chosen:
        signatory.move_to(Signatory.Status.LISTED, by=by, decided_by=by, decided_at=timezone.now())
        if signatory.agrees:  # otherwise it is told once it has agreed to the text in force
            emails.tell(emails.listed, signatory)
    return len(chosen)


@transaction.atomic
def decline(signatories: Any, *, by: User, reason: str, note: str = "") -> int:
    """Do not list them, or no longer; the contact is told the reason and the note. Return how many."""
    chosen = [one for one in _locked(signatories) if one.can_move_to(Signatory.Status.DECLINED)]
    for signatory in chosen:
        facts = {"decided_by": by, "decided_at": timezone.now(), "decline_reason": reason, "decline_note": note}
        signatory.move_to(Signatory.Status.DECLINED, by=by, **facts)
        again = timezone.now().isoformat()  # declined a second time after a reconsideration: news again
        emails.tell(emails.not_accepted, signatory, dedupe=again)
    return len(chosen)


@transaction.atomic
def reconsider(signatories: Any, *, by: User) -> int:
    """Take a decision back: confirmed again, to be vetted anew. Return how many; doubles of a live one stay."""
    undecided: dict[str, Any] = {
        "decided_by": None,
        "decided_at": None,
        "decline_reason": "",
        "decline_note": "",
        "duplicate_of": None,
    }
    chosen = [one for one in _locked(signatories) if one.can_move_to(Signatory.Status.CONFIRMED) and one.confirmed_at]
    return sum(move_unless_double(one, Signatory.Status.CONFIRMED, by=by, **undecided) for one in chosen)


@transaction.atomic
def mark_duplicate(signatory: Signatory, *, of: Signatory, by: User) -> None:
    """Set aside as a double of another sign-on to the same letter; raises ForbiddenMove, also if it was moved since."""
    if of.letter_id != signatory.letter_id or of.pk == signatory.pk:
        raise ValueError("a duplicate is of another sign-on to the same letter")
    seen = _locked(Signatory.objects.filter(pk=signatory.pk, status=signatory.status))
    if not seen or not Signatory.objects.live().filter(pk=of.pk).exists():
        raise StaleMove("somebody else has decided meanwhile")
    decided: dict[str, Any] = {"duplicate_of": of, "decided_by": by, "decided_at": timezone.now()}
    if seen[0].status == Signatory.Status.DUPLICATE:  # set aside by itself, when another mailbox was first
        Signatory.objects.filter(pk=seen[0].pk).update(**decided)
        JournalEntry.objects.record("kept aside", seen[0], by=by)
    else:
        seen[0].move_to(Signatory.Status.DUPLICATE, by=by, **decided)


def _locked(signatories: Any) -> list[Signatory]:
    """The rows, and before them their letters, whose rolls may be freezing right now.

    In the order in which signing takes its locks and every vetter takes these: in any other, two wait for each other.
    """
    letters = [Letter.objects.locked(pk) for pk in sorted(set(signatories.values_list("letter", flat=True)))]
    rows = signatories.filter(letter__in=letters).order_by("pk")
    return list(rows.select_related("letter", "agreed_revision").select_for_update(of=("self",)))
