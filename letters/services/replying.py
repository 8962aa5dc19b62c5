"""What recipients reply: entered by the team, and shown to everybody if it chooses so."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.models import JournalEntry, User
from letters.models import Delivery, Letter, Reply


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
    """Keep a reply to the letter, or to one delivery of it; nobody else sees it yet."""
    letter = Letter.objects.locked(letter.pk)
    if delivery and delivery.edition.letter_id != letter.pk:
        raise NotTheLetters
    last = letter.replies.aggregate(last=Max("number"))["last"] or 0
    reply = Reply.objects.create(
        letter=letter, number=last + 1, delivery=delivery, entered_by=by, **_columns(received, anew=True)
    )
    facts = {"letter": letter.pk, "delivery": delivery.pk if delivery else None, "sha256": reply.sha256}
    JournalEntry.objects.record("reply entered", reply, by=by, **facts)
    return reply


@transaction.atomic
def change_reply(reply: Reply, received: Received, *, by: User) -> Reply:
    """Mend what was entered; one that is published shows it so at once. Without a file the one that is there stays."""
    reply = _held(reply)
    for name, value in _columns(received, anew=False).items():
        setattr(reply, name, value)
    reply.touched_at, reply.emptied_at = timezone.now(), None
    reply.save(update_fields=[*_columns(received, anew=False), "touched_at", "emptied_at"])
    JournalEntry.objects.record("reply changed", reply, by=by, letter=reply.letter_id, sha256=reply.sha256)
    return reply


@transaction.atomic
def publish_reply(reply: Reply, *, by: User) -> bool:
    """Show it on the letter's page; whether it was not there yet. Raises NothingToShow."""
    reply = _held(reply)
    if not Reply.objects.filter(pk=reply.pk).exclude(words="", file="").exists():
        raise NothingToShow
    hidden = Reply.objects.filter(pk=reply.pk, published_at__isnull=True)
    now = timezone.now()
    return _noted("reply published", reply, by, hidden.update(published_at=now, touched_at=now))


@transaction.atomic
def hide_reply(reply: Reply, *, by: User) -> bool:
    """Take it off the letter's page; whether it stood there."""
    reply = _held(reply)
    shown = Reply.objects.public().filter(pk=reply.pk)
    return _noted("reply hidden", reply, by, shown.update(published_at=None, touched_at=timezone.now()))


def decoded(kept: str) -> bytes:
    """A file as it came, of what is kept of it; b"" if nothing is."""
    return base64.b64decode(kept)


def _noted(verb: str, reply: Reply, by: User, changed: int) -> bool:
    if changed:
        JournalEntry.objects.record(verb, reply, by=by, letter=reply.letter_id)
    return bool(changed)


def _held(reply: Reply) -> Reply:
    Letter.objects.locked(reply.letter_id)
    return Reply.objects.without_files().get(pk=reply.pk)


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
