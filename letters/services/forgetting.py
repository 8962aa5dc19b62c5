"""How long addresses, acknowledgements and replies are kept that were not made public (docs/decisions/0037)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from campaigns.models import JournalEntry
from letters.models import Delivery, Letter, Publication, Reply
from letters.models.deliveries import PRIVATE, PRIVATE_OF_REPLY, DeliveryQuerySet, ReplyQuerySet

OVER = (Letter.Status.CLOSED, Letter.Status.ARCHIVED)


def forget_correspondence() -> int:
    """Empty what is kept no longer, of letters whose contact data is not kept any more either; of how many rows.

    What came later than that, as replies do, is kept as long from when it was entered. To be called every hour; twice
    is harmless.
    """
    long_ago = _long_ago()
    return sum(_forget(letter.pk, long_ago) for letter in _holding(long_ago))


def due() -> dict[int, int]:
    """Of how many rows it would empty what is kept, by the id of their letter."""
    long_ago = _long_ago()
    over = [letter for letter in _holding(long_ago) if _is_over(letter)]
    return {
        letter.pk: _deliveries(long_ago).filter(edition__letter=letter).count()
        + _replies(long_ago).filter(letter=letter).count()
        for letter in over
    }


@transaction.atomic
def _forget(pk: int, long_ago: datetime) -> int:
    """Decided under the letter's lock: it may have been opened again, or delivered."""
    letter, now = Letter.objects.locked(pk), timezone.now()
    if not _is_over(letter):
        return 0
    emptied = 0
    for delivery in _deliveries(long_ago).filter(edition__letter=letter).without_files():
        if delivery.can_move_to(Delivery.Status.CANCELLED):  # prepared and left
            delivery.move_to(Delivery.Status.CANCELLED)
        facts = {"emptied_at": now, **dict.fromkeys(PRIVATE, "")}
        emptied += Delivery.objects.filter(pk=delivery.pk).update(**facts)
    replies = _replies(long_ago).filter(letter=letter)
    facts = {"emptied_at": now, "published_at": None, "published_by": None, **dict.fromkeys(PRIVATE_OF_REPLY, "")}
    emptied += replies.update(**facts)
    if emptied:
        JournalEntry.objects.record("deleted correspondence", letter, number=emptied)
    return emptied


def _long_ago() -> datetime:
    return timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS)


def _holding(long_ago: datetime) -> list[Letter]:
    held = Q(editions__deliveries__in=_deliveries(long_ago)) | Q(replies__in=_replies(long_ago))
    return list(Letter.objects.filter(held, status__in=OVER).distinct().order_by("pk"))


def _is_over(letter: Letter) -> bool:
    until = letter.contacts_kept_until
    return letter.status in OVER and until is not None and until <= timezone.now()


def _deliveries(long_ago: datetime) -> DeliveryQuerySet:
    return Delivery.objects.settled().filter(touched_at__lte=long_ago, emptied_at__isnull=True)


def _replies(long_ago: datetime) -> ReplyQuerySet:
    """Those that nobody can read on a public page, nor could since. One that is published stands there only while its
    letter is published, too; it is kept for a letter that is going to be."""
    shown = [Publication.Status.PUBLIC, Publication.Status.SCHEDULED]
    reading = Publication.objects.filter(Q(status__in=shown) | Q(went_at__gt=long_ago), letter=OuterRef("letter"))
    hidden = Q(published_at__isnull=True) | ~Exists(reading)
    return Reply.objects.filter(hidden, touched_at__lte=long_ago, emptied_at__isnull=True)
