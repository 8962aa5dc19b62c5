"""Letting through what was held: by a vetter, or by the clock.

The clock lets through once the rush is over, a few at a time, from calm places first; a filled-in trap waits for a
vetter. When the letter closes everything goes at once, whatever it was held for, so that nobody loses any of the 24
hours to confirm for having been held; but nothing goes while the whole site is paused. What is not to go then has to
be invalidated before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from campaigns import pausing, sources
from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories.models import Signatory
from signatories.models.querysets import SignatoryQuerySet
from signatories.services import cohorts, holding, limits, signing

HeldBecause = Signatory.HeldBecause

CALM = 10  # sign-ons from one place: a letter's members in one office
CALM_AT_ONCE = 30  # each half minute, of calm places: sixty a minute is half a rush
OTHERS_AT_ONCE = 5  # each half minute, of the others: 600 an hour leave a vetter time to see them
HASTE_WAITS = timedelta(hours=1)  # whoever was no program has sent the form again by then


def release(signatories: SignatoryQuerySet, *, by: User | None = None) -> int:
    """Write the mail that asks to confirm, for those that are held and can still confirm; how many mails.

    Fewer than were held where a mailbox has had all that forms may send it, or said that it never asked.
    """
    by_letter: dict[int, list[UUID]] = {}
    for pk, letter in signatories.held().order_by("signed_at").values_list("pk", "letter"):
        by_letter.setdefault(letter, []).append(pk)
    return sum(
        _release(letter, some, by) for letter in sorted(by_letter) for some in cohorts.batches(by_letter[letter], 100)
    )


def let_through() -> int:
    """What the clock lets through now; how many mails. To be called every half minute."""
    waiting = Signatory.objects.held().order_by().values_list("letter", flat=True).distinct()
    letters = Letter.objects.filter(pk__in=list(waiting))
    return sum(release(Signatory.objects.filter(pk__in=_due(letter))) for letter in letters)


def _due(letter: Letter) -> Iterable[UUID]:
    held = letter.signatories.held()
    if not letter.accepts_confirmations:
        return []
    if pausing.is_paused():
        return []
    if letter.is_over:
        return held.values_list("pk", flat=True)
    if letter.is_interrupted or holding.is_rush(letter.pk):
        return []
    patient = held.exclude(held_because=HeldBecause.TRAP)
    patient = patient.exclude(held_because=HeldBecause.HASTE, signed_at__gt=timezone.now() - HASTE_WAITS)
    patient = patient.order_by("signed_at")
    calm = patient.filter(source__in=_calm(letter)).values_list("pk", flat=True)[:CALM_AT_ONCE]
    return list(calm) or patient.values_list("pk", flat=True)[:OTHERS_AT_ONCE]


def _calm(letter: Letter) -> list[str]:
    """Places with few sign-ons to the letter, whatever became of these; one that is forgotten is none of them."""
    places = letter.signatories.exclude(source="").order_by().values("source").annotate(number=Count("pk"))
    return list(places.filter(number__lte=CALM).values_list("source", flat=True))


@transaction.atomic
def _release(letter_pk: int, keys: list[UUID], by: User | None) -> int:
    letter = Letter.objects.locked_shared(letter_pk)
    if not letter.accepts_confirmations:
        return 0
    held = list(Signatory.objects.held().filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
    Signatory.objects.filter(pk__in=[one.pk for one in held]).update(released_at=timezone.now())
    written = 0
    for signatory in sorted(held, key=limits.turn):
        signatory.letter = letter
        JournalEntry.objects.record("released", signatory, by=by, letter=letter.pk)
        written += signing.ask_to_confirm(signatory)
    return written


@transaction.atomic
def forget_sources() -> int:
    """Throw away the salts that are two days old and what was made with them; how many rows forgot their place."""
    first = datetime.combine(sources.forget(), time(), UTC)
    return Signatory.objects.filter(signed_at__lt=first).exclude(source="").update(source="")
