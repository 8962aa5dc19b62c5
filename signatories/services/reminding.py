"""What the clock has written: to those who have not answered, and to all when the closing time has moved.

Each mail is written once, because its key says what for; so all of this may run twice, or at the same time. No lock on
a letter is held, which thousands of mails would keep from those who sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.models import Mail
from campaigns.models.mail import MailQuerySet
from campaigns.outbox import Writer
from letters.models import Letter
from signatories import emails
from signatories.models import Signatory
from signatories.models.querysets import SignatoryQuerySet

REMIND_AFTER = timedelta(hours=48)  # after the mail that asks to confirm has gone out
LOOK_BACK = timedelta(days=14)  # for mails nobody was reminded of, after a standstill
WARN_BEFORE = timedelta(days=3)  # closing
NOT_BEFORE = timedelta(days=1)  # after the form: who filled it in just now has a fresh mail
A_WEEK = timedelta(days=7)
WEEKS = 3  # in which a board is reminded
SETTLED = timedelta(minutes=10)  # a closing time corrected within them is one change
BATCH = 200


def remind_unconfirmed() -> int:
    """Write once to those who have had the mail for two days and said neither yes nor no; how many."""
    now = timezone.now()
    asked = Mail.objects.filter(kind="signatories.confirm", state=Mail.State.SENT, sent_at__gt=now - LOOK_BACK)
    fresh = Mail.objects.filter(kind="signatories.confirm", created_at__gt=now - REMIND_AFTER)
    due = set(_about(asked.filter(sent_at__lte=now - REMIND_AFTER))) - set(_about(fresh))
    due -= _written_to(emails.reminder, since=now - LOOK_BACK - REMIND_AFTER)
    return sum(_tell(emails.reminder, one) for one in _undecided(due) if not one.reviewing_since)


def remind_boards() -> int:
    """Write to those whose board decides, once in each of its first three weeks; how many."""
    written = 0
    waiting = Signatory.objects.under_review().filter(reviewing_since__lte=timezone.now() - A_WEEK)
    for signatory in waiting.select_related("letter").iterator(chunk_size=BATCH):
        weeks = (timezone.now() - (signatory.reviewing_since or timezone.now())) // A_WEEK
        if weeks <= WEEKS and signatory.letter.accepts_confirmations:
            written += _tell(emails.review_reminder, signatory, dedupe=f"week {weeks}")
    return written


def warn_of_closing() -> int:
    """Write once to those who have said neither yes nor no three days before closing; how many."""
    now, written = timezone.now(), 0
    for letter in Letter.objects.filter(status=Letter.Status.OPEN, closes_at__gt=now, closes_at__lte=now + WARN_BEFORE):
        told = _written_to(emails.closes_soon, since=now - LOOK_BACK)
        waiting = _mailed(letter.signatories.real().awaiting_confirmation()).filter(signed_at__lte=now - NOT_BEFORE)
        for signatory in waiting.iterator(chunk_size=BATCH):
            if str(signatory.pk) not in told:
                written += _tell(emails.closes_soon, signatory)
    return written


def tell_of_closing() -> int:
    """Write to all who are on a letter, or may still come, that it closes at another time; how many."""
    written = 0
    for letter in Letter.objects.filter(closing_moved_at__lte=timezone.now() - SETTLED):
        if letter.closing_moved_from is None or letter.closes_at is None:
            continue
        moved = letter.closing_moved_at
        if not letter.is_over:
            written += _tell_all(letter, was=letter.closing_moved_from, closes_at=letter.closes_at, moved=moved)
        told = Letter.objects.filter(pk=letter.pk, closing_moved_at=moved)  # not if it has moved again meanwhile
        told.update(closing_moved_at=None, closing_moved_from=None)
    return written


def _tell_all(letter: Letter, *, was: datetime, closes_at: datetime, moved: datetime | None) -> int:
    data = {"was": was.isoformat(), "closes_at": closes_at.isoformat()}
    rows = letter.signatories.real()
    everybody = _mailed(rows.awaiting_confirmation() | rows.said_yes()).filter(unsubscribed_at__isnull=True)
    stamp = f"{moved:%Y-%m-%dT%H:%M:%S.%f}"
    told = set(_about(Mail.objects.filter(kind="signatories.closing_moved", dedupe_key__endswith=f":{stamp}")))
    waiting = (one for one in everybody.iterator(chunk_size=BATCH) if str(one.pk) not in told)
    return sum(_tell(emails.closing_moved, one, dedupe=stamp, data=data) for one in waiting)


def _tell(writer: Writer, signatory: Signatory, **options: Any) -> int:
    if signatory.unsubscribed_at:
        return 0
    with transaction.atomic():
        emails.tell(writer, signatory, **options)
    return 1


def _undecided(keys: Iterable[str]) -> Iterable[Signatory]:
    """Those that can still say yes, of these."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        rows = _mailed(Signatory.objects.real().awaiting_confirmation()).filter(pk__in=ordered[start : start + BATCH])
        yield from (one for one in rows if one.letter.accepts_confirmations)


def _mailed(signatories: SignatoryQuerySet) -> SignatoryQuerySet:
    """Without those held before their first mail."""
    return signatories.filter(Q(held_because="") | Q(released_at__isnull=False)).select_related("letter")


def _written_to(writer: Writer, *, since: datetime) -> set[str]:
    return set(_about(Mail.objects.filter(kind=f"signatories.{writer.__name__}", created_at__gt=since)))


def _about(mails: MailQuerySet) -> list[str]:
    return list(mails.values_list("about_id", flat=True))
