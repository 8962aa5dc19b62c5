"""What the mailbox answers: yes, our board decides first, or we did not ask for this."""

from __future__ import annotations

import enum
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from campaigns import silence
from campaigns.models import JournalEntry
from letters.models import Amendment, Revision
from signatories import attestations, emails
from signatories.models import Purpose, Signatory, Token
from signatories.services import knowing, vouching
from signatories.services.behind_links import held
from signatories.services.doubles import move_unless_double

TRIES = 3  # a race lost more often than this is none
DOUBLE_CLICK = timedelta(minutes=10)  # in which the same answer, sent again, is shown what the first came to

Status = Signatory.Status


class Outcome(enum.Enum):
    """What an answer came to."""

    CONFIRMED = "confirmed"  # a double as well: that another mailbox was first would tell who has signed
    REVIEWING = "reviewing"
    REFUSED = "refused"
    CHANGED = "changed"  # the text was amended in substance since it was on the screen: nothing is signed
    CLOSED = "closed"  # the link leads nowhere any more: answered, replaced by a newer one, or too late


def is_open(token: Token) -> bool:
    """Whether the choice behind a link is still to be made; of a board, behind the link to its own sign-on."""
    signatory = token.signatory
    if signatory.status != Status.PENDING or token.replaced_at:
        return False
    if token.purpose != Purpose.CONFIRM and not signatory.reviewing_since:
        return False
    return signatory.letter.is_draft if signatory.trial_id else signatory.letter.accepts_confirmations


def just_answered(token: Token) -> Outcome | None:
    """What the answer behind a link came to a moment ago, for whoever pressed twice; None otherwise."""
    signatory, since = token.signatory, timezone.now() - DOUBLE_CLICK
    if token.replaced_at:
        return None
    if signatory.status in (Status.CONFIRMED, Status.DUPLICATE, Status.LISTED):
        answered_at, outcome = signatory.confirmed_at, Outcome.CONFIRMED
    elif signatory.status == Status.WITHDRAWN and not signatory.confirmed_at:
        answered_at, outcome = signatory.withdrawn_at, Outcome.REFUSED
    else:
        return None
    return outcome if answered_at and answered_at > since else None


@transaction.atomic
def confirm(token: Token, *, seen: int | None = None) -> Outcome:
    """The organization says yes, from its mailbox. Saying it again changes nothing.

    `seen` is the number of the revision that was on the screen, or else the one in force when the form was sent. It is
    what is agreed to, unless an amendment of substance has come between: CHANGED, and nothing is.
    """
    signatory = held(token)
    if outcome := _closed(token, signatory):
        return outcome
    revision = _seen(signatory, seen)
    if revision is None:
        return Outcome.CHANGED
    facts = {"confirmed_at": timezone.now(), "agreed_revision": revision, **_attested(signatory)}
    for _ in range(TRIES):
        if move_unless_double(signatory, Status.CONFIRMED, **facts):
            break
        live = Signatory.objects.live().filter(letter=signatory.letter, identity_hash=signatory.identity_hash).first()
        if live:  # otherwise it was withdrawn or declined this very moment, and the place is free
            signatory.move_to(Status.DUPLICATE, duplicate_of=live, **facts)
            break
    if not knowing.list_if_known(signatory):
        emails.tell(emails.received, signatory)
    _tell_of_correction(signatory, revision)
    vouching.ask(signatory)
    return Outcome.CONFIRMED


@transaction.atomic
def let_board_decide(token: Token) -> Outcome:
    """The organization wants to sign and may not yet: it gets what its board needs, and is reminded."""
    signatory = held(token)
    if outcome := _closed(token, signatory):
        return outcome
    if not signatory.reviewing_since:
        Signatory.objects.filter(pk=signatory.pk).update(reviewing_since=timezone.now())
        JournalEntry.objects.record("board decides", signatory, letter=signatory.letter_id)
        emails.tell(emails.board_pack, signatory)
    return Outcome.REVIEWING


@transaction.atomic
def refuse(token: Token) -> Outcome:
    """Somebody used this address: nothing was signed, nothing more is written to it, and the vetters see it.

    The no of a board is no such alarm: it knows of the letter, and may sign another one.
    """
    signatory = held(token)
    if outcome := _closed(token, signatory):
        return outcome
    signatory.move_to(Status.WITHDRAWN, withdrawn_at=timezone.now())
    if signatory.reviewing_since:
        JournalEntry.objects.record("board said no", signatory, letter=signatory.letter_id)
        return Outcome.REFUSED
    if not signatory.trial_id:
        silence.keep(signatory.contact_email)
    JournalEntry.objects.record("refused", signatory, letter=signatory.letter_id)
    return Outcome.REFUSED


def lapse_unconfirmed() -> int:
    """Let go of what was never confirmed once its letter takes no more confirmations; how many."""
    lapsed = 0
    waiting = Signatory.objects.awaiting_confirmation().filter(letter__closed_at__isnull=False)
    for pk in list(waiting.values_list("pk", flat=True)):
        with transaction.atomic():
            signatory = waiting.select_for_update(of=("self",)).select_related("letter").filter(pk=pk).first()
            if signatory and not signatory.letter.accepts_confirmations:
                signatory.move_to(Status.LAPSED)
                lapsed += 1
    return lapsed


def _closed(token: Token, signatory: Signatory) -> Outcome | None:
    """The outcome where there is nothing to answer any more, now that the row is held."""
    fresh = Token.objects.get(pk=token.pk)
    fresh.signatory = token.signatory = signatory
    return None if is_open(fresh) else just_answered(fresh) or Outcome.CLOSED


def _attested(signatory: Signatory) -> dict[str, str]:
    """Of one that came in a list and has ticked nothing yet: what the answer says. See forms.ChoiceForm."""
    if not signatory.came_in_a_list:
        return {}
    return {"attestation": attestations.VERSION, "attested_words": attestations.words(signatory.kind)}


def _seen(signatory: Signatory, number: int | None) -> Revision | None:
    """The revision with this number, or the one in force at the sign-on; None if its substance is in force no more."""
    revisions = signatory.letter.revisions.order_by("-number")
    if not signatory.trial_id:  # a test agrees to a draft
        revisions = revisions.signed()
    if number is None:
        before = revisions.filter(created_at__lte=signatory.signed_at).first() or revisions.last()
        number = before.number if before else 0
    return revisions.filter(number=number, substance=signatory.letter.substance).first()


def _tell_of_correction(signatory: Signatory, agreed: Revision) -> None:
    """A correction that came while the page was on the screen: those who had signed before were told of it."""
    corrections = signatory.letter.amendments.filter(weight=Amendment.Class.CORRECTION)
    newest = corrections.filter(revision__number__gt=agreed.number).order_by("-revision__number").first()
    if newest and newest.takes_objections:
        emails.tell(emails.corrected, signatory, dedupe=str(newest.pk))
