"""Documents as the typesetter wants them: of editions, and of what is written now."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from letters import dates, pdf
from letters.document import Addressee, Document, Look, Roll
from letters.models import Edition, Letter
from letters.services import arranging, translating, working

TASK = "letters.tasks.render_due"
PREVIEWED = 200  # names printed in a preview, which somebody waits for
PREVIEW_SECONDS = 30
_previewing = threading.BoundedSemaphore(2)  # in one process: previews must not take all its threads


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
        pictures=arranging.pictures_of(edition.letter, edition.printed_look),
        seal=edition.digest,
        journal_head=edition.journal_head,
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
        pictures=arranging.pictures_of(letter, letter.printed_look),
    )


def preview(letter: Letter, as_of: datetime, language: str = "") -> bytes:
    """What is written now in one language, or the authentic text, as a PDF marked DRAFT."""
    return set_soon(previewed(letter, as_of, language))


def set_soon(document: Document) -> bytes:
    """The PDF, for somebody who waits. Raises RenderingFailed also while too many do."""
    with a_turn():
        return pdf.render(document, seconds=PREVIEW_SECONDS)


@contextmanager
def a_turn() -> Iterator[None]:
    """In which something is set for somebody who waits. Raises RenderingFailed while too many do."""
    if not _previewing.acquire(blocking=False):
        raise pdf.RenderingFailed(_("another preview is being set; try again in a moment"))
    try:
        yield
    finally:
        _previewing.release()


def previewed_in(letter: Letter, as_of: datetime, look: Look) -> Document:
    """The authentic text as it is written now, in a look that is being tried: with the first names of the roll, or, as
    long as there are none, with examples."""
    document = previewed(letter, as_of)
    roll = letter.roll(document.language, as_of)
    if not roll.printed:
        roll = letter.signatories.example_roll(document.language, as_of, letter.arrangement)
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
