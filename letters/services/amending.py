"""Changing an open letter. Nothing does but an amendment: prepared beside it, weighed, and made in one step."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from campaigns import nudge
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, User
from letters import changes, readiness
from letters.models import Amendment, AmendmentDraft, Letter, Revision
from letters.services import editions, revisions, working
from letters.services.timetable import NotReady
from letters.services.working import ChangedSince, Working

Class = Amendment.Class
SHORTEST_OBJECTION = timedelta(hours=12)


class NothingChanged(Exception):
    """The amendment says what is in force already."""


class TooLight(Exception):
    """Lighter than the difference admits: other recipients are substance, other words are no typesetting."""


class ReasonNeeded(Exception):
    """A lighter class than the difference suggests has to be accounted for, and so has any other digest without one."""


class BadDeadline(Exception):
    """The instant until which signatories may answer is missing, past, too soon, or after the letter's last moment."""


@transaction.atomic
def prepare_amendment(letter: Letter, *, by: User) -> AmendmentDraft:
    """Begin to write an amendment from what is in force; the one that is being prepared, if there is one."""
    letter = _open(letter)
    words = working.read(letter)
    held = {"texts": words.texts, "recipients": words.recipients, "front": words.front}
    prepared, is_new = AmendmentDraft.objects.get_or_create(
        letter=letter, defaults={**held, "begun_from": letter.revisions.latest("number")}
    )
    if is_new:
        JournalEntry.objects.record("prepared amendment", letter, by=by)
    return prepared


@transaction.atomic
def discard_amendment(letter: Letter, *, by: User) -> None:
    """Throw away what was being prepared; what is in force stays."""
    letter = Letter.objects.locked(letter.pk)
    if AmendmentDraft.objects.filter(letter=letter).delete()[0]:
        JournalEntry.objects.record("discarded amendment", letter, by=by)


def weighed(letter: Letter) -> changes.Proposal:
    """What the difference between what is in force and what is being prepared comes to."""
    return changes.proposed(letter.revisions.latest("number").snapshot, working.read(letter).snapshot)


@transaction.atomic
def amend(
    letter: Letter,
    *,
    weight: str,
    by: User,
    reason: str = "",
    until: datetime | None = None,
    seen: str | None = None,
) -> Amendment:
    """Put in force what was being prepared, as the next revision.

    `until` is when objections to a correction end, or when those who have not agreed to a change of substance are left
    out. With `seen`, the fingerprint of what somebody decided to make, raises ChangedSince if it has another by now.
    Raises NothingChanged, TooLight, ReasonNeeded, BadDeadline, NotReady, ForbiddenMove.

    The signatories' rows stay as they are: `letter.substance` alone decides who is on the roll, from this commit on.
    Who has to be told is found afterwards by signatories.services.amendments.
    """
    letter = _open(letter)
    previous = letter.revisions.latest("number")
    words = _finished(letter, previous, seen)
    proposal = changes.proposed(previous.snapshot, words.snapshot)
    _check(proposal, weight, reason)
    deadline = _deadline(letter, weight, until)
    _put_in_force(letter, words, weight)
    amendment = Amendment.objects.create(
        letter=letter,
        previous=previous,
        revision=revisions.revise(letter, words, by=by, cause=Revision.Cause.AMENDED),
        weight=weight,
        proposed=proposal.klass,
        reason=reason,
        made_by=by,
        told_at=timezone.now() if weight == Class.TYPOGRAPHIC else None,
        **deadline,
    )
    _note(amendment)
    nudge.on_commit(editions.TASK)  # the PDF of the new text
    return amendment


def _finished(letter: Letter, previous: Revision, seen: str | None) -> Working:
    """What was being prepared, if it can be put in force."""
    words = working.read(letter)
    if seen is not None and seen != words.fingerprint():
        raise ChangedSince
    if reasons := readiness.missing_words(words.texts):
        raise NotReady(reasons)
    if not revisions.differs(previous, words):  # nor does it if nothing was being prepared
        raise NothingChanged
    return words


def _put_in_force(letter: Letter, words: Working, weight: str) -> None:
    if weight == Class.SUBSTANCE:
        letter.substance += 1
        letter.save(update_fields=["substance"])
    working.put_in_force(letter, words)
    AmendmentDraft.objects.filter(letter=letter).delete()


def _note(made: Amendment) -> None:
    facts = {"weight": str(made.weight), "proposed": str(made.proposed), "number": made.revision.number}
    JournalEntry.objects.record("amended", made.letter, by=made.made_by, **facts)


def _open(letter: Letter) -> Letter:
    letter = Letter.objects.locked(letter.pk)
    if letter.status != Letter.Status.OPEN or letter.is_over:
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    return letter


def _check(proposal: changes.Proposal, weight: str, reason: str) -> None:
    if weight not in proposal.allowed:
        raise TooLight
    if proposal.wants_reason(weight) and not reason.strip():
        raise ReasonNeeded


def _deadline(letter: Letter, weight: str, until: datetime | None) -> dict[str, datetime]:
    if weight == Class.TYPOGRAPHIC:
        return {}
    now, last = timezone.now(), letter.confirmable_until
    soonest = now + SHORTEST_OBJECTION if weight == Class.CORRECTION else now
    if until is None or until <= now or (last and until > last) or until < min(soonest, last or soonest):
        raise BadDeadline
    return {"object_by" if weight == Class.CORRECTION else "agree_by": until}
