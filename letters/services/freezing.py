"""Freezing letter and roll into an edition."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns import chaining, nudge
from campaigns.models import JournalEntry, User
from letters.document import Roll
from letters.models import AddresseeNames, Edition, Letter, Rendering, Revision
from letters.services import addressee, editions, records


class AlreadyFrozen(Exception):
    """There is a newer edition than the one we knew of: a second click, or somebody was faster."""


class NotClosed(Exception):
    """Only a closed letter can be frozen: its roll has to stand still."""


class Dated(TypedDict):
    """Place and date of the letter, as they are to be printed."""

    place: str
    date: date | None
    date_precision: str


@transaction.atomic
def freeze(letter: Letter, *, by: User, after: int | None = None, dated: Dated | None = None) -> Edition:
    """Take the revision in force and the roll as they stand, under the letter's lock, as the next edition.

    With `after`, the newest edition's number as we know it (0 for none), raises AlreadyFrozen if there is a newer one.
    With `dated`, that is the letter's place and date from now on.
    """
    letter = Letter.objects.locked(letter.pk)
    if letter.status != Letter.Status.CLOSED:
        raise NotClosed
    newest = letter.editions.aggregate(last=Max("number"))["last"] or 0
    if after is not None and newest > after:
        raise AlreadyFrozen
    is_dated_anew = bool(dated and _date(letter, dated))
    revision = letter.revisions.latest("number")  # opened letters have one
    as_of = timezone.now()
    roll, front = _roll(letter, revision, as_of), editions.front_matter(letter)
    digest, record = _digest(revision.digest, front, roll), records.taken(letter, as_of)
    facts = {"edition": newest + 1, "digest": digest, "record": records.digest(record), "dated_anew": is_dated_anew}
    JournalEntry.objects.record("frozen", letter, by=by, **facts)
    edition = Edition.objects.create(
        letter=letter,
        number=newest + 1,
        revision=revision,
        front=front,
        roll=roll.to_json(),
        look=letter.look,
        digest=digest,
        journal_head=chaining.head(),
        record=record,
        as_of=as_of,
        frozen_by=by,
    )
    _ask_for_documents(edition, addressee.keep(edition))
    return edition


def _date(letter: Letter, dated: Dated) -> bool:
    """Whether it is another place or date than before; which stands in the edition."""
    was = {name: getattr(letter, name) for name in dated}
    for name, value in dated.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(dated))
    return was != dated


def _roll(letter: Letter, revision: Revision, as_of: datetime) -> Roll:
    roll = letter.roll(revision.authentic["language"], as_of)
    before = letter.editions.light().order_by("-number")[:1]
    return replace(roll, departures=tuple(letter.signatories.withdrawn_since_frozen(before)))


def _ask_for_documents(edition: Edition, names: AddresseeNames | None) -> None:
    """In each language; the public ones first, so that nobody waits for those of the addressee."""
    variants = [Rendering.Variant.PUBLIC, *([Rendering.Variant.ADDRESSEE] if names else [])]
    Rendering.objects.bulk_create(
        Rendering(edition=edition, language=text["language"], variant=variant)
        for variant in variants
        for text in edition.revision.texts
    )
    nudge.on_commit(editions.TASK)


def _digest(revision: str, front: dict[str, Any], roll: Roll) -> str:
    """SHA-256 over revision, front matter and roll; it names the edition whatever its documents look like."""
    parts = {"form": "undersigned-edition-1", "revision": revision, "front": front, "roll": roll.to_json()}
    return hashlib.sha256(
        json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()
