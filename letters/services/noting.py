"""What became of a delivery: sent, came back, acknowledged, or nothing at all."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import outbox
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail, User
from campaigns.writing import kind_of
from letters import emails
from letters.models import AddresseeNames, Delivery
from letters.services import delivering, releasing

Status = Delivery.Status
File = tuple[str, bytes]  # name and content
CODE = re.compile(r" (\d{3})$")
FULL = {"452", "552"}
TOO_LARGE = "too large"  # as campaigns.outbox notes it

logger = logging.getLogger(__name__)


def note_deliveries() -> int:
    """Look what the outbox has made of what was released, and remind of what nobody has replied; how many. Each on
    its own: whoever comes second, or comes again after a crash, finds it done. A letter of which there is nothing to
    tell yet is not held up."""
    silent = Delivery.objects.to_follow_up(timezone.now()).order_by("pk").values_list("pk", flat=True)
    return _each(_out_of_the_outbox(), _note_mail) + _each(list(silent), _follow_up)


@transaction.atomic
def note_bounce(delivery: Delivery, *, words: str, by: User) -> None:
    """It came back: by a mail to the team, from the post office, in whatever way. Raises ForbiddenMove."""
    delivery = delivering.held(delivery)
    if delivery.status == Status.RELEASED and delivery.is_mail:
        raise ForbiddenMove("its mail is in the outbox, which tells by itself")
    _come_back(delivery, words, by=by)


@transaction.atomic
def acknowledge(delivery: Delivery, *, on: date, words: str = "", proof: File | None = None, by: User) -> None:
    """The recipient has it, and said so on that day; also of what seemed to have come back.

    Once more, it says what is known now; without a proof the one that is there stays. Raises AlreadyDelivering if it
    came back and another has taken its place, and ForbiddenMove.
    """
    delivery = delivering.held(delivery)
    facts: dict[str, object] = {"acknowledged_on": on, "acknowledgement": words, "touched_at": timezone.now()}
    facts["emptied_at"] = None
    if proof:
        facts |= {"proof_name": proof[0], "proof": base64.b64encode(proof[1]).decode()}
    if delivery.status == Status.ACKNOWLEDGED:
        Delivery.objects.filter(pk=delivery.pk).update(**facts)
        JournalEntry.objects.record("acknowledgement changed", delivery, by=by, has_proof=bool(proof))
        return
    if delivery.status == Status.BOUNCED:
        delivering.refuse_doubles(delivery.edition, delivery.recipient, delivery.channel)
        facts["sent_at"] = delivery.sent_at or delivery.released_at
    delivery.move_to(Status.ACKNOWLEDGED, by=by, **facts)


def _out_of_the_outbox() -> list[int]:
    """The deliveries of whose mail there is something to tell."""
    waiting = Delivery.objects.in_the_outbox().order_by("pk").values_list("pk", flat=True)
    unsent = set(Mail.objects.unsent().filter(kind=kind_of(emails.delivery)).values_list("about_id", flat=True))
    return [pk for pk in waiting if str(pk) not in unsent]


def _each(keys: list[int], act: Callable[[int], bool]) -> int:
    done = 0
    for pk in keys:
        try:
            done += act(pk)
        except Exception:
            logger.exception("delivery %s cannot be noted", pk)
    return done


@transaction.atomic
def _note_mail(pk: int) -> bool:
    delivery = delivering.held(Delivery.objects.light().get(pk=pk))
    mail = delivering.mail_of(delivery).first()
    if delivery.status != Status.RELEASED or (mail and mail.state in (Mail.State.QUEUED, Mail.State.SENDING)):
        return False
    if mail and mail.state == Mail.State.SENT and mail.sent_at:
        releasing.arrive(delivery, mail.sent_at, message_id=outbox.message_id(mail))
    elif mail and mail.state == Mail.State.FAILED:
        _come_back(delivery, _refusal(mail.error))
    else:
        _come_back(delivery, _not_sent(delivery))
    return True


@transaction.atomic
def _follow_up(pk: int) -> bool:
    """One mail to the team, unless something has come meanwhile."""
    delivery = delivering.held(Delivery.objects.light().get(pk=pk))
    now = timezone.now()
    if not Delivery.objects.to_follow_up(now).filter(pk=pk).exists():
        return False
    Delivery.objects.filter(pk=pk).update(followed_up_at=now)
    if delivery.is_replied_to:
        return False
    outbox.put(emails.delivery_follow_up, delivery, to=delivery.edition.letter.campaign.contact_email)
    JournalEntry.objects.record("reminded", delivery, letter=delivery.edition.letter_id)
    return True


def _come_back(delivery: Delivery, words: str, by: User | None = None) -> None:
    now = timezone.now()
    delivery.move_to(Status.BOUNCED, by=by, bounced_at=now, bounce=words, touched_at=now, emptied_at=None)


def _refusal(error: str) -> str:
    """Why a mail could not be delivered, in words of ours: the server's quote addresses."""
    if error.endswith("while rendering"):
        return _("The site could not make the mail. Tell whoever runs it, and prepare it again.")
    if TOO_LARGE in error:
        return _("The mail is too large for the mail server. Link to the document, or deliver it another way.")
    found = CODE.search(error)
    code = found[1] if found else ""
    if code in FULL:
        return _("The mailbox is full, or the mail is too large for it (%(code)s).") % {"code": code}
    if error.startswith("SMTPRecipientsRefused") and code.startswith("5"):
        return _("The mail server does not know the address, or takes no mail for it (%(code)s).") % {"code": code}
    if code.startswith("5"):
        return _("The mail server refused the mail for good (%(code)s).") % {"code": code}
    return _("No mail server took the mail, though it was tried for days.")


def _not_sent(delivery: Delivery) -> str:
    if (
        not delivery.is_public
        and not AddresseeNames.objects.filter(edition=delivery.edition_id, deleted_at__isnull=True).exists()
    ):
        return _("It was not sent: the addressee’s copy is not kept any more. To deliver, freeze another edition.")
    if not delivery.is_attached and not delivery.edition.is_open:
        return _(
            "It was not sent: the edition was taken back, so its link would lead nowhere. Attach the document instead."
        )
    return _("It was not sent: it would not have read as it was released. Prepare it again.")
