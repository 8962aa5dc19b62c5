"""How long addresses, acknowledgements and replies are kept that were not made public (docs/decisions/0037)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.models import JournalEntry
from letters.models import Delivery, Letter, Reply
from letters.models.deliveries import PRIVATE, PRIVATE_OF_REPLY, DeliveryQuerySet, ReplyQuerySet

OVER = (Letter.Status.CLOSED, Letter.Status.ARCHIVED)


def forget_correspondence() -> int:
    """Empty what is kept no longer, of letters whose contact data is not kept any more either; of how many rows.

    What came later than that, as replies do, is kept as long from when it was entered. To be called every hour; twice
    is harmless.
    """
    long_ago = timezone.now() - timedelta(days=settings.CONTACT_RETENTION_DAYS)
    held = Q(editions__deliveries__in=_deliveries(long_ago)) | Q(replies__in=_replies(long_ago))
    letters = Letter.objects.filter(held, status__in=OVER).distinct()
    return sum(_forget(pk, long_ago) for pk in list(letters.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _forget(pk: int, long_ago: datetime) -> int:
    """Decided under the letter's lock: it may have been opened again, or delivered."""
    letter, now = Letter.objects.locked(pk), timezone.now()
    until = letter.contacts_kept_until
    if letter.status not in OVER or until is None or until > now:
        return 0
    emptied = 0
    for delivery in _deliveries(long_ago).filter(edition__letter=letter).without_files():
        if delivery.can_move_to(Delivery.Status.CANCELLED):  # prepared and left
            delivery.move_to(Delivery.Status.CANCELLED)
        facts = {"emptied_at": now, **dict.fromkeys(PRIVATE, "")}
        emptied += Delivery.objects.filter(pk=delivery.pk).update(**facts)
    replies = _replies(long_ago).filter(letter=letter)
    emptied += replies.update(emptied_at=now, **dict.fromkeys(PRIVATE_OF_REPLY, ""))
    if emptied:
        JournalEntry.objects.record("deleted correspondence", letter, number=emptied)
    return emptied


def _deliveries(long_ago: datetime) -> DeliveryQuerySet:
    return Delivery.objects.settled().filter(touched_at__lte=long_ago, emptied_at__isnull=True)


def _replies(long_ago: datetime) -> ReplyQuerySet:
    return Reply.objects.filter(published_at__isnull=True, touched_at__lte=long_ago, emptied_at__isnull=True)
