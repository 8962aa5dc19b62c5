"""Copies as Word files, for those who go on working on paper: a draft, the text for a board's decision, an edition."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from django.core.cache import cache

from letters import docx
from letters.document import Document, Roll
from letters.models import Edition, Letter, Revision
from letters.services import editions, translating

KEPT = 24 * 3600  # seconds


def draft_copy(letter: Letter, as_of: datetime, language: str = "") -> bytes:
    """What is written now in one language, or the authentic text, marked DRAFT; as the preview has it."""
    return docx.write(editions.previewed(letter, as_of, language))


def board_copy(letter: Letter, language: str = "") -> bytes:
    """The text in force, with the digest that names it and without the roll: what a board decides on is the text.

    Anyone may ask for it, so it is written once for all.
    """
    document = in_force(letter, language)
    key = key_of(document)
    if (kept := cache.get(key)) is None:
        kept = docx.write(document)
        cache.set(key, kept, KEPT)
    return bytes(kept)


def in_force(letter: Letter, language: str = "") -> Document:
    """The text in force in one language, or the authentic one, with nobody's name under it."""
    return text_of(letter.revisions.select_related("letter__campaign").latest("number"), language)


def text_of(revision: Revision, language: str) -> Document:
    """A revision in one of its languages, or the authentic one, with nobody's name under it."""
    letter, text = revision.letter, revision.text_in(language)
    nobody = Roll((), organizations=0, countries=0, withheld=0, as_of=revision.created_at)
    return replace(
        editions.assemble(letter, text, revision.recipients, editions.front_matter(letter), nobody),
        digest=revision.digest,
        draft=False,
        is_behind=not text["is_authentic"] and translating.revision_is_behind(revision, text["language"]),
        authentic_language="" if text["is_authentic"] else revision.authentic["language"],
    )


def key_of(document: Document) -> str:
    """Names everything that is written, in the cache."""
    return f"docx:{hashlib.sha256(repr(document).encode()).hexdigest()}"


def edition_copy(edition: Edition, language: str) -> bytes:
    """An edition in one of its languages, with its roll as it was frozen."""
    return docx.write(editions.printed(edition, language))
