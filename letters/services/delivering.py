"""A delivery while it is prepared: what goes to whom, and which way.

To whom is a place in the signed list of recipients: nobody can be delivered to whom the signatories have not addressed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry, Mail, User
from campaigns.models.mail import MailQuerySet
from campaigns.writing import kind_of
from letters import emails
from letters.models import AddresseeNames, Delivery, Edition, Letter, Rendering
from letters.models.deliveries import FOLLOW_UP_DAYS, LARGEST_ATTACHED
from letters.services.working import ChangedSince

Channel, Status = Delivery.Channel, Delivery.Status
MAIL_ONLY = {"email": "", "from_name": "", "reply_to": "", "subject": "", "is_attached": True}


class NotSigned(Exception):
    """No such recipient on the list that was signed: to add one, the letter has to be amended."""


class AlreadyDelivering(Exception):
    """One by this channel is on its way or has arrived; `standing` is that delivery."""

    def __init__(self, standing: Delivery) -> None:
        super().__init__(f"delivery {standing.pk}")
        self.standing = standing


class NotDeliverable(Exception):
    """The document is not there, must not go to this recipient, or has no public address to link to."""


class TooLargeToAttach(NotDeliverable):
    """Few mail servers take it: it can be linked to, or go another way."""


class OnItsWay(Exception):
    """The mail is being sent at this moment or has gone out: it cannot be held back any more."""


@dataclass(frozen=True)
class Parcel:
    """What goes, and which way; `email` and the four after `is_attached` are of a mail alone."""

    channel: str
    language: str
    variant: str = Rendering.Variant.PUBLIC
    note: str = ""
    follow_up_days: int = FOLLOW_UP_DAYS
    is_attached: bool = True
    email: str = ""
    from_name: str = ""
    reply_to: str = ""
    subject: str = ""

    def columns(self) -> dict[str, object]:
        return asdict(self) | ({} if self.channel == Channel.EMAIL else MAIL_ONLY)


@transaction.atomic
def prepare_delivery(edition: Edition, recipient: int, parcel: Parcel, *, by: User) -> Delivery:
    """Prepare a delivery to the recipient at that place (from 0) of the list that was signed.

    Raises NotSigned, AlreadyDelivering and NotDeliverable.
    """
    letter = Letter.objects.locked(edition.letter_id)
    if not 0 <= recipient < len(edition.revision.recipients):
        raise NotSigned
    _check(edition, recipient, parcel)
    refuse_doubles(edition, recipient, parcel.channel)
    delivery = Delivery.objects.create(
        edition=edition,
        recipient=recipient,
        prepared_by=by,
        needs_second=letter.campaign.needs_two_to_release,
        **parcel.columns(),
    )
    facts = {"letter": letter.pk, "edition": edition.number, "recipient": recipient, "channel": parcel.channel}
    JournalEntry.objects.record("delivery prepared", delivery, by=by, variant=parcel.variant, **facts)
    return delivery


@transaction.atomic
def change_delivery(delivery: Delivery, parcel: Parcel, *, by: User, known: datetime) -> Delivery:
    """Change what is prepared; `known` is when it last was, as whoever changes it saw it.

    Whoever changed it last counts as who prepared it. Raises ChangedSince, AlreadyDelivering and NotDeliverable.
    """
    delivery = held(delivery)
    if delivery.status != Status.PREPARED or delivery.touched_at != known:
        raise ChangedSince
    _check(delivery.edition, delivery.recipient, parcel)
    if parcel.channel != delivery.channel:
        refuse_doubles(delivery.edition, delivery.recipient, parcel.channel)
    columns = {**parcel.columns(), "prepared_by": by, "prepared_at": timezone.now(), "touched_at": timezone.now()}
    for name, value in columns.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(columns))
    JournalEntry.objects.record("delivery changed", delivery, by=by, channel=parcel.channel, variant=parcel.variant)
    return delivery


@transaction.atomic
def cancel_delivery(delivery: Delivery, *, by: User) -> bool:
    """Leave it; of a released one the mail is held back. Whether it is certain that none went out: an attempt that
    broke off may have ended after the mail server had taken it. Raises OnItsWay; ForbiddenMove for what has arrived.
    """
    delivery, was_tried = held(delivery), False
    if delivery.status == Status.RELEASED and delivery.is_mail:
        waiting = mail_of(delivery).filter(state=Mail.State.QUEUED)
        was_tried = waiting.filter(attempts__gt=0).exists()
        if not waiting.update(state=Mail.State.DROPPED, to="", data={}):  # a worker that claims it waits for this row
            raise OnItsWay
    delivery.move_to(Status.CANCELLED, by=by, touched_at=timezone.now())
    return not was_tried


def held(delivery: Delivery) -> Delivery:
    """The row as it is now, to oneself until the transaction ends, with its letter: the same order everywhere."""
    letter = Letter.objects.locked(delivery.edition.letter_id)
    delivery = Delivery.objects.light().select_for_update(of=("self",)).get(pk=delivery.pk)
    delivery.edition.letter = letter
    return delivery


def mail_of(delivery: Delivery) -> MailQuerySet:
    return Mail.objects.about(delivery).filter(kind=kind_of(emails.delivery))


def refuse_doubles(edition: Edition, recipient: int, channel: str) -> None:
    others = Delivery.objects.standing().without_files()
    if standing := others.filter(edition=edition, recipient=recipient, channel=channel).first():
        raise AlreadyDelivering(standing)


def documents(edition: Edition, recipient: int) -> list[Rendering]:
    """What can go to this recipient: the addressee's copy only to whom the letter is addressed, not to a "cc"."""
    found = edition.renderings.done()
    names = AddresseeNames.objects.filter(edition=edition, deleted_at__isnull=True)
    if edition.revision.recipients[recipient]["line"] != "to" or not names.exists():
        found = found.public()
    authentic = edition.revision.authentic["language"]
    return sorted(found, key=lambda one: (one.language != authentic, one.language, one.variant != one.Variant.PUBLIC))


def refuse_what_is_too_large(document: Rendering, parcel: Parcel | Delivery) -> None:
    """As a file in a mail. Raises TooLargeToAttach."""
    if parcel.channel == Channel.EMAIL and parcel.is_attached and document.bytes > LARGEST_ATTACHED:
        raise TooLargeToAttach


def _check(edition: Edition, recipient: int, parcel: Parcel) -> None:
    offered = {(one.language, one.variant): one for one in documents(edition, recipient)}
    document = offered.get((parcel.language, parcel.variant))
    if document is None:
        raise NotDeliverable
    refuse_what_is_too_large(document, parcel)
    if not parcel.is_attached and (parcel.variant != Rendering.Variant.PUBLIC or not edition.is_open):
        raise NotDeliverable
