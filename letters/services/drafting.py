"""Writing a draft. Two people may write at once: the second to save is shown what the first one wrote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from campaigns.lifecycle import ForbiddenMove
from campaigns.models import Campaign, JournalEntry, User
from letters.changes import merging
from letters.models import Letter, Text
from letters.services import revisions, working

ON_FRONT = ("place", "date", "date_precision")
ON_TEXT = ("language", "title", "headline", "re_line", "salutation", "body", "closing")
ON_RECIPIENT = working.ON_RECIPIENT
MOST_UNITS = 2_000  # of a body that is merged paragraph by paragraph, 8 characters of the fingerprint each


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
        return _sealed(self.digests(), self.units())

    def units(self) -> str:
        """Digests of the body's paragraphs, one after the other."""
        found = merging.unit_digests(self.body)
        return "".join(found) if len(found) <= MOST_UNITS else ""

    def taking(self, parts: Sequence[str], other: Draft) -> Draft:
        """This draft with some parts of another."""
        return replace(self, **{part: getattr(other, part) for part in parts})


PARTS = tuple(part.name for part in fields(Draft))


class LanguageTaken(Exception):
    """There is a courtesy text in the language that was chosen for the authentic one."""


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
    """The authentic text and what stands around it, as they are saved now."""
    return _drafted(working.read(letter))


def _drafted(words: working.Working) -> Draft:
    day = words.front["date"]
    return Draft(
        place=words.front["place"],
        date=date.fromisoformat(day) if day else None,
        date_precision=words.front["date_precision"],
        **{name: words.authentic[name] for name in ON_TEXT},
        recipients=tuple(words.recipients),
    )


@transaction.atomic
def save_draft(letter: Letter, draft: Draft, *, base: str, by: User, taking: Sequence[str] = ()) -> int:
    """Save what was changed since `base`, the fingerprint of what was on the screen; return the letter's version.

    Parts we left alone stay as others have saved them, and so do the parts named in `taking`, where somebody who saw
    both preferred theirs. A body in which others have changed other paragraphs gets the changes of both. Raises
    Conflict if a part has been changed by others and by us, unless alike, or if theirs is no longer the one that was
    preferred; LanguageTaken; and NotDraft once the letter is open and prepares no amendment.
    """
    letter = Letter.objects.locked(letter.pk)
    words = working.read(letter)
    if not letter.is_written:
        raise working.NotDraft
    saved = _drafted(words)
    seen, seen_units = _seen(base)
    ours, theirs = draft.digests(), saved.digests()
    elsewhere = [part for part in PARTS if theirs[part] not in (ours[part], seen.get(part))]
    both = [part for part in elsewhere if ours[part] != seen.get(part)]
    merged = _merged(seen_units, draft, saved) if "body" in both and "body" not in taking else None
    both = [part for part in both if part != "body" or merged is None]
    if both:
        shown = {part: theirs[part] if part in both else seen.get(part, theirs[part]) for part in PARTS}
        units = saved.units() if shown["body"] == theirs["body"] else "".join(seen_units)
        raise Conflict(letter, saved, both, _sealed(shown, units))
    changed = [part for part in PARTS if part not in taking and ours[part] not in (theirs[part], seen.get(part))]
    if changed:
        written = saved.taking(changed, draft if merged is None else replace(draft, body=merged))
        working.write(letter, _taken(words, written), by=by)
    return letter.version


@transaction.atomic
def keep_draft(
    letter: Letter, draft: Draft, *, base: str, by: User, taking: Sequence[str] = (), name: str = ""
) -> None:
    """Save as save_draft does; and keep what a draft is now as a revision, called `name` if there is one.

    An amendment becomes a revision when it is made.
    """
    save_draft(letter, draft, base=base, by=by, taking=taking)
    if Letter.objects.get(pk=letter.pk).is_draft:
        revisions.keep(letter, by=by, name=name)


def _merged(seen_units: Sequence[str], draft: Draft, saved: Draft) -> str | None:
    """The body with both sides' changes, if it is known what both began from and they changed different paragraphs."""
    return merging.merged_by_digests(seen_units, draft.body, saved.body) if seen_units else None


def _taken(words: working.Working, draft: Draft) -> working.Working:
    """The whole with the authentic text and what stands around it as the draft has them."""
    authentic = words.authentic | {name: getattr(draft, name) for name in ON_TEXT}
    others = [text for text in words.texts if not text["is_authentic"]]
    if any(text["language"] == draft.language for text in others):
        raise LanguageTaken(draft.language)
    day = draft.date.isoformat() if draft.date else ""
    around = {"place": draft.place, "date": day, "date_precision": str(draft.date_precision)}
    return working.Working([authentic, *others], list(draft.recipients), around)


def _sealed(digests: dict[str, str], units: str) -> str:
    """A fingerprint: the digest of each part, and of each paragraph of the body."""
    return ".".join(digests.values()) + f"~{units}"


def _seen(base: str) -> tuple[dict[str, str], list[str]]:
    """The digests in a fingerprint; none in one we cannot read, so that everything counts as changed."""
    parts, _tilde, units = base.partition("~")
    digests = parts.split(".")
    if len(digests) != len(PARTS):
        return {}, []
    return dict(zip(PARTS, digests, strict=True)), [units[at : at + 8] for at in range(0, len(units), 8)]


def in_brief(fingerprint: str) -> str:
    """Enough of a fingerprint to know it again; see static/js/autosave.js."""
    return fingerprint.partition("~")[0]


@transaction.atomic
def set_timetable(letter: Letter, *, slug: str, by: User, **times: Any) -> None:
    """Set `closes_at` and `zone`, and before opening `opens_at` and the public address.

    Raises ForbiddenMove for a letter that is closed or past its closing instant, noted or not: it is opened again with
    a reason, not by a later time. So it does for a closing that cuts short the time to answer an amendment.
    """
    letter = Letter.objects.locked(letter.pk)
    if letter.is_over:
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    if "closes_at" in times and letter.answers_cut_short(times["closes_at"]):
        raise ForbiddenMove(f"letter {letter.pk} takes answers to an amendment for longer")
    if letter.is_draft:
        letter.slug = slug
    else:
        times.pop("opens_at", None)
        times |= letter.move_closing(times["closes_at"]) if "closes_at" in times else {}
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
