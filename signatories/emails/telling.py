"""Putting the mails to signatories and teams into the outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from campaigns import outbox
from campaigns.outbox import Writer
from letters.emails import spoken
from letters.models import Letter
from signatories.emails.confirming import no_sign_on, second_contact
from signatories.emails.kinds import CAUSED_BY_FORMS
from signatories.models import SecondContact, Signatory


def tell(
    writer: Writer,
    signatory: Signatory,
    *,
    dedupe: str = "",
    wait: timedelta | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Put a mail to the signatory's contact into the outbox, in the signatory's language."""
    if not signatory.contact_email:  # deleted
        return
    counted = allowance(signatory.letter_id, signatory.trial_id) if writer.__name__ in CAUSED_BY_FORMS else ""
    to, language = signatory.contact_email, spoken(signatory.language)
    outbox.put(writer, signatory, to=to, dedupe=dedupe, language=language, wait=wait, data=data, allowance=counted)


def tell_second(second: SecondContact) -> None:
    """Ask the second contact, once."""
    signatory = second.signatory
    counted = allowance(signatory.letter_id, signatory.trial_id)
    outbox.put(second_contact, second, to=second.email, language=spoken(signatory.language), allowance=counted)


def tell_stranger(letter: Letter, *, to: str, dedupe: str, language: str) -> None:
    """Tell an address that it has signed nothing."""
    outbox.put(no_sign_on, letter, to=to, dedupe=dedupe, language=spoken(language), allowance=allowance(letter.pk))


def tell_team(writer: Writer, about: Any, letter: Letter) -> None:
    """Put a mail to the campaign's contact address into the outbox."""
    outbox.put(writer, about, to=letter.campaign.contact_email)


def allowance(letter: int, trial: int | None = None) -> str:
    """What the mails that a form causes are counted under: the letter; a team member's tests of a draft by the day."""
    return f"trial {trial} {timezone.localdate()}" if trial else f"letter {letter}"
