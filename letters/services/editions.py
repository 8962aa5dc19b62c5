"""Freezing letter and roll into an edition, and setting its documents."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import nudge
from campaigns.models import JournalEntry, User
from letters import dates, pdf
from letters.document import Addressee, Arrangement, Document, Look, Roll
from letters.models import Edition, Letter, Rendering
from letters.services import translating, working

TASK = "letters.tasks.render_due"
PREVIEWED = 200  # names printed in a preview, which somebody waits for
PREVIEW_SECONDS = 30
_previewing = threading.BoundedSemaphore(2)  # in one process: previews must not take all its threads


class AlreadyFrozen(Exception):
    """There is a newer edition than the one we knew of: a second click, or somebody was faster."""


class NotClosed(Exception):
    """Only a closed letter can be frozen: its roll has to stand still."""


@transaction.atomic
def freeze(letter: Letter, *, by: User, after: int | None = None) -> Edition:
    """Take the revision in force and the roll as they stand, under the letter's lock, as the next edition.

    With `after`, the newest edition's number as we know it (0 for none), raises AlreadyFrozen if there is a newer one.
    """
    letter = Letter.objects.locked(letter.pk)
    if letter.status != Letter.Status.CLOSED:
        raise NotClosed
    newest = letter.editions.aggregate(last=Max("number"))["last"] or 0
    if after is not None and newest > after:
        raise AlreadyFrozen
    revision = letter.revisions.latest("number")  # opened letters have one
    authentic = next(text for text in revision.texts if text["is_authentic"])
    as_of = timezone.now()
    roll = letter.roll(authentic["language"], as_of)
    roll = replace(roll, departures=tuple(letter.signatories.withdrawn_since_frozen()))
    front = front_matter(letter)
    edition = Edition.objects.create(
        letter=letter,
        number=newest + 1,
        revision=revision,
        front=front,
        roll=roll.to_json(),
        look=letter.look,
        digest=_digest(revision.digest, front, roll),
        as_of=as_of,
        frozen_by=by,
    )
    Rendering.objects.bulk_create(Rendering(edition=edition, language=text["language"]) for text in revision.texts)
    JournalEntry.objects.record("frozen", letter, by=by, edition=edition.number, digest=edition.digest)
    nudge.on_commit(TASK)
    return edition


def printed(edition: Edition, language: str) -> Document:
    """The edition in one of its languages, as the typesetter wants it."""
    revision, roll = edition.revision, edition.printed_roll
    text = next(text for text in revision.texts if text["language"] == language)
    authentic = "" if text["is_authentic"] else revision.authentic["language"]
    if authentic:
        roll = edition.letter.signatories.told_in(language, roll)
    draft = assemble(edition.letter, text, revision.recipients, edition.front, roll)
    return replace(
        draft,
        edition=edition.number,
        digest=revision.digest,
        draft=False,
        look=edition.printed_look,
        authentic_language=authentic,
        is_behind=translating.is_behind(working.of_revision(revision), language),
    )


def assemble(
    letter: Letter, text: dict[str, Any], recipients: list[dict[str, Any]], front: dict[str, Any], roll: Roll
) -> Document:
    """A document from text and recipients as a revision stores them, front matter and roll; a draft until numbered."""
    day = date.fromisoformat(front["date"]) if front["date"] else None
    return Document(
        language=text["language"],
        letterhead=front["letterhead"],
        title=text["title"],
        re_line=text["re_line"],
        place=front["place"],
        date=dates.in_words(day, front["date_precision"], text["language"]),
        recipients=tuple(
            Addressee(*(one[part] for part in ("line", "honorific", "name", "office", "organization", "address")))
            for one in recipients
        ),
        salutation=text["salutation"],
        body=text["body"],
        closing=text["closing"],
        roll=roll,
        edition=0,
        digest="",
        url=settings.SITE_URL + letter.get_absolute_url(),
        draft=True,
        look=letter.printed_look,
    )


def preview(letter: Letter, as_of: datetime, language: str = "") -> bytes:
    """What is written now in one language, or the authentic text, as a PDF marked DRAFT."""
    return set_soon(previewed(letter, as_of, language))


def set_soon(document: Document) -> bytes:
    """The PDF, for somebody who waits. Raises RenderingFailed also while too many do."""
    if not _previewing.acquire(blocking=False):
        raise pdf.RenderingFailed(_("another preview is being set; try again in a moment"))
    try:
        return pdf.render(document, seconds=PREVIEW_SECONDS)
    finally:
        _previewing.release()


def previewed_in(letter: Letter, as_of: datetime, arrangement: Arrangement, look: Look) -> Document:
    """The authentic text as it is written now, in a look that is being tried: with the first names of the roll, or, as
    long as there are none, with examples."""
    document = previewed(letter, as_of)
    roll = letter.signatories.roll(document.language, as_of, arrangement)
    if not roll.printed:
        roll = letter.signatories.example_roll(document.language, as_of, arrangement)
    return replace(document, roll=roll.cut(PREVIEWED), look=look)


def previewed(letter: Letter, as_of: datetime, language: str = "") -> Document:
    """What is written now, as the typesetter wants it; of an open letter the amendment in preparation, if there is one.

    A long roll is counted, not printed.
    """
    words = working.read(letter)
    text = words.text_in(language) or words.authentic
    roll = letter.roll(text["language"], as_of)
    if roll.printed > PREVIEWED:
        roll = replace(roll, groups=(), individuals=())
    document = assemble(letter, text, words.recipients, front_matter(letter) | words.front, roll)
    return replace(
        document,
        authentic_language="" if text["is_authentic"] else words.authentic["language"],
        is_behind=translating.is_behind(words, text["language"]),
    )


def front_matter(letter: Letter) -> dict[str, Any]:
    """What stands around the signed text."""
    return {"letterhead": letter.campaign.name, **working.front(letter)}


def _digest(revision: str, front: dict[str, Any], roll: Roll) -> str:
    """SHA-256 over revision, front matter and roll; it names the edition whatever its documents look like."""
    parts = {"form": "undersigned-edition-1", "revision": revision, "front": front, "roll": roll.to_json()}
    return hashlib.sha256(
        json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()
