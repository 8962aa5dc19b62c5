"""What those who keep the register do to it: two entries are one, or are not after all; one goes; all go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.models import JournalEntry, User
from signatories.models import Appearance, InvalidatedSignatory, Organization

BATCH = 500  # entries


class AlreadyMerged(Exception):
    """One of the two has been merged meanwhile, or is gone."""


class NotMerged(Exception):
    """There is nothing to undo."""


@transaction.atomic
def merge(gone: int, into: int, *, by: User) -> None:
    """Two entries are one organization; `gone` and `into` are their keys. Raises AlreadyMerged."""
    there = {one.pk: one for one in _locked([gone, into]) if one.merged_into_id is None}
    if gone == into or len(there) < 2:
        raise AlreadyMerged
    Organization.objects.filter(pk=gone).update(merged_into=into, merged_at=timezone.now(), merged_by=by)
    Appearance.objects.filter(organization=gone).update(organization=into)
    JournalEntry.objects.record("merged", there[gone], by=by, into=into)


@transaction.atomic
def split(entry: int, *, by: User) -> None:
    """Undo a merger: `entry` has again what it had, and what came under its name since. Raises NotMerged."""
    found = _locked([entry])
    if not found or found[0].merged_into_id is None:
        raise NotMerged
    into = found[0].merged_into_id
    Organization.objects.filter(pk=entry).update(merged_into=None, merged_at=None, merged_by=None)
    Appearance.objects.filter(origin__in=_under([entry])).update(organization=entry)
    JournalEntry.objects.record("split", found[0], by=by, out_of=into)


def mergers_gone(rows: QuerySet[InvalidatedSignatory]) -> list[list[UUID]]:
    """Of a cohort's sign-ons those that had been merged by hand into one entry, and whose entries have all gone with
    them; first of each whoever gave the entry its name."""
    filed = rows.filter(entry__isnull=False)
    there = Organization.objects.filter(Q(pk__in=filed.values("entry")) | Q(pk__in=filed.values("origin")))
    kept = set(there.values_list("pk", flat=True))
    under: dict[int, list[tuple[bool, int, UUID]]] = defaultdict(list)
    for signatory, origin, entry in filed.order_by("pk").values_list("signatory", "origin", "entry"):
        if origin and entry and not {origin, entry} & kept:
            under[entry].append((origin != entry, origin, signatory))
    several = [some for some in under.values() if len({origin for _, origin, _ in some}) > 1]
    return [[signatory for *_, signatory in sorted(some)] for some in several]


def merge_again(several: Iterable[list[UUID]], *, by: User) -> None:
    """Those who were one organization's are so again, after they have been filed anew."""
    for some in several:
        now = dict(Appearance.objects.filter(pk__in=some).values_list("pk", "organization"))
        into, *gone = dict.fromkeys(now[pk] for pk in some if pk in now) or [0]
        for one in gone:
            with suppress(AlreadyMerged):
                merge(one, into, by=by)


@transaction.atomic
def delete(entry: int, *, by: User) -> bool:
    """Forget one organization, and what was merged into it; whether it was there. Its sign-ons stay as they are."""
    found = _locked([entry])
    if not found:
        return False
    JournalEntry.objects.record("deleted from register", found[0], by=by)
    Organization.objects.filter(pk__in=_under([entry])).delete()
    return True


def empty(*, by: User | None = None, most: int | None = None) -> int:
    """Forget all of them, or about `most`; how many. Some at a time: the database looks at each."""
    JournalEntry.objects.record("emptied register", Organization(pk=0), by=by)
    number = 0
    while (most is None or number < most) and (gone := _forget_some()):
        number += gone
    return number


@transaction.atomic
def _forget_some() -> int:
    entries = [one.pk for one in _locked(list(Organization.objects.standing().values_list("pk", flat=True)[:BATCH]))]
    Appearance.objects.filter(organization__in=entries).delete()
    Organization.objects.filter(pk__in=_under(entries)).delete()
    return len(entries)


def _locked(entries: list[int]) -> list[Organization]:
    return list(Organization.objects.filter(pk__in=entries).order_by("pk").select_for_update(of=("self",)))


def _under(entries: list[int]) -> list[int]:
    """The entries, what was merged into them, and what into that."""
    found, newest = list(entries), list(entries)
    while newest := list(Organization.objects.filter(merged_into__in=newest).values_list("pk", flat=True)):
        found += newest
    return found
