"""Opening and closing: what may be signed, and until when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, User
from letters import canonical, readiness
from letters.models import Letter, Revision
from letters.services import drafting


class NotReady(Exception):
    """The letter lacks something it cannot be opened without; `reasons` says what, in words."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class ChangedSince(Exception):
    """The draft is no longer the one that was on the screen: look again before it is fixed for good."""


class PastClosing(Exception):
    """The closing instant has to lie in the future."""


@transaction.atomic
def open_for_signing(letter: Letter, *, by: User, seen: str | None = None) -> Revision:
    """Fix what is signed as a revision and open, now or at the instant already set.

    With `seen`, the fingerprint of the draft somebody decided to open, raises ChangedSince if it has another by now.
    """
    letter = Letter.objects.locked(letter.pk)
    if not letter.is_draft:  # a closed letter may move to open too, but not this way, without a reason
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    if reasons := readiness.missing(letter):
        raise NotReady(reasons)
    if seen is not None and seen != drafting.current(letter).fingerprint():
        raise ChangedSince
    revision = _revise(letter, by=by)
    now = timezone.now()
    opens_at = letter.opens_at if letter.opens_at and letter.opens_at > now else now
    letter.move_to(Letter.Status.OPEN, by=by, opens_at=opens_at, is_paused=False)
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
    times = {"opens_at": min(letter.opens_at or now, now), "closes_at": closes_at, "closed_at": None}
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


def _revise(letter: Letter, *, by: User) -> Revision:
    """Number and store a snapshot of what is signed."""
    texts = list(
        letter.texts.order_by("language").values(
            "language", "is_authentic", "title", "headline", "re_line", "salutation", "body", "closing"
        )
    )
    recipients = list(
        letter.recipients.values("line", "honorific", "name", "office", "organization", "address", "email")
    )
    form = canonical.canonical(texts, recipients)
    revision = Revision.objects.create(
        letter=letter,
        number=(letter.revisions.aggregate(last=Max("number"))["last"] or 0) + 1,
        canonical=form,
        digest=canonical.digest(form),
        texts=texts,
        recipients=recipients,
        created_by=by,
    )
    JournalEntry.objects.record("revised", letter, by=by, number=revision.number, digest=revision.digest)
    return revision
