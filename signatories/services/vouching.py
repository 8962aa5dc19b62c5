"""Asking somebody else at the organization whether its sign-on is right."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry
from signatories import emails
from signatories.models import Purpose, SecondContact, Signatory, Token
from signatories.services import limits
from signatories.services.behind_links import held


def ask(signatory: Signatory) -> None:
    """Write to the second contact, if one was named and its mailbox may still be written to. Once."""
    second = SecondContact.objects.filter(signatory=signatory, asked_at__isnull=True).first()
    if second is None or not limits.has_room(signatory.letter_id, second.email, trial=signatory.trial_id):
        return
    second.signatory = signatory
    second.asked_at = timezone.now()
    second.save(update_fields=["asked_at"])
    Token.objects.issue(signatory, Purpose.SECOND)
    emails.tell_second(second)


@transaction.atomic
def vouch(token: Token, *, answer: str) -> None:
    """What the second contact says. The first answer counts; vetters see it, and a "wrong" before anything else."""
    signatory = held(token)
    unanswered = SecondContact.objects.filter(signatory=signatory, answer="")
    if unanswered.update(answer=answer, answered_at=timezone.now()):
        JournalEntry.objects.record("vouched", signatory, letter=signatory.letter_id, answer=answer)
