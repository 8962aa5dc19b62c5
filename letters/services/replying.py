"""What recipients reply: entered by the team, and shown to everybody if it chooses so."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.models import JournalEntry, User
from letters.models import Delivery, Letter, Reply
from letters.services import static_copies
from letters.services.publications import SecondPersonNeeded
from letters.services.working import ChangedSince

TWICE = timedelta(minutes=1)  # in which the same reply is a second click


class NotTheLetters(Exception):
    """The delivery is one of another letter."""


class NothingToShow(Exception):
    """Neither words nor a file, or they are not kept any more."""


@dataclass(frozen=True)
class Received:
    """As it was received: `file` is the name and the content of a PDF."""

    by_whom: str
    received_on: date
    words: str = ""
    file: tuple[str, bytes] | None = None


@transaction.atomic
def enter_reply(letter: Letter, received: Received, *, by: User, delivery: Delivery | None = None) -> Reply:
    """Keep a reply to the letter, or to one delivery of it; nobody else sees it yet. The same once more within a minute
    is a second click."""
    letter = Letter.objects.locked(letter.pk)
    _refuse_others(letter, delivery)
    columns = _columns(received, anew=True) | {"delivery": delivery}
    if twin := _twin(letter, columns):
        return twin
    last = letter.replies.aggregate(last=Max("number"))["last"] or 0
    rule = letter.campaign.needs_two_to_release
    reply = Reply.objects.create(letter=letter, number=last + 1, entered_by=by, needs_second=rule, **columns)
    facts = {"letter": letter.pk, "delivery": delivery.pk if delivery else None, "sha256": reply.sha256}
    JournalEntry.objects.record("reply entered", reply, by=by, **facts)
    return reply


@transaction.atomic
def change_reply(reply: Reply, received: Received, *, by: User, delivery: Delivery | None = None) -> Reply:
    """Mend what was entered; without a file the one that is there stays. Who changes it counts as who entered it.

    One that is published shows it so at once; where two people have to look, it is off the page until another
    publishes it again. Raises ChangedSince if it is not any more what `reply` has.
    """
    seen, reply = reply, _held(reply)
    _refuse_changed(reply, seen)
    _refuse_others(reply.letter, delivery)
    columns = _columns(received, anew=False) | {"delivery": delivery, "entered_by": by, "emptied_at": None}
    columns |= {"needs_second": needs_second(reply), "touched_at": timezone.now()}
    was_public = reply.is_public
    if needs_second(reply):
        columns |= {"published_at": None, "published_by": None}
    for name, value in columns.items():
        setattr(reply, name, value)
    reply.save(update_fields=list(columns))
    JournalEntry.objects.record("reply changed", reply, by=by, letter=reply.letter_id, sha256=reply.sha256)
    if was_public and not reply.is_public:
        _noted("reply hidden", reply, by, 1)
    elif was_public:
        static_copies.follow(reply.letter)
    return reply


@transaction.atomic
def publish_reply(reply: Reply, *, by: User) -> bool:
    """Show it on the letter's page; whether it was not there yet. Raises SecondPersonNeeded, NothingToShow, and
    ChangedSince if it is not any more what `reply` has."""
    seen, reply = reply, _held(reply)
    if reply.is_public:
        return False
    _refuse_changed(reply, seen)
    if needs_other(reply, by):
        raise SecondPersonNeeded
    if not Reply.objects.filter(pk=reply.pk).exclude(words="", file="").exists():
        raise NothingToShow
    now = timezone.now()
    facts = {"published_at": now, "published_by": by, "touched_at": now, "needs_second": needs_second(reply)}
    return _noted("reply published", reply, by, Reply.objects.filter(pk=reply.pk).update(**facts))


@transaction.atomic
def hide_reply(reply: Reply, *, by: User) -> bool:
    """Take it off the letter's page; whether it stood there."""
    reply = _held(reply)
    shown = Reply.objects.public().filter(pk=reply.pk)
    facts = {"published_at": None, "published_by": None, "touched_at": timezone.now()}
    return _noted("reply hidden", reply, by, shown.update(**facts))


def needs_second(reply: Reply) -> bool:
    """By the rule of the campaign when it was entered, or now."""
    return reply.needs_second or reply.letter.campaign.needs_two_to_release


def needs_other(reply: Reply, user: User) -> bool:
    """Whether somebody else has to publish it."""
    return needs_second(reply) and reply.entered_by_id == user.pk


def decoded(kept: str) -> bytes:
    """A file as it came, of what is kept of it; b"" if nothing is."""
    return base64.b64decode(kept)


def _noted(verb: str, reply: Reply, by: User, changed: int) -> bool:
    if changed:
        JournalEntry.objects.record(verb, reply, by=by, letter=reply.letter_id)
        static_copies.follow(reply.letter)
    return bool(changed)


def _held(reply: Reply) -> Reply:
    letter = Letter.objects.locked(reply.letter_id)
    reply = Reply.objects.without_files().get(pk=reply.pk)
    reply.letter = letter
    return reply


def _refuse_changed(reply: Reply, seen: Reply) -> None:
    if reply.touched_at != seen.touched_at:
        raise ChangedSince


def _refuse_others(letter: Letter, delivery: Delivery | None) -> None:
    if delivery and delivery.edition.letter_id != letter.pk:
        raise NotTheLetters


def _twin(letter: Letter, columns: dict[str, object]) -> Reply | None:
    """What is encrypted is compared here."""
    same = {name: columns[name] for name in ("received_on", "sha256", "delivery")}
    recent = letter.replies.without_files().filter(entered_at__gt=timezone.now() - TWICE, **same)
    words = ("by_whom", "words")
    return next((one for one in recent if all(getattr(one, name) == columns[name] for name in words)), None)


def _columns(received: Received, *, anew: bool) -> dict[str, object]:
    columns: dict[str, object] = {
        "by_whom": received.by_whom,
        "received_on": received.received_on,
        "words": received.words,
    }
    if received.file or anew:
        name, content = received.file or ("", b"")
        columns |= {"file_name": name, "file": base64.b64encode(content).decode()}
        columns["sha256"] = hashlib.sha256(content).hexdigest() if content else ""
    return columns
