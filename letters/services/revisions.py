"""Revisions: kept at each save that matters, named, and gone back to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.models import JournalEntry, User
from letters import canonical
from letters.models import Letter, Revision, RevisionName
from letters.services import working
from letters.services.working import ChangedSince, NotDraft, Working

Cause = Revision.Cause


@transaction.atomic
def keep(letter: Letter, *, by: User, cause: str = Cause.SAVED, name: str = "") -> Revision:
    """The draft as it is now, as a revision: the newest one if nothing has changed since, otherwise a new one."""
    letter = Letter.objects.locked(letter.pk)
    if not letter.is_draft:
        raise NotDraft
    revision = letter.revision
    now = working.read(letter)
    if revision is None or differs(revision, now):
        revision = revise(letter, now, by=by, cause=cause)
    if name:
        name_revision(revision, name, by=by)
    return revision


def revise(letter: Letter, words: Working, *, by: User, cause: str) -> Revision:
    """Number and store a snapshot. The letter is locked; its `substance` is what the revision gets."""
    signed = words.snapshot
    form = canonical.canonical(signed["texts"], signed["recipients"])
    revision = Revision.objects.create(
        letter=letter,
        number=(letter.revisions.aggregate(last=Max("number"))["last"] or 0) + 1,
        substance=letter.substance,
        cause=cause,
        canonical=form,
        digest=canonical.digest(form),
        front=_front(words),
        created_by=by,
        **signed,
    )
    JournalEntry.objects.record("revised", letter, by=by, number=revision.number, digest=revision.digest)
    return revision


@transaction.atomic
def name_revision(revision: Revision, name: str, *, by: User) -> None:
    """Call it something, or something else; an empty name takes the name away."""
    if name:
        facts = {"name": name, "given_by": by, "given_at": timezone.now()}
        RevisionName.objects.update_or_create(revision=revision, defaults=facts)
    else:
        RevisionName.objects.filter(revision=revision).delete()
    JournalEntry.objects.record("named", revision, by=by)


@transaction.atomic
def restore(revision: Revision, *, by: User, seen: str | None = None) -> None:
    """Write on from an earlier revision. What stood there is kept as a revision too, if it was none yet.

    Of an open letter the amendment in preparation is what changes; raises NotDraft if none is. With `seen`, the
    fingerprint of what somebody decided to leave, raises ChangedSince if it has another by now.
    """
    letter = Letter.objects.locked(revision.letter_id)
    if seen is not None and seen != working.read(letter).fingerprint():
        raise ChangedSince
    if letter.is_draft:
        keep(letter, by=by)
    working.write(letter, working.of_revision(revision), by=by)
    if letter.is_draft:
        keep(letter, by=by, cause=Cause.RESTORED)
    JournalEntry.objects.record("restored", letter, by=by, number=revision.number)


def differs(revision: Revision, words: Working) -> bool:
    """Whether anything at all is different, typesetting and what stands around the text included."""
    signed = words.snapshot
    around = revision.front or working.front(revision.letter)  # the oldest do not hold it, and nothing changed it since
    held = (sorted(revision.texts, key=_language), revision.recipients, around)
    return held != (sorted(signed["texts"], key=_language), signed["recipients"], _front(words))


def _language(text: dict[str, Any]) -> str:
    return str(text["language"])


def _front(words: Working) -> dict[str, Any]:
    sources = {text["language"]: text["sources"] for text in words.texts if text["sources"]}
    return {**words.front, "sources": sources} if sources else dict(words.front)
