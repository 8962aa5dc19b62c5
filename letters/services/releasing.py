"""Letting a prepared delivery go: what exactly goes out is shown first, and nothing else goes out then.

The fingerprint of what was shown is passed on releasing, and again to the writer of the mail: whatever changes in
between, in the rows, the files or the words of the site, the mail is not sent.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation

from campaigns import crypto, outbox
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail, User
from campaigns.writing import kind_of
from letters import emails
from letters.models import AddresseeNames, Delivery, Rendering
from letters.services import delivering
from letters.services.delivering import NotDeliverable
from letters.services.publications import SecondPersonNeeded
from letters.services.working import ChangedSince

Status = Delivery.Status


class NotThen(Exception):
    """It lies in the future, or before the edition was frozen."""


class ReleaseFirst(Exception):
    """It has names for the addressee alone, or a second person has to look at it: that is what releasing is for."""


@dataclass(frozen=True)
class DryRun:
    """What would go out: the document and, of a mail, the mail as it would be sent. `shown` is its fingerprint."""

    document: Rendering
    file_name: str
    mail: EmailMultiAlternatives | None
    shown: str

    @property
    def html(self) -> str:
        """Of a mail."""
        return str(self.mail.alternatives[0][0]) if self.mail else ""


def dry_run(delivery: Delivery) -> DryRun:
    """Raises NotDeliverable if the document is not there any more, or is not what was set, and TooLargeToAttach."""
    document = delivery.rendering
    if document is None or not _may_go(delivery, document):
        raise NotDeliverable
    delivering.refuse_what_is_too_large(document, delivery)
    try:
        mail = _composed(delivery, document) if delivery.is_mail else None
        if mail is None:
            emails.content_of(document)  # whoever prints it must find it, too
    except (emails.DocumentSpoiled, AddresseeNames.DoesNotExist, crypto.Undecipherable) as error:
        raise NotDeliverable from error
    said = [
        *(delivery.edition_id, delivery.recipient, delivery.channel, delivery.language, delivery.variant),
        *(delivery.is_attached, delivery.note, delivery.follow_up_days, delivery.prepared_by_id, document.sha256),
        emails.fingerprint(mail) if mail else "",
    ]
    shown = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    return DryRun(document, emails.file_name(delivery.edition, delivery), mail, shown)


@transaction.atomic
def release_delivery(delivery: Delivery, *, by: User, shown: str) -> Delivery:
    """Let it go: a mail goes to the outbox, anything else is to be handed over now.

    Raises ChangedSince if it is not what was shown, SecondPersonNeeded, NotDeliverable, and ForbiddenMove if it is not
    prepared any more.
    """
    delivery = delivering.held(delivery)
    if delivery.status != Status.PREPARED:
        raise ForbiddenMove(f"delivery {delivery.pk} is {delivery.status}")
    dry = dry_run(delivery)
    if dry.shown != shown:
        raise ChangedSince
    _let_go(delivery, dry, by)
    if dry.mail:
        outbox.put(
            emails.delivery,
            delivery,
            to=delivery.email,
            language=emails.spoken(delivery.language),
            data={"shown": emails.fingerprint(dry.mail)},
        )
    return delivery


@transaction.atomic
def hand_over(delivery: Delivery, *, at: datetime, words: str = "", by: User, shown: str = "") -> Delivery:
    """Note that it was delivered, by any channel but mail, and how. One that is only prepared is released by that, as
    it was `shown`.

    Raises NotThen, ReleaseFirst, ChangedSince, NotDeliverable, and ForbiddenMove.
    """
    delivery = delivering.held(delivery)
    if delivery.is_mail:
        raise ForbiddenMove(f"delivery {delivery.pk} goes by mail")
    first = delivery.edition.frozen_at.replace(second=0, microsecond=0)  # forms give minutes
    if not first <= at <= timezone.now():
        raise NotThen
    if delivery.status == Status.PREPARED:
        if is_released_first(delivery):
            raise ReleaseFirst
        dry = dry_run(delivery)
        if dry.shown != shown:
            raise ChangedSince
        _let_go(delivery, dry, by)
    arrive(delivery, at, by=by, handed_over=words)
    return delivery


def is_released_first(delivery: Delivery) -> bool:
    """Whether it cannot be noted as delivered before it is released."""
    return not delivery.is_public or needs_second(delivery)


def needs_second(delivery: Delivery) -> bool:
    """By the rule of the campaign when it was prepared, or now."""
    return delivery.needs_second or delivery.edition.letter.campaign.needs_two_to_release


def arrive(delivery: Delivery, at: datetime, *, by: User | None = None, **facts: str) -> None:
    """Of a released one that is held."""
    days = delivery.follow_up_days
    follow_up_at = at + timedelta(days=days) if days else None
    delivery.move_to(Status.SENT, by=by, sent_at=at, follow_up_at=follow_up_at, touched_at=timezone.now(), **facts)


def _let_go(delivery: Delivery, dry: DryRun, by: User) -> None:
    if needs_second(delivery) and delivery.prepared_by_id == by.pk:
        raise SecondPersonNeeded
    now = timezone.now()
    facts = {"released_at": now, "released_by": by, "touched_at": now, "needs_second": needs_second(delivery)}
    delivery.move_to(Status.RELEASED, by=by, sha256=dry.document.sha256, **facts)
    if not delivery.is_public:
        said = {"edition": delivery.edition.number, "language": delivery.language, "delivery": delivery.pk}
        JournalEntry.objects.record("took addressee's copy", delivery.edition.letter, by=by, **said)


def _may_go(delivery: Delivery, document: Rendering) -> bool:
    """Whether it is still offered to this recipient, and, where the mail links to it, still public."""
    offered = delivering.documents(delivery.edition, delivery.recipient)
    return document in offered and (delivery.is_attached or delivery.edition.is_open)


def _composed(delivery: Delivery, document: Rendering) -> EmailMultiAlternatives:
    language = emails.spoken(delivery.language)
    row = Mail(kind=kind_of(emails.delivery), about_id=str(delivery.pk), to=delivery.email, language=language)
    with translation.override(language):
        return outbox.composed(row, emails.delivery_message(delivery, document))
