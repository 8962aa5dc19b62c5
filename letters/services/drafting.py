"""Writing a draft. Two people may write at once: the second to save is shown what the first one wrote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from campaigns.lifecycle import ForbiddenMove
from campaigns.models import Campaign, JournalEntry, User
from letters.models import Letter, Recipient, Text

DRAFTS = (Letter.Status.DRAFT, Letter.Status.CONSULTATION)
ON_LETTER = ("place", "date", "date_precision")
ON_TEXT = ("language", "title", "headline", "re_line", "salutation", "body", "closing")
ON_RECIPIENT = ("line", "honorific", "name", "office", "organization", "address", "email")


class NotDraft(Exception):
    """What is open has been signed: it does not change by saving."""


@dataclass(frozen=True)
class Draft:
    """Everything the writing page holds. `recipients` are dicts with the keys of ON_RECIPIENT, in order."""

    place: str
    date: date | None
    date_precision: str
    language: str
    title: str
    headline: str
    re_line: str
    salutation: str
    body: str
    closing: str
    recipients: tuple[dict[str, str], ...]

    def digests(self) -> dict[str, str]:
        """A short digest of each part; two drafts agree in a part if these do."""
        parts = {part.name: json.dumps(getattr(self, part.name), default=str, sort_keys=True) for part in fields(self)}
        return {name: hashlib.sha256(words.encode()).hexdigest()[:12] for name, words in parts.items()}

    def fingerprint(self) -> str:
        """For the page that shows this draft: sent along with what becomes of it, it tells who has changed what."""
        return ".".join(self.digests().values())

    def taking(self, parts: Sequence[str], other: Draft) -> Draft:
        """This draft with some parts of another."""
        return replace(self, **{part: getattr(other, part) for part in parts})


PARTS = tuple(part.name for part in fields(Draft))


class Conflict(Exception):
    """Somebody has changed since what we changed too. `theirs` is how it stands, `parts` are those to choose between.

    `base` goes with the answer of someone who has been shown both.
    """

    def __init__(self, letter: Letter, theirs: Draft, parts: list[str], base: str) -> None:
        super().__init__(f"letter {letter.pk} is at version {letter.version}")
        self.letter, self.theirs, self.parts, self.base = letter, theirs, parts, base


@transaction.atomic
def create_letter(campaign: Campaign, *, title: str, language: str, by: User) -> Letter:
    """A new draft with an empty authentic text."""
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two at once would find the same address free
    letter = Letter.objects.create(campaign=campaign, slug=_free_slug(title), saved_by=by, zone=_usual_zone(campaign))
    Text.objects.create(letter=letter, language=language, title=title)
    JournalEntry.objects.record("drafted", letter, by=by)
    return letter


def current(letter: Letter) -> Draft:
    """The draft as it is saved now."""
    text = letter.texts.get(is_authentic=True)
    return Draft(
        **{name: getattr(letter, name) for name in ON_LETTER},
        **{name: getattr(text, name) for name in ON_TEXT},
        recipients=tuple(letter.recipients.values(*ON_RECIPIENT)),
    )


@transaction.atomic
def save_draft(letter: Letter, draft: Draft, *, base: str, by: User, taking: Sequence[str] = ()) -> int:
    """Save what was changed since `base`, the fingerprint of what was on the screen; return the letter's version.

    Parts we left alone stay as others have saved them, and so do the parts named in `taking`, where somebody who saw
    both preferred theirs. Raises Conflict if a part has been changed by others and by us, unless alike, or if theirs
    is no longer the one that was preferred; and NotDraft once the letter is open.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.status not in DRAFTS:
        raise NotDraft
    saved = current(letter)
    seen = _seen(base)
    ours, theirs = draft.digests(), saved.digests()
    elsewhere = [part for part in PARTS if theirs[part] not in (ours[part], seen.get(part))]
    both = [part for part in elsewhere if ours[part] != seen.get(part)]
    if both:
        shown = {part: theirs[part] if part in both else seen.get(part, theirs[part]) for part in PARTS}
        raise Conflict(letter, saved, both, ".".join(shown.values()))
    changed = [part for part in PARTS if part not in taking and ours[part] not in (theirs[part], seen.get(part))]
    if changed:
        _write(letter, saved.taking(changed, draft), changed, by)
    return letter.version


def _seen(base: str) -> dict[str, str]:
    """The digests in a fingerprint; none in one we cannot read, so that everything counts as changed."""
    digests = base.split(".")
    return dict(zip(PARTS, digests, strict=True)) if len(digests) == len(PARTS) else {}


def _write(letter: Letter, draft: Draft, changed: list[str], by: User) -> None:
    letter.version += 1
    letter.saved_by, letter.saved_at = by, timezone.now()
    for name in ON_LETTER:
        setattr(letter, name, getattr(draft, name))
    letter.save(update_fields=["version", "saved_by", "saved_at", *ON_LETTER])
    letter.texts.filter(is_authentic=True).update(**{name: getattr(draft, name) for name in ON_TEXT})
    if "recipients" in changed:
        letter.recipients.all().delete()
        Recipient.objects.bulk_create(
            Recipient(letter=letter, position=position, **one) for position, one in enumerate(draft.recipients)
        )


@transaction.atomic
def set_timetable(letter: Letter, *, slug: str, by: User, **times: Any) -> None:
    """Set `closes_at` and `zone`, and before opening `opens_at` and the public address.

    Raises ForbiddenMove for a letter that is closed or past its closing instant, noted or not: it is opened again with
    a reason, not by a later time.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.is_over:
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    if letter.is_draft:
        letter.slug = slug
    else:
        times.pop("opens_at", None)
    for name, value in times.items():
        setattr(letter, name, value)
    letter.save(update_fields=["slug", *times])
    JournalEntry.objects.record("timetabled", letter, by=by, **times)


def as_initial(draft: Draft) -> dict[str, Any]:
    """For filling in a form."""
    return {name: value for name, value in asdict(draft).items() if name != "recipients"}


def _free_slug(title: str) -> str:
    """From the title, numbered if it is taken; titles in other scripts than Latin become "letter"."""
    base = slugify(title)[:60].strip("-") or "letter"
    taken = set(Letter.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | {"new"}
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def _usual_zone(campaign: Campaign) -> str:
    return campaign.letters.values_list("zone", flat=True).order_by("-created_at").first() or "UTC"
