"""A question before deciding, and its answer."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.models import JournalEntry, User
from signatories import emails
from signatories.models import Question, Signatory, Token
from signatories.services.behind_links import held


@transaction.atomic
def ask(signatory: Signatory, *, by: User, words: str) -> bool:
    """Ask the contact by mail; the answer comes through the signatory's own page. False while one is open, or when
    its data is deleted."""
    if not Signatory.objects.select_for_update(of=("self",)).filter(pk=signatory.pk, erased_at__isnull=True).exists():
        return False
    try:
        with transaction.atomic():
            question = Question.objects.create(signatory=signatory, words=words, asked_by=by)
    except IntegrityError:  # one_open_question
        return False
    JournalEntry.objects.record("asked", signatory, by=by, letter=signatory.letter_id)
    emails.tell(emails.question, signatory, dedupe=str(question.pk))
    return True


@transaction.atomic
def answer(token: Token, *, words: str) -> None:
    """The newest open question's answer; without one, nothing."""
    signatory = held(token)
    answered = Question.objects.open().filter(signatory=signatory).first()
    if answered:
        answered.answer, answered.answered_at = words, timezone.now()
        answered.save(update_fields=["answer", "answered_at"])
        JournalEntry.objects.record("answered", signatory, letter=signatory.letter_id)


def close(signatories: list[Signatory]) -> None:
    """They are decided on without an answer: nobody is to be asked for one any more."""
    Question.objects.open().filter(signatory__in=signatories).update(closed_at=timezone.now())
