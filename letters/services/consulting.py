"""A consultation: a round in which partners are asked about a draft. What they say: letters.services.commenting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from campaigns import outbox, tokens
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail, User
from letters import emails, readiness
from letters.models import Consultation, Letter, Partner
from letters.models.consultations import TOKEN
from letters.services import revisions, working
from letters.services.timetable import NotReady, PastClosing

MAILS_A_DAY = 5  # invitations and reminders to one address, from all letters together
ASKING = ("letters.consultation_invitation", "letters.consultation_reminder")
A_DAY = timedelta(days=1)
TWICE = timedelta(minutes=2)  # the same invitation again within them is a second press of the button


class AlreadyConsulting(Exception):
    """A round runs, or will; there is one at a time."""


class NotConsulting(Exception):
    """The round takes no comments now: not begun or over. Or the partner's link has been withdrawn."""


@dataclass(frozen=True)
class Invitee:
    """`language` is a BCP 47 tag, or "" for the letter's own."""

    organization: str
    email: str
    language: str = ""


@transaction.atomic
def begin_consultation(
    letter: Letter, *, closes_at: datetime, by: User, opens_at: datetime | None = None, message: str = ""
) -> Consultation:
    """Begin a round, now or at a later instant, with the draft as it is, which is kept as a revision.

    A round whose time has run out is ended first. Raises AlreadyConsulting, PastClosing, NotReady when there is nothing
    to comment on, and ForbiddenMove for a letter that is no draft.
    """
    letter = Letter.objects.locked(letter.pk)
    if not letter.is_draft:
        raise ForbiddenMove(f"letter {letter.pk} is {letter.status}")
    if last := letter.consultations.filter(ended_at__isnull=True).first():
        if not last.is_over:
            raise AlreadyConsulting
        _end(last, letter, by)
    if reasons := readiness.missing_words([working.read(letter).authentic]):
        raise NotReady(reasons)
    revisions.keep(letter, by=by, cause=revisions.Cause.CONSULTED)
    now = timezone.now()
    opens_at = max(opens_at or now, now)
    if closes_at <= opens_at:
        raise PastClosing
    consultation = Consultation.objects.create(
        letter=letter, opens_at=opens_at, closes_at=closes_at, message=message, begun_by=by
    )
    letter.move_to(Letter.Status.CONSULTATION, by=by)
    JournalEntry.objects.record("consulted", letter, by=by, consultation=consultation.pk)
    return consultation


@transaction.atomic
def extend_consultation(consultation: Consultation, *, closes_at: datetime, by: User) -> None:
    """Let it close at another instant; also one whose time has run out, unless it was ended by hand or by opening."""
    consultation = held(consultation)
    if consultation.ended_at:
        raise NotConsulting
    if closes_at <= max(timezone.now(), consultation.opens_at):
        raise PastClosing
    consultation.closes_at = closes_at
    consultation.save(update_fields=["closes_at"])
    JournalEntry.objects.record(
        "extended", consultation.letter, by=by, consultation=consultation.pk, closes_at=closes_at
    )


@transaction.atomic
def end_consultation(consultation: Consultation, *, by: User) -> None:
    """End the round; the letter is a draft again. Partners can still read the answers. Doing it twice is harmless."""
    consultation = held(consultation)
    if consultation.ended_at is None:
        _end(consultation, consultation.letter, by)


@transaction.atomic
def invite_partners(consultation: Consultation, invitees: Sequence[Invitee], *, by: User) -> list[Invitee]:
    """Send each its private link; return those who were not written to, having had enough mails for a day.

    Inviting an address again replaces its link: the old one stops working. Raises NotConsulting once the round is over.
    """
    consultation = held(consultation)
    if consultation.is_over:
        raise NotConsulting
    return [invitee for invitee in invitees if not _invite(consultation, invitee, by)]


@transaction.atomic
def revoke_partner(partner: Partner, *, by: User) -> None:
    """The link stops working; what the partner has said stays."""
    held(partner.consultation)
    if Partner.objects.invited().filter(pk=partner.pk).update(revoked_at=timezone.now()):
        letter = partner.consultation.letter_id
        JournalEntry.objects.record("revoked partner", partner, by=by, letter=letter)


@transaction.atomic
def remind_partners(consultation: Consultation, *, by: User) -> int:
    """Write to those who have said nothing yet, each at most once a day; how many."""
    consultation = held(consultation)
    if not consultation.takes_comments:
        raise NotConsulting
    reminded = 0
    since = timezone.now() - A_DAY
    for partner in consultation.partners.invited().silent():
        lately = Mail.objects.about(partner).filter(kind="letters.consultation_reminder", created_at__gt=since)
        if not lately.exists() and _may_write_to(partner.email):
            emails.tell(emails.consultation_reminder, partner, dedupe=timezone.now().isoformat())
            reminded += 1
    JournalEntry.objects.record("reminded", consultation.letter, by=by, consultation=consultation.pk, n=reminded)
    return reminded


def held(consultation: Consultation) -> Consultation:
    """The round as it is now, with its letter locked: commenting, answering and ending take turns."""
    letter = Letter.objects.locked(consultation.letter_id)
    consultation = Consultation.objects.get(pk=consultation.pk)
    consultation.letter = letter
    return consultation


def _end(consultation: Consultation, letter: Letter, by: User) -> None:
    consultation.ended_at = min(timezone.now(), consultation.closes_at)
    consultation.save(update_fields=["ended_at"])
    if letter.status == Letter.Status.CONSULTATION:
        letter.move_to(Letter.Status.DRAFT, by=by)
    JournalEntry.objects.record("ended consultation", letter, by=by, consultation=consultation.pk)


def _invite(consultation: Consultation, invitee: Invitee, by: User) -> bool:
    """Whether it has a mail, or had it a moment ago."""
    email = invitee.email.strip().lower()
    email_hash = outbox.address_hash(email)
    just_now = consultation.partners.invited().filter(
        email_hash=email_hash,
        organization=invitee.organization,
        language=invitee.language,
        invited_at__gt=timezone.now() - TWICE,
    )
    if just_now.exists():
        return True
    if not _may_write_to(email):
        return False
    fresh = tokens.fresh(TOKEN)
    facts = {
        "organization": invitee.organization,
        "email": email,
        "language": invitee.language,
        "nonce": fresh.nonce,
        "digest": fresh.digest,
        "invited_at": timezone.now(),
        "revoked_at": None,
    }
    partner, _ = consultation.partners.update_or_create(email_hash=email_hash, defaults=facts)
    wait = max(consultation.opens_at - timezone.now(), timedelta())
    data = {"digest": fresh.digest}
    emails.tell(emails.consultation_invitation, partner, dedupe=fresh.digest, wait=wait, data=data)
    JournalEntry.objects.record("invited partner", partner, by=by, letter=consultation.letter_id)
    return True


def _may_write_to(email: str) -> bool:
    lately = Mail.objects.filter(created_at__gt=timezone.now() - A_DAY, kind__in=ASKING)
    lately = lately.filter(to_hash=outbox.mailbox_hash(email))
    return lately.count() < MAILS_A_DAY
