"""Signing on, and what the mailbox answers."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns import crypto, insertion, outbox
from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories import emails, names
from signatories.models import Contact, Line, Purpose, Signatory, Token
from signatories.services.doubles import move_unless_double

ATTESTATION = "2026-11"  # version of the wording in forms.SignOnForm
MAILS_PER_LETTER = 3  # to one address about one letter
MAILS_PER_DAY = 5  # to one address from the public form, whatever is tried
RESEND_AFTER = timedelta(minutes=2)


class NotAccepting(Exception):
    """The letter takes no sign-ons now: not open yet, paused or closed."""


class Outcome(enum.Enum):
    """What choosing on the confirmation page came to."""

    CONFIRMED = "confirmed"
    DOUBLE = "double"  # another mailbox has confirmed for the same organization; a vetter decides
    REFUSED = "refused"
    REPLACED = "replaced"  # a newer form was sent with this address: only the newest mail counts
    TOO_LATE = "too_late"


@transaction.atomic
def sign_on(letter: Letter | str, *, line: Line, visibility: str, scope: str, contact: Contact, language: str) -> None:
    """Take a sign-on and write the mail that asks to confirm it.

    `letter` may also be the slug of one: then finding and locking it are one question to the database. Says nothing
    about what was there before: whoever repeats learns in the mailbox. Raises NotAccepting.
    """
    locked = Letter.objects.locked_shared
    letter = locked(slug=letter) if isinstance(letter, str) else locked(letter.pk)
    if not letter.accepts_signatures:
        raise NotAccepting
    signatory = _filled(Signatory(letter=letter, language=language), line, visibility, scope, contact)
    if not insertion.insert_or_ignore(signatory):
        _answer_repeat(signatory)
        return
    with insertion.together():
        JournalEntry.objects.record("signed", signatory, letter=letter.pk)
        _ask_to_confirm(signatory, Token.objects.issue(signatory, Purpose.CONFIRM))


@transaction.atomic
def confirm(token: Token) -> Outcome:
    """The organization says yes, from its mailbox. Saying it again changes nothing."""
    letter = Letter.objects.locked_shared(token.signatory.letter_id)
    signatory = Signatory.objects.select_for_update().get(pk=token.signatory_id)
    token = Token.objects.get(pk=token.pk)  # again, now under the lock
    token.signatory, signatory.letter = signatory, letter
    if outcome := standing(token):
        return outcome
    facts = {"confirmed_at": timezone.now(), "agreed_revision": letter.revision}
    while not move_unless_double(signatory, Signatory.Status.CONFIRMED, **facts):
        live = Signatory.objects.live().filter(letter=letter, identity_hash=signatory.identity_hash).first()
        if live:  # otherwise it was withdrawn or declined this very moment, and the place is free
            signatory.move_to(Signatory.Status.DUPLICATE, duplicate_of=live, **facts)
            break
    emails.tell(emails.received, signatory)
    return _settled(signatory)


@transaction.atomic
def refuse(token: Token) -> Outcome:
    """Somebody used this address: nothing was signed, and the vetters can see it in the journal."""
    signatory = Signatory.objects.select_for_update(of=("self",)).select_related("letter").get(pk=token.signatory_id)
    if signatory.status != Signatory.Status.PENDING:
        return _settled(signatory)
    signatory.move_to(Signatory.Status.WITHDRAWN)
    JournalEntry.objects.record("refused", signatory, letter=signatory.letter_id)
    return Outcome.REFUSED


def standing(token: Token) -> Outcome | None:
    """What is settled about a link already; None while the choice is open."""
    signatory = token.signatory
    if signatory.status != Signatory.Status.PENDING:
        return _settled(signatory)
    if token.replaced_at:
        return Outcome.REPLACED
    return None if signatory.letter.accepts_confirmations else Outcome.TOO_LATE


def lapse_unconfirmed() -> int:
    """Let go of what was never confirmed once its letter takes no more confirmations; how many."""
    lapsed = 0
    waiting = Signatory.objects.awaiting_confirmation().filter(letter__closed_at__isnull=False)
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            signatory = waiting.select_for_update(of=("self",)).select_related("letter").filter(pk=pk).first()
            if signatory and not signatory.letter.accepts_confirmations:
                signatory.move_to(Signatory.Status.LAPSED)
                lapsed += 1
    return lapsed


def _filled(signatory: Signatory, line: Line, visibility: str, scope: str, contact: Contact) -> Signatory:
    """Put what the form said onto the row, with the keyed hashes it is found by."""
    signatory.set_line(line, visibility)
    signatory.scope = scope
    signatory.attestation = ATTESTATION
    signatory.contact_name, signatory.contact_role, signatory.contact_email = contact.name, contact.role, contact.email
    signatory.contact_hash = outbox.address_hash(contact.email)
    signatory.identity_hash = identity_hash(signatory.letter_id, line)
    return signatory


def identity_hash(letter_id: int, line: Line) -> str:
    """What makes two sign-ons to one letter the same organization's: the folded name and the country."""
    return crypto.keyed_hash("identity", str(letter_id), names.fold(line.name), line.country)


def _ask_to_confirm(signatory: Signatory, token: Token, dedupe: str = "") -> None:
    emails.tell(emails.confirm, signatory, dedupe=f"{token.digest}:{dedupe}", most_a_day=MAILS_PER_DAY)


def _answer_repeat(new: Signatory) -> None:
    """The address stands on this letter already: tell its owner, and nobody else, what is the case.

    While it waits for confirmation the newest form counts: the line is replaced and older links stop working, so what
    is confirmed is always what the newest mail says.
    """
    same_address = Signatory.objects.filter(letter=new.letter, contact_hash=new.contact_hash)
    held = same_address.holding_address().select_for_update().first()
    mails = Mail.objects.filter(about_id__in=[str(pk) for pk in same_address.values_list("pk", flat=True)])
    if held is None or mails.count() >= MAILS_PER_LETTER or _mails_today(new) >= MAILS_PER_DAY:
        return
    if held.status != Signatory.Status.PENDING:
        emails.tell(emails.already_signed, held, dedupe=str(timezone.localdate()))
    elif _says_the_same(held, new):
        if not mails.filter(created_at__gt=timezone.now() - RESEND_AFTER).exists():
            _ask_to_confirm(held, _open_token(held), dedupe=str(mails.count()))
    else:
        contact = Contact(new.contact_name, new.contact_role, new.contact_email)
        _filled(held, new.line, new.visibility, new.scope, contact).save()
        held.tokens.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
        JournalEntry.objects.record("signed anew", held, letter=held.letter_id)
        _ask_to_confirm(held, Token.objects.issue(held, Purpose.CONFIRM))


def _says_the_same(one: Signatory, other: Signatory) -> bool:
    def said(signatory: Signatory) -> tuple[Any, ...]:
        return (signatory.line, signatory.visibility, signatory.scope, signatory.contact_name, signatory.contact_role)

    return said(one) == said(other)


def _open_token(signatory: Signatory) -> Token:
    return signatory.tokens.filter(purpose=Purpose.CONFIRM, replaced_at__isnull=True).latest("issued_at")


def _mails_today(signatory: Signatory) -> int:
    since = timezone.now() - timedelta(days=1)
    return Mail.objects.filter(to_hash=signatory.contact_hash, created_at__gt=since).count()


def _settled(signatory: Signatory) -> Outcome:
    """The outcome a row that is no longer pending has."""
    settled = {
        Signatory.Status.WITHDRAWN: Outcome.REFUSED,
        Signatory.Status.LAPSED: Outcome.TOO_LATE,
        Signatory.Status.DUPLICATE: Outcome.DOUBLE,
    }
    return settled.get(Signatory.Status(signatory.status), Outcome.CONFIRMED)
