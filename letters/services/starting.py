"""Starting a letter from what people have: a text that was pasted, or an earlier letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from campaigns.models import Campaign, JournalEntry, User
from letters.editor import LONGEST
from letters.intake import Found
from letters.models import Letter, PastedRoll, Recipient, Revision, Text
from letters.services import drafting, revisions, working
from letters.services.working import Working

MOST_RECIPIENTS = 60  # as on the writing page
TWICE = timedelta(minutes=1)
ON_TEXT = ("title", "headline", "re_line", "salutation", "closing")
ON_RECIPIENT = ("honorific", "name", "office", "organization", "address", "email")


class TitleMissing(Exception):
    """A letter has a title from its first day."""


class TooLong(Exception):
    """Some part holds more than it can; `parts` is what `too_long` says."""

    def __init__(self, parts: list[tuple[str, int]]) -> None:
        super().__init__(", ".join(f"{part}: more than {limit}" for part, limit in parts))
        self.parts = parts


@transaction.atomic
def start_from(campaign: Campaign, found: Found, *, by: User) -> Letter:
    """A new draft of what was recognized, kept as its first revision; the list of signatories is laid aside, unread.

    Raises TitleMissing and TooLong. Pressed twice, the button makes one letter.
    """
    if not found.title.strip():
        raise TitleMissing
    if parts := too_long(found):
        raise TooLong(parts)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    words = _of(found)
    if twin := _just_started(campaign, words, by):
        return twin
    letter = _begun(campaign, words, by)
    if found.signatories:
        PastedRoll.objects.create(letter=letter, lines="\n".join(found.signatories))
    counts = {"recipients": len(found.recipients), "names": len(found.signatories)}
    JournalEntry.objects.record("brought_in", letter, by=by, **counts)
    return letter


@transaction.atomic
def start_like(earlier: Letter, campaign: Campaign, *, keep_recipients: bool, by: User, title: str = "") -> Letter:
    """A new draft with the texts of an earlier letter in all its languages, and its place.

    The salutation greets the recipients and comes along with them only; signatories, dates and the address never do.
    Of an open letter it is what is in force, not an amendment in preparation. Pressed twice, the button makes one
    letter.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    revision = None if earlier.is_draft else earlier.revision
    words = working.of_revision(revision) if revision else working.read(earlier)
    words.front = {"place": earlier.place, "date": "", "date_precision": str(Letter.DatePrecision.DAY)}
    words.authentic["title"] = title or words.authentic["title"]
    if not keep_recipients:
        words.recipients = []
        words.texts = [_without_salutation(text) for text in words.texts]
    if twin := _just_started(campaign, words, by):
        return twin
    letter = _begun(campaign, words, by)
    JournalEntry.objects.record("began_like", letter, by=by, letter=earlier.pk, keeps_recipients=keep_recipients)
    return letter


@transaction.atomic
def discard_pasted_roll(letter: Letter, *, by: User) -> None:
    """Throw away the list that came with a pasted letter."""
    letter = Letter.objects.locked(letter.pk)
    if PastedRoll.objects.filter(letter=letter).delete()[0]:
        JournalEntry.objects.record("discarded_list", letter, by=by)


def too_long(found: Found) -> list[tuple[str, int]]:
    """The parts, by the names of their roles, that hold more than a letter can store; each with its limit.

    The limits are characters, of "recipients" persons.
    """
    roles = {"re_line": "re"}
    parts = [(roles.get(name, name), getattr(found, name), _limit(Text, name)) for name in ON_TEXT]
    parts += [("dateline", found.place, _limit(Letter, "place")), ("body", found.body, LONGEST)]
    parts += [(one["line"], one[name], _limit(Recipient, name)) for one in found.recipients for name in ON_RECIPIENT]
    over = [(part, limit) for part, words, limit in parts if len(words) > limit]
    many = [("recipients", MOST_RECIPIENTS)] if len(found.recipients) > MOST_RECIPIENTS else []
    return [*dict.fromkeys(over), *many]


def _limit(model: type[models.Model], name: str) -> int:
    return int(getattr(model._meta.get_field(name), "max_length", 0))


def _of(found: Found) -> Working:
    text: dict[str, Any] = {"language": found.language, "is_authentic": True, "body": found.body, "sources": {}}
    text |= {name: getattr(found, name) for name in ON_TEXT}
    front = {
        "place": found.place,
        "date": found.date.isoformat() if found.date else "",
        "date_precision": found.date_precision,
    }
    recipients = sorted(found.recipients, key=lambda one: one["line"] != Recipient.Line.TO)
    return Working([text], [dict(one) for one in recipients], front)


def _without_salutation(text: dict[str, Any]) -> dict[str, Any]:
    return text | {"salutation": "", "sources": {key: at for key, at in text["sources"].items() if key != "salutation"}}


def _begun(campaign: Campaign, words: Working, by: User) -> Letter:
    authentic = words.authentic
    letter = drafting.create_letter(campaign, title=authentic["title"], language=authentic["language"], by=by)
    working.write(letter, words, by=by)
    revisions.keep(letter, by=by, cause=Revision.Cause.IMPORTED)
    return letter


def _just_started(campaign: Campaign, words: Working, by: User) -> Letter | None:
    """The letter that the first press of the button has made, if nobody has written on it since."""
    now = timezone.now()
    recent = campaign.letters.filter(saved_by=by, created_at__gt=now - TWICE, revisions__cause=Revision.Cause.IMPORTED)
    wanted = words.fingerprint()
    return next((letter for letter in recent if working.read(letter).fingerprint() == wanted), None)
