"""Publishing an edition: prepared, released, out at its instant, and taken back if need be."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext

from campaigns import nudge
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, User
from letters.models import Card, Edition, Letter, Publication
from letters.pdf import typesetting
from letters.services import static_copies
from letters.services.working import ChangedSince

PARTS = ("headline", "document_line", "lead", "note")
TELLS = "signatories.tasks.tell_news"  # by its name alone: who signs stands above what is signed

logger = logging.getLogger(__name__)


class DocumentsMissing(Exception):
    """A public document of the edition is not set: what is published comes with its PDF."""


class AlreadyPrepared(Exception):
    """The letter has a publication that is not out yet; there is one at a time."""


class SecondPersonNeeded(Exception):
    """Somebody else than who prepared it has to release it."""


class InstantPassed(Exception):
    """What has come out cannot be called back any more; it can be taken back."""


@dataclass(frozen=True)
class Plan:
    """What is said around the signed text, and when it comes out: `words` is {language: {part: words}} with PARTS, and
    `comes_at` None for as soon as it is released.
    """

    words: dict[str, dict[str, str]]
    shows_salutation: bool
    shows_closing: bool
    tells_signatories: bool
    comes_at: datetime | None


def prepare(edition: Edition, plan: Plan, *, by: User) -> Publication:
    """Write down how an edition is to be published. Raises DocumentsMissing and AlreadyPrepared."""
    with transaction.atomic():
        letter = Letter.objects.locked(edition.letter_id)
        if not is_set(edition):
            raise DocumentsMissing
        if letter.publications.pending().exists():
            raise AlreadyPrepared
        publication = Publication.objects.create(
            letter=letter,
            edition=edition,
            **asdict(plan),
            needs_second=letter.campaign.needs_two_to_release,
            prepared_by=by,
        )
        _note("prepared", publication, by)
    return publication


def change(publication: Publication, edition: Edition, plan: Plan, *, by: User, seen: str) -> None:
    """Say it otherwise, as long as it is not released; who does so has prepared it. Raises ChangedSince if it is not
    what was on the screen, and DocumentsMissing."""
    with transaction.atomic():
        publication = _locked(publication)
        if publication.status != Publication.Status.PREPARED:
            raise ForbiddenMove(f"publication {publication.pk} is {publication.status}")
        if fingerprint(publication) != seen:
            raise ChangedSince
        if not is_set(edition):
            raise DocumentsMissing
        publication.edition = edition
        for name, value in asdict(plan).items():
            setattr(publication, name, value)
        if fingerprint(publication) == seen:
            return
        publication.prepared_at, publication.prepared_by = timezone.now(), by
        publication.needs_second = publication.letter.campaign.needs_two_to_release
        publication.save(update_fields=["edition", *asdict(plan), "prepared_at", "prepared_by", "needs_second"])
        _note("changed", publication, by)


@transaction.atomic
def release(publication: Publication, *, by: User, seen: str) -> Publication:
    """Let it come out: at its instant, or now if it has none or that has passed.

    Raises ChangedSince if it is not what was looked at, and SecondPersonNeeded.
    """
    publication = _locked(publication)
    if publication.status != Publication.Status.PREPARED:
        raise ForbiddenMove(f"publication {publication.pk} is {publication.status}")
    if fingerprint(publication) != seen:
        raise ChangedSince
    if needs_other(publication, by):
        raise SecondPersonNeeded
    needs_second = publication.needs_second or publication.letter.campaign.needs_two_to_release
    now = timezone.now()
    facts = {"comes_at": publication.comes_at or now, "released_at": now, "needs_second": needs_second}
    publication.move_to(Publication.Status.SCHEDULED, by=by, released_by=by, **facts)
    if publication.comes_at and publication.comes_at <= now:
        _come_out(publication, now)
    return publication


@transaction.atomic
def call_back(publication: Publication, *, by: User) -> None:
    """As long as it is not out: prepared again, to be changed or released anew. Raises InstantPassed.

    No clock is asked: under the lock, what is still scheduled has been seen by nobody, even if its instant has come and
    no worker was there to keep it.
    """
    publication = _locked(publication)
    if publication.status == Publication.Status.PUBLIC:
        raise InstantPassed
    _call_back(publication, by)


@transaction.atomic
def discard(publication: Publication, *, by: User, seen: str) -> None:
    """Throw away what was prepared. Raises ChangedSince if it is not what was looked at."""
    publication = _locked(publication)
    if publication.status == Publication.Status.PREPARED and fingerprint(publication) != seen:
        raise ChangedSince
    publication.move_to(Publication.Status.DISCARDED, by=by)


@transaction.atomic
def take_back(publication: Publication, *, reason: str, by: User, tells: bool = False) -> None:
    """Off all public pages, at once, with the editions that it had replaced; what was to come out next is called back.
    The reason is kept for the team; with `tells` the signatories have a mail, which does not have it."""
    publication = _locked(publication)
    facts = {"removed_because": reason, "removed_by": by, "tells_removal": tells}
    publication.move_to(Publication.Status.REMOVED, by=by, went_at=timezone.now(), **facts)
    for to_come in Publication.objects.filter(letter=publication.letter_id, status=Publication.Status.SCHEDULED):
        _call_back(to_come, by)
    Card.objects.filter(letter=publication.letter_id).wipe()
    static_copies.follow(publication.letter)
    if tells:
        nudge.on_commit(TELLS)


def _call_back(publication: Publication, by: User) -> None:
    publication.move_to(Publication.Status.PREPARED, by=by, released_at=None, released_by=None)


def publish_due() -> int:
    """Publish what was released for an instant that has come; how many. A fault with one does not hold up the next, and
    whoever comes second finds it done."""
    done = 0
    for letter, pk in list(Publication.objects.due(timezone.now()).values_list("letter", "pk")):
        try:
            with transaction.atomic():
                Letter.objects.locked(letter)
                now = timezone.now()
                due = Publication.objects.due(now).filter(pk=pk).first()
                if due:  # neither called back nor out since
                    _come_out(due, now)
                    done += 1
        except Exception:
            logger.exception("publication %s cannot come out", pk)
    return done


def _come_out(publication: Publication, now: datetime) -> None:
    """Under the letter's lock. What was public until now is replaced."""
    for earlier in Publication.objects.public().filter(letter=publication.letter_id):
        earlier.move_to(Publication.Status.REPLACED, went_at=now)
    publication.move_to(Publication.Status.PUBLIC, came_at=now)
    Card.objects.filter(letter=publication.letter_id).draw_anew()
    static_copies.follow(publication.letter)
    if publication.tells_signatories:
        nudge.on_commit(TELLS)


def is_set(edition: Edition) -> bool:
    """Whether each of its public documents is there."""
    public = edition.renderings.public()
    return public.exists() and public.count() == public.done().count()


def offered(letter: Letter) -> list[Edition]:
    """The editions that can be published, newest first: those whose documents are set."""
    editions = letter.editions.select_related("revision").light().order_by("-number")
    return [one for one in editions if is_set(one)]


def needs_other(publication: Publication, user: User) -> bool:
    """Whether somebody else has to release it."""
    by_rule = publication.needs_second or publication.letter.campaign.needs_two_to_release
    return by_rule and publication.prepared_by_id == user.pk


def before(letter: Letter) -> Publication | None:
    """What a publication begins with: what is prepared, or public, or else was taken back last."""
    back = letter.publications.filter(status=Publication.Status.REMOVED).order_by("-pk")
    return letter.publications.pending().with_edition().first() or letter.publication or back.first()


def proposed(edition: Edition, said: Publication | None) -> dict[str, dict[str, str]]:
    """The words to begin with in each language: those of `said`, or else the headline that the text has and to whom it
    goes."""
    words = {text["language"]: _begun(edition, text) for text in edition.revision.texts}
    return words | {language: dict(parts) for language, parts in (said.words if said else {}).items()}


def _begun(edition: Edition, text: dict[str, Any]) -> dict[str, str]:
    first = next((one for one in edition.revision.recipients if one["line"] == "to"), None)
    line = ""
    if first and typesetting.language_of_words(text["language"]) == text["language"]:
        who = " ".join(filter(None, (first["honorific"], first["name"]))) or first["office"] or first["organization"]
        with translation.override(text["language"]):
            line = gettext("Joint NGO letter to %(recipient)s") % {"recipient": who}
    return {"headline": text["headline"], "document_line": line, "lead": "", "note": ""}


def were_told(publication: Publication) -> bool:
    """Whether the signatories are told that it is public, or have been."""
    return Publication.objects.filter(pk=publication.pk, news__kind="published").exists()


def open_editions(letter: Letter) -> QuerySet[Edition]:
    """Those whose documents anybody may have."""
    return Edition.objects.filter(letter=letter, pk__in=Publication.objects.open_in(letter).values("edition"))


def fingerprint(publication: Publication) -> str:
    """Of all that can be decided on: whether it is still what was on somebody's screen."""
    said = {name: getattr(publication, name) for name in Plan.__dataclass_fields__}
    said |= {"edition": publication.edition_id, "comes_at": str(said["comes_at"] and said["comes_at"].timestamp())}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


def _locked(publication: Publication) -> Publication:
    """As it is now, with the letter's lock held."""
    Letter.objects.locked(publication.letter_id)
    return Publication.objects.select_related("edition", "letter__campaign").get(pk=publication.pk)


def _note(verb: str, publication: Publication, by: User) -> None:
    facts: dict[str, Any] = {"edition": publication.edition_id, "fingerprint": fingerprint(publication)}
    JournalEntry.objects.record(verb, publication, by=by, **facts)
