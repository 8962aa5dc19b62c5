"""Until when it is kept who signed for an organization, and with which address.

A letter's contact data goes some time after closing, newest edition or last delivery (Letter.contacts_kept_until), and
never sooner than two weeks after everybody was told the day; but for addresses that somebody typed and that never
answered. With it go the names that its editions show to the addressee alone.
The journal says what was told, so all of this may run twice, be cut off, and be run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters import services as letters
from letters.models import AddresseeNames, Letter
from signatories import emails, receipts
from signatories.models import Signatory
from signatories.models.querysets import SignatoryQuerySet
from signatories.models.vocabulary import Visibility
from signatories.services.erasing import erase

NOTICE = timedelta(days=14)
TOLD = "told of deleting"
BATCH = 100
OVER = (Letter.Status.CLOSED, Letter.Status.ARCHIVED)


@dataclass(frozen=True)
class Due:
    """A letter whose contact data goes soon or now, and what of that has been done."""

    letter: Letter
    day: datetime
    is_told: bool  # of this day
    is_over: bool  # the day has come, after it was told
    contacts: int


def due() -> Iterator[Due]:
    """The letters to do something about, as it stands now."""
    now = timezone.now()
    holding = Signatory.objects.filter(letter=OuterRef("pk")).exclude(contact_email="")
    naming = AddresseeNames.objects.filter(edition__letter=OuterRef("pk"), deleted_at__isnull=True)
    over = Letter.objects.filter(status__in=OVER)
    for letter in over.filter(Exists(holding) | Exists(naming)).order_by("pk"):
        until = letter.contacts_kept_until
        if until is None or now < until - NOTICE:
            continue
        told = _told(letter)
        if told and told >= until:
            yield Due(letter, told, True, now >= told, _contacts(letter).count())
        else:  # nobody knows yet, or a newer edition has put it off
            yield Due(letter, max(until, now + NOTICE), False, False, _contacts(letter).count())


def keep_retention() -> int:
    """Tell of the day, and delete when it has come; how many contacts were deleted."""
    deleted = 0
    for one in due():
        if one.is_over:
            _forget_names(one)  # first: else each row that goes looks whether it is named
            deleted += _delete(one)
            continue
        if not one.is_told:
            JournalEntry.objects.record(TOLD, one.letter, day=one.day.isoformat())
        _tell(one)
    return deleted


def _tell(one: Due) -> None:
    stamp = f"{one.day:%Y-%m-%d}"
    keys = Mail.objects.filter(kind="signatories.data_will_be_deleted", dedupe_key__endswith=f":{stamp}")
    told = set(keys.values_list("about_id", flat=True))
    known = _contacts(one.letter).known_to_their_owners()
    for signatory in known.select_related("letter").iterator(chunk_size=BATCH):
        if str(signatory.pk) not in told:
            with transaction.atomic():
                data = {"day": one.day.isoformat()}
                emails.tell(emails.data_will_be_deleted, signatory, dedupe=stamp, data=data)


@transaction.atomic
def _forget_names(one: Due) -> None:
    if _is_still_due(one):
        letters.forget_names(one.letter)


def _delete(one: Due) -> int:
    letter, deleted = one.letter, 0
    while keys := list(_contacts(letter).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            if not _is_still_due(one):
                break
            held = _contacts(letter).filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
            for signatory in held:
                erase(signatory, keeps_line=_is_printed(signatory))
                deleted += 1
    if deleted:
        JournalEntry.objects.record("deleted contacts", letter, number=deleted)
    return deleted


def _is_still_due(one: Due) -> bool:
    """Whether the letter was not opened again meanwhile, nor another edition frozen or delivered. It is locked."""
    letter = Letter.objects.locked(one.letter.pk)
    until = letter.contacts_kept_until
    return letter.status in OVER and until is not None and until <= one.day


def _is_printed(signatory: Signatory) -> bool:
    """Listed with a name, be it for the addressee alone; or withdrawn since an edition has printed its name: the page
    says so, where it is not withheld now."""
    if signatory.status == Signatory.Status.LISTED:
        return signatory.visibility != Visibility.COUNTED
    has_left = signatory.status == Signatory.Status.WITHDRAWN and not signatory.is_withheld
    return has_left and Visibility.PUBLIC in receipts.visibilities(signatory)


def _contacts(letter: Letter) -> SignatoryQuerySet:
    return letter.signatories.exclude(contact_email="")


def _told(letter: Letter) -> datetime | None:
    newest = JournalEntry.objects.about(letter).filter(verb=TOLD).order_by("-pk").first()
    return datetime.fromisoformat(newest.data["day"]) if newest else None
