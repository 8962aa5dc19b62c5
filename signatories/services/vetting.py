"""Deciding who is really who."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Max
from django.utils import timezone

from campaigns.lifecycle import StaleMove
from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories import emails
from signatories.models import Signatory
from signatories.services import amendments, asking, correcting, registering, seconding
from signatories.services.doubles import move_unless_double

A_WEEK = timedelta(days=7)


@transaction.atomic
def approve(signatories: Any, *, by: User, shown_at: datetime | None = None) -> int:
    """List the confirmed ones under their letter; return how many. Of those that two vetters have to look at, note the
    approval of the first (services.seconding).

    `shown_at` is when the page was made on which the vetter saw them. Whoever has changed its line since, or answered a
    question, is left to be looked at again: no name is printed that nobody has seen.
    """
    chosen = _locked(signatories.filter(status=Signatory.Status.CONFIRMED, trial__isnull=True, erased_at__isnull=True))
    changed = correcting.changed_since(chosen, shown_at) if shown_at else set()
    chosen = [one for one in chosen if str(one.pk) not in changed]
    first = seconding.first_only(chosen, by=by)
    seconding.note_first([one for one in chosen if one.pk in first], by=by)
    chosen = [one for one in chosen if one.pk not in first]
    asking.close(chosen)
    seconding.close([one.pk for one in chosen], timezone.now())
    for signatory in chosen:
        now = timezone.now()
        signatory.move_to(Signatory.Status.LISTED, by=by, decided_by=by, decided_at=now)
        if signatory.agrees:  # otherwise it is told once it has agreed to the text in force
            emails.tell(emails.listed, signatory, dedupe=now.isoformat())  # news again, if it was taken back
    registering.remember(chosen)
    return len(chosen)


@transaction.atomic
def decline(signatories: Any, *, by: User, reason: str, note: str = "") -> int:
    """Do not list them, or no longer; the contact is told the reason and the note. Return how many."""
    chosen = [one for one in _locked(signatories) if one.can_move_to(Signatory.Status.DECLINED)]
    asking.close(chosen)
    seconding.close([one.pk for one in chosen], timezone.now())
    for signatory in chosen:
        facts = {**_decided(by), "decline_reason": reason, "decline_note": note}
        signatory.move_to(Signatory.Status.DECLINED, by=by, **facts)
        again = timezone.now().isoformat()  # declined a second time after a reconsideration: news again
        emails.tell(emails.not_accepted, signatory, dedupe=again)
    return len(chosen)


@transaction.atomic
def reconsider(signatories: Any, *, by: User) -> int:
    """Take a decision back: confirmed again, to be vetted anew. Return how many; doubles of a live one stay."""
    undecided: dict[str, Any] = {
        "decided_by": None,
        "decided_by_rule": "",
        "decided_at": None,
        "decline_reason": "",
        "decline_note": "",
        "duplicate_of": None,
    }
    rows = _locked(signatories.filter(confirmed_at__isnull=False, erased_at__isnull=True))
    chosen = [one for one in rows if one.can_move_to(Signatory.Status.CONFIRMED)]
    moved = [one for one in chosen if move_unless_double(one, Signatory.Status.CONFIRMED, by=by, **undecided)]
    seconding.close([one.pk for one in moved], timezone.now())
    for signatory in moved:
        amendments.ask_again(signatory)
    return len(moved)


@transaction.atomic
def mark_duplicate(signatory: Signatory, *, of: Signatory, by: User) -> None:
    """Set aside as a double of another sign-on to the same letter; raises ForbiddenMove, also if it was moved since."""
    if of.letter_id != signatory.letter_id or of.pk == signatory.pk:
        raise ValueError("a duplicate is of another sign-on to the same letter")
    seen = _locked(Signatory.objects.filter(pk=signatory.pk, status=signatory.status))
    if not seen or not Signatory.objects.live().filter(pk=of.pk).exists():
        raise StaleMove("somebody else has decided meanwhile")
    seconding.close([signatory.pk], timezone.now())
    decided = {**_decided(by), "duplicate_of": of}
    if seen[0].status == Signatory.Status.DUPLICATE:  # set aside by itself, when another mailbox was first
        Signatory.objects.filter(pk=seen[0].pk).update(**decided)
        JournalEntry.objects.record("kept aside", seen[0], by=by)
    else:
        seen[0].move_to(Signatory.Status.DUPLICATE, by=by, **decided)


def days_waited(signatory: Signatory) -> int | None:
    """Within how many days those were listed that vetters listed in the last week; None if there are none.

    Of what waits nothing is said, not even since when: whoever signs in another's name would learn from it whether the
    other has. What is listed in public everybody can see; its own double is left out, so that no page shows it.
    """
    others = signatory.letter.signatories.listed().public().exclude(identity_hash=signatory.identity_hash)
    lately = others.filter(decided_at__gt=timezone.now() - A_WEEK)
    waited = ExpressionWrapper(F("decided_at") - F("confirmed_at"), output_field=DurationField())
    longest = lately.filter(decided_by__isnull=False).aggregate(longest=Max(waited))["longest"]
    return None if longest is None else -(-max(longest, timedelta()) // timedelta(days=1))


def _decided(by: User) -> dict[str, Any]:
    return {"decided_by": by, "decided_by_rule": "", "decided_at": timezone.now()}


def _locked(signatories: Any) -> list[Signatory]:
    """The rows, and before them their letters, whose rolls may be freezing right now.

    In the order in which signing takes its locks and every vetter takes these: in any other, two wait for each other.
    """
    letters = [Letter.objects.locked(pk) for pk in sorted(set(signatories.values_list("letter", flat=True)))]
    rows = signatories.filter(letter__in=letters).order_by("pk")
    return list(rows.select_related("letter__campaign", "agreed_revision").select_for_update(of=("self",)))
