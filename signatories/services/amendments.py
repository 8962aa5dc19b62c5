"""What an amendment asks of those who have signed: to agree again to new substance, or to object to a correction."""

from __future__ import annotations

import enum
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry, Mail, User
from campaigns.outbox import Writer
from letters.models import Amendment, Letter
from signatories import emails
from signatories.models import Objection, Signatory, Token
from signatories.models.querysets import SignatoryQuerySet
from signatories.models.vocabulary import AGREED_AGAIN
from signatories.services.behind_links import held

REMIND_AFTER = timedelta(hours=20)
BATCH = 200

Status = Signatory.Status
Weight = Amendment.Class


class Answer(enum.Enum):
    """What answering an amendment came to, or how things stand for somebody who comes again."""

    AGREED = "agreed"
    OBJECTED = "objected"
    UNOPPOSED = "unopposed"  # a correction, and no objection was made in time
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"  # meanwhile there is another amendment of substance: look again
    TOO_LATE = "too_late"
    NOTHING = "nothing"  # declined or set aside: there is nothing to answer


def asks_of(signatory: Signatory) -> Amendment | None:
    """What it can still answer: the newest amendment of substance it has not agreed to, or a fresh correction."""
    if not signatory.has_said_yes:
        return None
    amendments = signatory.letter.amendments.select_related("letter", "previous", "revision").order_by(
        "-revision__number"
    )
    if not signatory.agrees:
        newest = amendments.filter(weight=Weight.SUBSTANCE).first()
        return newest if newest and newest.takes_agreement else None
    fresh = amendments.filter(weight=Weight.CORRECTION, revision__number__gt=_agreed_number(signatory)).first()
    if fresh is None or not fresh.takes_objections:
        return None
    return None if signatory.objections.filter(amendment=fresh).exists() else fresh


def standing_of(signatory: Signatory) -> Answer:
    """How it stands for somebody who can answer nothing any more."""
    if signatory.status == Status.WITHDRAWN:
        return Answer.WITHDRAWN
    if signatory.status == Status.LAPSED:
        return Answer.TOO_LATE
    if not signatory.has_said_yes:
        return Answer.NOTHING
    if not signatory.agrees:
        return Answer.TOO_LATE
    newest = signatory.letter.amendments.order_by("-revision__number").first()
    if newest and newest.weight == Weight.CORRECTION:
        is_against = signatory.objections.filter(amendment=newest).exists()
        return Answer.OBJECTED if is_against else Answer.UNOPPOSED
    return Answer.AGREED


@transaction.atomic
def agree(token: Token, *, seen: int) -> Answer:
    """Agree to the text again. `seen` is the number of the revision that was on the screen.

    Binds to that revision, if no amendment of substance has come between; otherwise CHANGED, and nothing is bound.
    """
    signatory = held(token)
    asked = asks_of(signatory)
    if asked is None or not asked.is_substance:
        return standing_of(signatory)
    revision = signatory.letter.revisions.signed().filter(number=seen, substance=signatory.letter.substance).first()
    if revision is None:
        return Answer.CHANGED
    attestation = signatory.attestation if signatory.has_answered else AGREED_AGAIN
    Signatory.objects.filter(pk=signatory.pk).update(agreed_revision=revision, attestation=attestation)
    JournalEntry.objects.record("agreed again", signatory, letter=signatory.letter_id, revision=revision.number)
    if signatory.status == Status.LISTED:
        emails.tell(emails.listed, signatory, dedupe=f"revision {revision.number}")
    return Answer.AGREED


@transaction.atomic
def object_to(token: Token, *, words: str) -> Answer:
    """Object to a correction: the team is told; the signatory stays on the roll until somebody decides otherwise."""
    signatory = held(token)
    asked = asks_of(signatory)
    if asked is None:
        return standing_of(signatory)
    if asked.is_substance:  # it came while the correction was on the screen
        return Answer.CHANGED
    objection = Objection.objects.create(signatory=signatory, amendment=asked, words=words)
    JournalEntry.objects.record("objected", signatory, letter=signatory.letter_id, amendment=asked.pk)
    emails.tell_team(emails.objection, objection, signatory.letter)
    return Answer.OBJECTED


def ask_again(signatory: Signatory) -> None:
    """Write to one who was not there to be asked when the text changed: declined then, and reconsidered since."""
    newest = signatory.letter.amendments.filter(weight=Weight.SUBSTANCE).order_by("-revision__number").first()
    if newest and newest.takes_agreement and not signatory.agrees:
        _write(signatory, newest, emails.agree_again, dedupe=f"{newest.pk} {timezone.now().isoformat()}")


def tell_restored(letter: Letter, keys: Collection[UUID]) -> None:
    """Write to those of `keys` who were set aside when the text changed; a mail is written once."""
    newest = letter.amendments.filter(weight=Weight.SUBSTANCE).order_by("-revision__number").first()
    if newest and newest.takes_agreement:
        for signatory in letter.signatories.asked_again().filter(pk__in=keys).select_related("letter"):
            with transaction.atomic():
                _write(signatory, newest, emails.agree_again, dedupe=str(newest.pk))


def remind(letter: Letter, *, by: User) -> int:
    """Write once more to those who have not agreed again; how many. Each gets one such mail a day at most.

    Without the letter's lock, which thousands of mails would keep from those who sign: a mail says what holds when it
    is sent, and none is written to who has agreed by then.
    """
    newest = letter.amendments.filter(weight=Weight.SUBSTANCE).order_by("-revision__number").first()
    if newest is None or not newest.takes_agreement:
        return 0
    reminded = 0
    kinds = ("signatories.agree_again", "signatories.agree_reminder")
    recent = Mail.objects.filter(kind__in=kinds, created_at__gt=timezone.now() - REMIND_AFTER)
    told = set(recent.values_list("about_id", flat=True))
    for signatory in letter.signatories.asked_again().select_related("letter"):
        if str(signatory.pk) not in told:
            with transaction.atomic():
                _write(signatory, newest, emails.agree_reminder, dedupe=f"{newest.pk} {timezone.now():%Y-%m-%d %H}")
            reminded += 1
    JournalEntry.objects.record("reminded to agree", letter, by=by, number=reminded)
    return reminded


def tell_of_amendments() -> int:
    """Write to everybody whom an amendment concerns; how many mails. May run twice: a mail is written once."""
    written = 0
    for amendment in Amendment.objects.untold().select_related("letter", "revision"):
        writer = _writer(amendment)
        told = _told(amendment, writer)  # by a pass that was cut off, or that is still at it
        for signatory in _concerned(amendment).iterator(chunk_size=BATCH):
            if str(signatory.pk) in told:
                continue
            with transaction.atomic():
                _write(signatory, amendment, writer, dedupe=str(amendment.pk))
            written += 1
        Amendment.objects.untold().filter(pk=amendment.pk).update(told_at=timezone.now())
    return written


def lapse_unagreed() -> int:
    """Leave out those who have not agreed again in time; how many."""
    lapsed = 0
    for amendment in Amendment.objects.past_agreeing(timezone.now()).select_related("letter"):
        for pk in list(amendment.letter.signatories.asked_again().values_list("pk", flat=True)):
            lapsed += _lapse(amendment.letter_id, pk)
    return lapsed


@transaction.atomic
def _lapse(letter: int, pk: UUID) -> bool:
    held = Letter.objects.locked(letter)
    signatory = held.signatories.asked_again().select_for_update(of=("self",)).filter(pk=pk).first()
    if signatory is None:
        return False
    signatory.letter = held
    newest = held.amendments.filter(weight=Weight.SUBSTANCE).order_by("-revision__number").first()
    if newest is None or newest.takes_agreement:  # a later amendment gives time again
        return False
    signatory.move_to(Status.LAPSED)
    emails.tell(emails.left_out, signatory, dedupe=str(newest.pk))
    return True


def _concerned(amendment: Amendment) -> SignatoryQuerySet:
    """Those who had signed before it: they agreed to an older substance, or to an older wording of this one."""
    live = amendment.letter.signatories.real().said_yes().select_related("letter")
    if amendment.is_substance:
        return live.filter(agreed_revision__substance__lt=amendment.revision.substance)
    return live.filter(
        agreed_revision__number__lt=amendment.revision.number,
        agreed_revision__substance=amendment.revision.substance,
    )


def _told(amendment: Amendment, writer: Writer) -> set[str]:
    written = Mail.objects.filter(
        kind=f"signatories.{writer.__name__}",
        created_at__gte=amendment.made_at,
        dedupe_key__endswith=f":{amendment.pk}",
    )
    return set(written.values_list("about_id", flat=True))


def _writer(amendment: Amendment) -> Writer:
    return emails.agree_again if amendment.is_substance else emails.corrected


def _write(signatory: Signatory, amendment: Amendment, writer: Writer, *, dedupe: str) -> None:
    emails.tell(writer, signatory, dedupe=dedupe)


def _agreed_number(signatory: Signatory) -> int:
    return signatory.agreed_revision.number if signatory.agreed_revision else 0
