"""Signing on: what the public form does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns import crypto, insertion, outbox
from campaigns.models import JournalEntry, Mail
from letters.models import Letter, Trial
from signatories import attestations, emails, names
from signatories.guarding import Sending
from signatories.models import Contact, Line, Purpose, SecondContact, Signatory, Token
from signatories.services import holding, limits

RESEND_AFTER = timedelta(minutes=2)
TRIES = 3  # a race lost more often than this is none


class NotAccepting(Exception):
    """The letter takes no sign-ons now: not open yet, paused or closed; or none by individuals."""


@transaction.atomic
def sign_on(
    letter: Letter,
    *,
    line: Line,
    visibility: str,
    scope: str,
    contact: Contact,
    language: str,
    kind: str = Signatory.Kind.ORGANIZATION,
    second_email: str = "",
    trial: Trial | None = None,
    sending: Sending | None = None,
) -> None:
    """Take a sign-on and write the mail that asks to confirm it; with `trial`, as a test on a draft.

    `language` is that of the mails; the language now active is the one in which the attestation was shown.
    `second_email` belongs to somebody else at the organization, to be asked once it is confirmed. `sending` tells of a
    public form, which the letter took when it was sent, whatever it does now: it may be held, without a mail. Says
    nothing about what was there before: whoever repeats learns in the mailbox. Raises NotAccepting.
    """
    letter = Letter.objects.locked_shared(letter.pk)
    if sending is None and not _is_taken(kind, letter, trial):
        raise NotAccepting
    signatory = Signatory(letter=letter, language=language, kind=kind, trial=trial)
    if sending:
        signatory.signed_at, signatory.source = sending.sent_at, sending.source
        signatory.held_because = holding.why_held(letter, sending)
    _fill(signatory, line, visibility, scope, contact)
    for _ in range(TRIES):
        if insertion.insert_or_ignore(signatory):
            _taken(signatory, second_email)
            return
        if _answer_repeat(signatory, second_email):
            return


def _is_taken(kind: str, letter: Letter, trial: Trial | None) -> bool:
    if kind == Signatory.Kind.INDIVIDUAL and not letter.takes_individuals:
        return False
    return letter.is_draft if trial else letter.accepts_signatures


def _taken(signatory: Signatory, second_email: str) -> None:
    """Ask the mailbox of a new row to confirm it, unless it is held."""
    facts = {"letter": signatory.letter_id}
    if signatory.held_because:
        with insertion.together():
            JournalEntry.objects.record("signed", signatory, **facts, held=str(signatory.held_because))
            _name_second(signatory, second_email)
    elif not _has_room(signatory):  # no mail could show what would be signed
        signatory.delete()
    else:
        with insertion.together():
            JournalEntry.objects.record("signed", signatory, **facts)
            _ask_to_confirm(signatory, Token.objects.issue(signatory, Purpose.CONFIRM))
            _name_second(signatory, second_email)


def _fill(signatory: Signatory, line: Line, visibility: str, scope: str, contact: Contact) -> None:
    """Put what the form said onto the row, with the keyed hashes it is found by."""
    signatory.scope = scope
    signatory.attestation, signatory.attested_words = attestations.VERSION, attestations.words(signatory.kind)
    signatory.contact_name, signatory.contact_role, signatory.contact_email = contact.name, contact.role, contact.email
    signatory.contact_hash = outbox.address_hash(contact.email)
    signatory.set_line(line, visibility)
    signatory.identity_hash = identity_hash(signatory.letter_id, line, signatory.kind)


def _name_second(signatory: Signatory, email: str) -> None:
    if email:
        insertion.insert(SecondContact(signatory=signatory, email=email, email_hash=outbox.address_hash(email)))


def identity_hash(letter_id: int, line: Line, kind: str = Signatory.Kind.ORGANIZATION) -> str:
    """What makes two sign-ons to one letter the same organization's: the folded name and the country.

    Many people share a name, so an individual is told from others by the affiliation, too.
    """
    parts = [names.fold(line.name), line.country]
    if kind == Signatory.Kind.INDIVIDUAL:
        parts += [names.fold(line.affiliation), kind]
    return crypto.keyed_hash("identity", str(letter_id), *parts)


def ask_to_confirm(signatory: Signatory) -> bool:
    """The first mail about a sign-on that was held; whether there was room for one."""
    if has_room := _has_room(signatory):
        _ask_to_confirm(signatory, Token.objects.issue(signatory, Purpose.CONFIRM))
    return has_room


def _ask_to_confirm(signatory: Signatory, token: Token, dedupe: str = "") -> None:
    emails.tell(emails.confirm, signatory, dedupe=f"{token.digest}:{dedupe}")


def _answer_repeat(new: Signatory, second_email: str) -> bool:
    """The address stands on this letter already: tell its owner, and nobody else, what is the case.

    While it waits for confirmation the newest form counts, as long as a mail can say so: the line is replaced and older
    links stop working, so what is confirmed is always what the newest mail says. False if the one that stood there has
    gone this very moment.
    """
    same_address = Signatory.objects.filter(letter=new.letter, contact_hash=new.contact_hash)
    held = same_address.holding_address().select_for_update().first()
    if held is None:
        return False
    if held.is_held:  # no mail has shown anything yet
        _answer_held(held, new, second_email)
    elif held.status != Signatory.Status.PENDING or held.reviewing_since:  # its board decides on what it has read
        if _has_room(held):
            emails.tell(emails.already_signed, held, dedupe=str(timezone.localdate()))
    elif _says_the_same(held, new) and _second_of(held) == second_email:
        if not _waiting_mail(held) and not _just_sent(held) and _has_room(held):
            _ask_to_confirm(held, _open_token(held), dedupe=timezone.now().isoformat())
    elif _waiting_mail(held):  # it will say what the form said last
        _replace(held, new, second_email)
        Token.objects.issue(held, Purpose.CONFIRM)
    elif _has_room(held):
        _replace(held, new, second_email)
        _ask_to_confirm(held, Token.objects.issue(held, Purpose.CONFIRM))
    return True


def _answer_held(held: Signatory, new: Signatory, second_email: str) -> None:
    """The newest answers count, and as they came they go on being held or are let through."""
    held.held_because = new.held_because or held.held_because
    held.source = new.source or held.source
    is_same = _says_the_same(held, new) and _second_of(held) == second_email
    _fill_anew(held, new, second_email)
    JournalEntry.objects.record("sent again" if is_same else "answers replaced", held, letter=held.letter_id)
    if not new.held_because and ask_to_confirm(held):
        Signatory.objects.filter(pk=held.pk).update(released_at=timezone.now())


def _replace(held: Signatory, new: Signatory, second_email: str) -> None:
    """Put the newest answers in place of older ones that a mail has shown: no link to those works any more."""
    _fill_anew(held, new, second_email)
    asking = held.tokens.filter(purpose=Purpose.CONFIRM, replaced_at__isnull=True)  # the others show what there is
    asking.update(replaced_at=timezone.now())
    JournalEntry.objects.record("signed anew", held, letter=held.letter_id)


def _fill_anew(held: Signatory, new: Signatory, second_email: str) -> None:
    held.kind, held.language, held.reviewing_since = new.kind, new.language, None
    contact = Contact(new.contact_name, new.contact_role, new.contact_email)
    _fill(held, new.line, new.visibility, new.scope, contact)
    held.submitted = {}
    held.save()
    SecondContact.objects.filter(signatory=held).delete()
    _name_second(held, second_email)


def _has_room(signatory: Signatory) -> bool:
    return limits.has_room(signatory.letter_id, signatory.contact_email, trial=signatory.trial_id)


def _waiting_mail(signatory: Signatory) -> Mail | None:
    """The confirmation mail that has not gone out; held, so that it cannot go before what is said now can be read."""
    mails = Mail.objects.about(signatory).filter(kind="signatories.confirm", state=Mail.State.QUEUED)
    return mails.select_for_update().first()


def _just_sent(signatory: Signatory) -> bool:
    """A second click, or a form sent again because the mail takes its time."""
    mails = Mail.objects.about(signatory).filter(kind="signatories.confirm")
    return mails.filter(created_at__gt=timezone.now() - RESEND_AFTER).exists()


def _says_the_same(one: Signatory, other: Signatory) -> bool:
    def said(signatory: Signatory) -> tuple[Any, ...]:
        person = (signatory.contact_name, signatory.contact_role)
        return (signatory.kind, signatory.line, signatory.visibility, signatory.scope, *person)

    return said(one) == said(other)


def _second_of(signatory: Signatory) -> str:
    second = SecondContact.objects.filter(signatory=signatory).first()
    return second.email if second else ""


def _open_token(signatory: Signatory) -> Token:
    unexpired = signatory.tokens.filter(
        purpose=Purpose.CONFIRM, replaced_at__isnull=True, expires_at__gt=timezone.now()
    )
    return unexpired.last() or Token.objects.issue(signatory, Purpose.CONFIRM)
