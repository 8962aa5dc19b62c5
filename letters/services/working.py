"""Where a letter's words are written: in the rows of a draft, or in the amendment that an open letter prepares.

Both hold the same: what is signed, in the form of a revision, and what stands around it. Whoever changes it has locked
the letter.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.models import User
from letters.models import AmendmentDraft, Letter, Recipient, Revision, Text

DRAFTS = (Letter.Status.DRAFT, Letter.Status.CONSULTATION)
SIGNED = ("language", "is_authentic", "title", "headline", "re_line", "salutation", "body", "closing")
ON_TEXT = (*SIGNED, "sources")
ON_RECIPIENT = ("line", "honorific", "name", "office", "organization", "address", "email")


class ChangedSince(Exception):
    """The draft is no longer the one that was on the screen: look again before you decide."""


class NotDraft(Exception):
    """What is open has been signed: it does not change by saving."""


@dataclass
class Working:
    """`texts` have the keys of ON_TEXT, the authentic one first; `recipients` those of ON_RECIPIENT, in order.

    `front` is {place, date (ISO, or ""), date_precision}.
    """

    texts: list[dict[str, Any]]
    recipients: list[dict[str, str]]
    front: dict[str, str]

    @property
    def authentic(self) -> dict[str, Any]:
        return next(text for text in self.texts if text["is_authentic"])

    def text_in(self, language: str) -> dict[str, Any] | None:
        return next((text for text in self.texts if text["language"] == language), None)

    @property
    def snapshot(self) -> dict[str, Any]:
        """What is signed, with the keys of a revision: {texts, recipients}."""
        return {"texts": [{key: text[key] for key in SIGNED} for text in self.texts], "recipients": self.recipients}

    def fingerprint(self) -> str:
        """Of everything: whether it is still what was on somebody's screen."""
        held = json.dumps([self.texts, self.recipients, self.front], sort_keys=True)
        return hashlib.sha256(held.encode()).hexdigest()[:32]


def read(letter: Letter) -> Working:
    """As it is saved now: of an open letter the amendment in preparation, if there is one, or else what is in force."""
    is_open = letter.status == Letter.Status.OPEN  # of a closed one nothing can be in preparation any more
    prepared = AmendmentDraft.objects.filter(letter=letter).first() if is_open else None
    if prepared:
        return Working(_ordered(prepared.texts), prepared.recipients, prepared.front)
    texts = [dict(text) for text in letter.texts.values(*ON_TEXT)]
    return Working(_ordered(texts), [dict(one) for one in letter.recipients.values(*ON_RECIPIENT)], front(letter))


def front(letter: Letter) -> dict[str, str]:
    return {
        "place": letter.place,
        "date": letter.date.isoformat() if letter.date else "",
        "date_precision": str(letter.date_precision),
    }


def write(letter: Letter, working: Working, *, by: User) -> None:
    """Save it where it belongs. Raises NotDraft for an open letter that prepares no amendment."""
    if letter.is_draft:
        put_in_force(letter, working)
    else:
        prepared = AmendmentDraft.objects.filter(letter=letter) if letter.status == Letter.Status.OPEN else None
        held = {"texts": working.texts, "recipients": working.recipients, "front": working.front}
        if not prepared or not prepared.update(**held):
            raise NotDraft
    letter.version += 1
    letter.saved_by, letter.saved_at = by, timezone.now()
    letter.save(update_fields=["version", "saved_by", "saved_at"])


def put_in_force(letter: Letter, working: Working) -> None:
    """Make the letter's own rows say this."""
    day = working.front["date"]
    letter.place, letter.date_precision = working.front["place"], working.front["date_precision"]
    letter.date = date.fromisoformat(day) if day else None
    letter.save(update_fields=["place", "date", "date_precision"])
    languages = [text["language"] for text in working.texts]
    letter.texts.exclude(language__in=languages).delete()
    letter.texts.update(is_authentic=False)  # there is never more than one
    for text in working.texts:
        Text.objects.update_or_create(letter=letter, language=text["language"], defaults=text)
    if working.recipients != [dict(one) for one in letter.recipients.values(*ON_RECIPIENT)]:
        letter.recipients.all().delete()
        Recipient.objects.bulk_create(
            Recipient(letter=letter, position=position, **one) for position, one in enumerate(working.recipients)
        )


def of_revision(revision: Revision) -> Working:
    """What a revision holds, to be written on from there."""
    sources = revision.front.get("sources", {})
    texts = [{**text, "sources": sources.get(text["language"], {})} for text in revision.texts]
    kept = front(revision.letter)  # of the oldest revisions, which do not hold it; nothing changed it since
    kept |= {name: revision.front[name] for name in kept if name in revision.front}
    return Working(_ordered(texts), [dict(one) for one in revision.recipients], kept)


def _ordered(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(texts, key=lambda text: (not text["is_authentic"], text["language"]))
