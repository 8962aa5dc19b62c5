"""Opening and closing: what may be signed, and until when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaigns import nudge
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, User
from letters import readiness
from letters.models import Letter, Revision
from letters.services import editions, revisions, working
from letters.services.working import ChangedSince


class NotReady(Exception):
    """The letter lacks something it cannot be opened without; `reasons` says what, in words."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class PastClosing(Exception):
    """The closing instant has to lie in the future, and leave the time promised for answering an amendment."""


@transaction.atomic
def open_for_signing(letter: Letter, *, by: User, seen: str | None = None) -> Revision:
    """Fix what is signed as a revision and open, now or at the instant already set.

    With `seen`, the fingerprint of what somebody decided to open, raises ChangedSince if it has another by now. The
    test sign-ons go; a consultation that still runs ends.
    """
    letter = Letter.objects.locked(letter.pk)
    if not letter.is_draft:  # a closed letter may move to open too, but not this way, without a reason
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    if reasons := readiness.missing(letter):
        raise NotReady(reasons)
    words = working.read(letter)
    if seen is not None and seen != words.fingerprint():
        raise ChangedSince
    letter.trials.all().delete()
    revision = revisions.revise(letter, words, by=by, cause=Revision.Cause.OPENED)
    now = timezone.now()
    letter.consultations.filter(ended_at__isnull=True).update(ended_at=now)
    opens_at = letter.opens_at if letter.opens_at and letter.opens_at > now else now
    letter.move_to(Letter.Status.OPEN, by=by, opens_at=opens_at, is_paused=False)
    nudge.on_commit(editions.TASK)  # the PDF of the text
    return revision


@transaction.atomic
def close(letter: Letter, *, by: User) -> None:
    """Close now. Waits for those who are signing; whoever comes after finds it closed."""
    letter = Letter.objects.locked(letter.pk)
    letter.move_to(Letter.Status.CLOSED, by=by, closed_at=timezone.now())


def close_past_due() -> int:
    """Close the letters whose closing instant has come; how many."""
    closed = 0
    for pk in list(Letter.objects.past_closing(timezone.now()).values_list("pk", flat=True)):
        with transaction.atomic():
            letter = Letter.objects.past_closing(timezone.now()).filter(pk=Letter.objects.locked(pk).pk).first()
            if letter:  # not closed or extended by hand since
                letter.move_to(Letter.Status.CLOSED, closed_at=letter.closes_at)
                closed += 1
    return closed


@transaction.atomic
def reopen(letter: Letter, *, closes_at: datetime, reason: str, by: User) -> None:
    """Open a closed letter again until a new instant; the reason is kept and shown to the team."""
    now = timezone.now()
    if closes_at <= now:
        raise PastClosing
    letter = Letter.objects.locked(letter.pk)
    if letter.status != Letter.Status.CLOSED:  # a draft may move to open too, but not this way, without a revision
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    if letter.answers_cut_short(closes_at):
        raise PastClosing
    times = {"opens_at": min(letter.opens_at or now, now), "closed_at": None, **letter.move_closing(closes_at)}
    letter.move_to(Letter.Status.OPEN, by=by, is_paused=False, reopened_because=reason, **times)


def pause(letter: Letter, *, by: User) -> None:
    """Take no sign-ons until resumed; whoever has the mail may still confirm."""
    _switch(letter, paused=True, by=by)


def resume(letter: Letter, *, by: User) -> None:
    _switch(letter, paused=False, by=by)


@transaction.atomic
def _switch(letter: Letter, *, paused: bool, by: User) -> None:
    letter = Letter.objects.locked(letter.pk)
    if letter.status != Letter.Status.OPEN:
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    if Letter.objects.filter(pk=letter.pk, is_paused=not paused).update(is_paused=paused):
        JournalEntry.objects.record("paused" if paused else "resumed", letter, by=by)
