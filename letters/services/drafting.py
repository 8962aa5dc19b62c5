"""Writing a draft. Two people may write at once: the second to save is shown what the first one wrote."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

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

    def differing(self, other: Draft) -> list[str]:
        """Names of the parts in which two drafts differ."""
        return [part.name for part in fields(self) if getattr(self, part.name) != getattr(other, part.name)]

    def taking(self, parts: list[str], other: Draft) -> Draft:
        """This draft with some parts of another."""
        return replace(self, **{part: getattr(other, part) for part in parts})


class Conflict(Exception):
    """Somebody has saved since. `theirs` is how it stands, `parts` what they changed that differs from ours."""

    def __init__(self, letter: Letter, theirs: Draft, parts: list[str]) -> None:
        super().__init__(f"letter {letter.pk} is at version {letter.version}")
        self.letter, self.theirs, self.parts = letter, theirs, parts


@transaction.atomic
def create_letter(campaign: Campaign, *, title: str, language: str, by: User) -> Letter:
    """A new draft with an empty authentic text."""
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
def save_draft(letter: Letter, draft: Draft, *, version: int, by: User) -> int:
    """Save over `version`, the one that was on the screen; return the new version.

    Raises Conflict if somebody has changed other parts than we sent since, and NotDraft once the letter is open. What
    they changed and we send alike is no conflict.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.status not in DRAFTS:
        raise NotDraft
    saved = current(letter)
    changed = draft.differing(saved)
    theirs = [part for part in changed if letter.part_versions.get(part, 0) > version]
    if theirs:
        raise Conflict(letter, saved, theirs)
    if changed:
        _write(letter, draft, changed, by)
    return letter.version


def _write(letter: Letter, draft: Draft, changed: list[str], by: User) -> None:
    letter.version += 1
    letter.part_versions |= dict.fromkeys(changed, letter.version)
    letter.saved_by, letter.saved_at = by, timezone.now()
    for name in ON_LETTER:
        setattr(letter, name, getattr(draft, name))
    letter.save(update_fields=["version", "part_versions", "saved_by", "saved_at", *ON_LETTER])
    letter.texts.filter(is_authentic=True).update(**{name: getattr(draft, name) for name in ON_TEXT})
    if "recipients" in changed:
        letter.recipients.all().delete()
        Recipient.objects.bulk_create(
            Recipient(letter=letter, position=position, **one) for position, one in enumerate(draft.recipients)
        )


@transaction.atomic
def set_timetable(letter: Letter, *, slug: str, by: User, **times: Any) -> None:
    """Set `opens_at`, `closes_at` and `zone`, and before opening the public address."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.status in DRAFTS:
        letter.slug = slug
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
