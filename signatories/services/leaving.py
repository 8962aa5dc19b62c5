"""Withdrawing, and having erased what is held."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry
from signatories import emails
from signatories.models import Signatory, Submission, Token
from signatories.services import erasing
from signatories.services.behind_links import held
from signatories.services.importing import turns

Status = Signatory.Status
OVER = (Status.WITHDRAWN, Status.LAPSED, Status.DECLINED, Status.INVALID)
STANDING = (Status.PENDING, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE)


@transaction.atomic
def withdraw(token: Token) -> None:
    """Take it off the letter, at any time. No edition changes: the next one, and the page, are without it."""
    signatory = held(token)
    if signatory.status in STANDING:
        _leave(signatory)
        emails.tell(emails.withdrawn, signatory)


@transaction.atomic
def erase(token: Token, *, keeps_line: bool) -> None:
    """Delete what is held about a sign-on, for good; it is withdrawn unless its line is to stay on the letter.

    So is what the same mailbox sent to this letter before and what came to nothing. A line stays only where it is
    printed and nobody needs to be asked about it any more: listed, on a closed letter.
    """
    turns.wait_for(token.signatory.letter_id)
    signatory = held(token)
    stays = keeps_line and may_keep_line(signatory)
    if not stays and signatory.can_move_to(Status.WITHDRAWN):
        _leave(signatory)
    JournalEntry.objects.record("erased", signatory, letter=signatory.letter_id, line="kept" if stays else "erased")
    same_mailbox = Signatory.objects.filter(letter=signatory.letter, contact_hash=signatory.contact_hash)
    Submission.objects.filter(letter=signatory.letter, contact_hash=signatory.contact_hash).delete()
    for earlier in same_mailbox.filter(status__in=OVER).exclude(pk=signatory.pk):
        erasing.erase(earlier, keeps_line=False)
    erasing.erase(signatory, keeps_line=stays)


def _leave(signatory: Signatory) -> None:
    is_counted = signatory.status == Status.LISTED
    signatory.move_to(Status.WITHDRAWN, withdrawn_at=timezone.now())
    if is_counted and signatory.letter.is_over:  # after which its cards, with the number, are looked after seldom
        signatory.letter.cards.draw_anew()


def may_keep_line(signatory: Signatory) -> bool:
    return signatory.status == Status.LISTED and signatory.letter.is_over
