"""Signing on, and what the mailbox answers."""

from __future__ import annotations

import enum
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns import crypto, insertion, outbox
from campaigns.models import JournalEntry, Mail
from campaigns.models.mail import MailQuerySet
from letters.models import Letter, Revision, Trial
from signatories import emails, names
from signatories.models import Contact, Line, Purpose, Signatory, Token
from signatories.services.doubles import move_unless_double

ATTESTATION = "2026-11"  # version of the wording in forms.SignOnForm
MAILS_PER_LETTER = 3  # a day, to one address about one letter, from the public form
MAILS_PER_DAY = 5  # to one address from the public form, whatever is tried; what comes after waits a day
FROM_THE_FORM = ("signatories.confirm", "signatories.already_signed")
A_DAY = timedelta(days=1)
RESEND_AFTER = timedelta(minutes=2)
TRIES = 3  # a race lost more often than this is none


class NotAccepting(Exception):
    """The letter takes no sign-ons now: not open yet, paused or closed."""


class Outcome(enum.Enum):
    """What choosing on the confirmation page came to."""

    CONFIRMED = "confirmed"  # a double as well: that another mailbox was first would tell who has signed
    REFUSED = "refused"
    CHANGED = "changed"  # the text was amended in substance since it was on the screen: nothing is signed
    REPLACED = "replaced"  # a newer form was sent with this address: only the newest mail counts
    TOO_LATE = "too_late"


@transaction.atomic
def sign_on(
    letter: Letter | str,
    *,
    line: Line,
    visibility: str,
    scope: str,
    contact: Contact,
    language: str,
    trial: Trial | None = None,
) -> None:
    """Take a sign-on and write the mail that asks to confirm it; with `trial`, as a test on a draft.

    `letter` may also be the slug of one: then finding and locking it are one question to the database. Says nothing
    about what was there before: whoever repeats learns in the mailbox. Raises NotAccepting.
    """
    locked = Letter.objects.locked_shared
    letter = locked(slug=letter) if isinstance(letter, str) else locked(letter.pk)
    if not (letter.is_draft if trial else letter.accepts_signatures):
        raise NotAccepting
    signatory = _filled(Signatory(letter=letter, language=language, trial=trial), line, visibility, scope, contact)
    for _ in range(TRIES):
        if insertion.insert_or_ignore(signatory):
            wait = A_DAY if _mails_today(signatory).count() >= MAILS_PER_DAY else None
            with insertion.together():
                JournalEntry.objects.record("signed", signatory, letter=letter.pk)
                _ask_to_confirm(signatory, Token.objects.issue(signatory, Purpose.CONFIRM), wait=wait)
            return
        if _answer_repeat(signatory):
            return


@transaction.atomic
def confirm(token: Token, *, seen: int | None = None) -> Outcome:
    """The organization says yes, from its mailbox. Saying it again changes nothing.

    `seen` is the number of the revision that was on the screen, or else the one in force when the form was sent. It is
    what is agreed to, unless an amendment of substance has come between: CHANGED, and nothing is.
    """
    letter = Letter.objects.locked_shared(token.signatory.letter_id)
    signatory = Signatory.objects.select_for_update().get(pk=token.signatory_id)
    token = Token.objects.get(pk=token.pk)  # again, now under the lock
    token.signatory, signatory.letter = signatory, letter
    if outcome := standing(token):
        return outcome
    revision = _seen(signatory, seen)
    if revision is None:
        return Outcome.CHANGED
    facts = {"confirmed_at": timezone.now(), "agreed_revision": revision}
    for _ in range(TRIES):
        if move_unless_double(signatory, Signatory.Status.CONFIRMED, **facts):
            break
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
    is_open = signatory.letter.is_draft if signatory.trial_id else signatory.letter.accepts_confirmations
    return None if is_open else Outcome.TOO_LATE


def _seen(signatory: Signatory, number: int | None) -> Revision | None:
    """The revision with this number, or the one in force at the sign-on; None if its substance is in force no more."""
    revisions = signatory.letter.revisions.order_by("-number")
    if not signatory.trial_id:  # a test agrees to a draft
        revisions = revisions.signed()
    if number is None:
        before = revisions.filter(created_at__lte=signatory.signed_at).first() or revisions.last()
        number = before.number if before else 0
    return revisions.filter(number=number, substance=signatory.letter.substance).first()


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


def _ask_to_confirm(signatory: Signatory, token: Token, dedupe: str = "", wait: timedelta | None = None) -> None:
    emails.tell(emails.confirm, signatory, dedupe=f"{token.digest}:{dedupe}", wait=wait)


def _answer_repeat(new: Signatory) -> bool:
    """The address stands on this letter already: tell its owner, and nobody else, what is the case.

    While it waits for confirmation the newest form counts: the line is replaced and older links stop working, so what
    is confirmed is always what the newest mail says. False if the one that stood there has gone this very moment.
    """
    same_address = Signatory.objects.filter(letter=new.letter, contact_hash=new.contact_hash)
    held = same_address.holding_address().select_for_update().first()
    if held is None:
        return False
    mails = _mails_today(new).filter(about_id__in=[str(pk) for pk in same_address.values_list("pk", flat=True)])
    enough = mails.count() >= MAILS_PER_LETTER or _mails_today(new).count() >= MAILS_PER_DAY
    if held.status != Signatory.Status.PENDING:
        if not enough:
            emails.tell(emails.already_signed, held, dedupe=str(timezone.localdate()))
    elif _says_the_same(held, new):
        just_sent = mails.filter(created_at__gt=timezone.now() - RESEND_AFTER).exists()
        if not (enough or just_sent):
            _ask_to_confirm(held, _open_token(held), dedupe=str(mails.count()))
    else:
        _replace(held, new, enough=enough)
    return True


def _replace(held: Signatory, new: Signatory, *, enough: bool) -> None:
    """Put the newest answers in place of the older ones. Past the limit one mail waits a day and speaks for all."""
    contact = Contact(new.contact_name, new.contact_role, new.contact_email)
    _filled(held, new.line, new.visibility, new.scope, contact).save()
    held.tokens.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
    JournalEntry.objects.record("signed anew", held, letter=held.letter_id)
    token = Token.objects.issue(held, Purpose.CONFIRM)
    waiting = Mail.objects.about(held).unsent().filter(kind="signatories.confirm", run_after__gt=timezone.now())
    if not enough or not waiting.exists():
        _ask_to_confirm(held, token, wait=A_DAY if enough else None)


def _says_the_same(one: Signatory, other: Signatory) -> bool:
    def said(signatory: Signatory) -> tuple[Any, ...]:
        return (signatory.line, signatory.visibility, signatory.scope, signatory.contact_name, signatory.contact_role)

    return said(one) == said(other)


def _open_token(signatory: Signatory) -> Token:
    unexpired = signatory.tokens.filter(replaced_at__isnull=True, expires_at__gt=timezone.now())
    return unexpired.last() or Token.objects.issue(signatory, Purpose.CONFIRM)


def _mails_today(signatory: Signatory) -> MailQuerySet:
    """What the form has had written to this address in the last 24 hours."""
    since = timezone.now() - A_DAY
    return Mail.objects.filter(to_hash=signatory.contact_hash, created_at__gt=since, kind__in=FROM_THE_FORM)


def _settled(signatory: Signatory) -> Outcome:
    """The outcome a row that is no longer pending has."""
    settled = {
        Signatory.Status.WITHDRAWN: Outcome.REFUSED,
        Signatory.Status.LAPSED: Outcome.TOO_LATE,
    }
    return settled.get(Signatory.Status(signatory.status), Outcome.CONFIRMED)
