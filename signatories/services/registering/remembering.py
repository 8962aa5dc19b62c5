"""Feeding the register: from sign-ons that are public and listed, in the transaction that lists them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from campaigns import turns
from campaigns.models import JournalEntry, User
from campaigns.turns import Turn
from letters.models import Letter
from signatories.matching import Index, Verdict, compare, face
from signatories.models import Appearance, Line, Organization, Signatory
from signatories.models.querysets import SignatoryQuerySet
from signatories.services import filing
from signatories.services.name_keys import as_known, stable
from signatories.services.registering import looking_up

BATCH = 200
FEW = 300  # names at once that are waited for one by one


def remember(signatories: Iterable[Signatory]) -> int:
    """Note to which organization each belongs: one that has its very name in its country, or else a new one.

    How many were noted; of those that are not public and listed nothing is. In a transaction that holds their letters
    and calls this once: names that come batch by batch come in no order, so two would wait for each other.
    """
    if not settings.REGISTER:
        return 0
    chosen = [one for one in signatories if Appearance.may_be_of(one)]
    there = set(Appearance.objects.filter(pk__in=[one.pk for one in chosen]).values_list("pk", flat=True))
    chosen = [one for one in chosen if one.pk not in there]
    _wait_for_those_of_the_same_names(chosen)
    found = looking_up.known([one.line for one in chosen])
    same = [next((hit for hit in hits if hit.is_same), None) for hits in found]
    entries = _held({pk for hit in same if hit for pk in (hit.organization, hit.origin)})
    beside = Beside()
    under: list[tuple[Signatory, tuple[int, int] | int]] = []
    for one, hit in zip(chosen, same, strict=True):
        is_there = hit and entries.get(hit.organization) and hit.origin in entries
        under.append((one, (hit.organization, hit.origin) if hit and is_there else beside.place_of(one)))
    new = [one.pk for one in Organization.objects.bulk_create(beside.made, batch_size=500)]
    filed = [(one, entry if isinstance(entry, tuple) else (new[entry], new[entry])) for one, entry in under]
    made = (Appearance(signatory=one, organization_id=entry, origin_id=origin) for one, (entry, origin) in filed)
    return len(Appearance.objects.bulk_create(made, batch_size=500))


def _wait_for_those_of_the_same_names(signatories: Iterable[Signatory]) -> None:
    """Of two letters that list one organization at the same moment the second finds the entry that the first makes.

    What is the same has the same first name in the strictest reading. In the order of the turns, whatever the names
    are, so that two that list many do not wait for each other.
    """
    faces = [face(as_known(one.line)) for one in signatories]
    names = {(one.known.country, one.readings[0].strict) for one in faces if one.readings}
    if len(names) > FEW:  # each would take a place where the database has room for some thousands
        turns.wait_for(Turn.WHOLE_REGISTER, 0)
        return
    turns.share(Turn.WHOLE_REGISTER, 0)
    turns.wait_for_each(Turn.REGISTER, {stable(name) >> 33 for name in names})  # as many bits as a turn has


def remember_anew(signatory: Signatory, was: Line) -> None:
    """It has another name than `was` now: where the two are no organization's, it is with those of the new one."""
    if compare(as_known(was), as_known(signatory.line)).verdict is Verdict.DIFFERENT:
        Appearance.objects.filter(pk=signatory.pk).delete()
    remember([signatory])


def filed(signatories: Collection[UUID]) -> list[dict[str, int]]:
    """Under which entry each of them is filed, and was first; nothing of one that is not."""
    found = {one.pk: one for one in Appearance.objects.filter(pk__in=signatories)}
    there = (found.get(pk) for pk in signatories)
    return [{"entry": one.organization_id, "origin": one.origin_id} if one else {} for one in there]


def put_back(rows: Iterable[tuple[UUID, int | None, int | None]]) -> None:
    """File them again as they were, each with its origin and its entry: what was merged by hand stays merged.

    Of whom both are gone, or who is no more public and listed, is left to `remember`.
    """
    was = {pk: (origin, entry) for pk, origin, entry in rows}
    if not settings.REGISTER or not was:
        return
    above = _above({key for pair in was.values() for key in pair if key})
    entries = _held(set(above))
    made = []
    for one in Signatory.objects.filter(pk__in=was, appearance__isnull=True):
        origin = next((key for key in was[one.pk] if key in entries), 0)
        entry = origin
        while above.get(entry):
            entry = above[entry] or 0
        if entries.get(entry) and Appearance.may_be_of(one):
            made.append(Appearance(signatory=one, organization_id=entry, origin_id=origin))
    Appearance.objects.bulk_create(made, batch_size=500)


def remember_again(letter: int, keys: Sequence[UUID]) -> None:
    """Note those of a letter that were put back and `put_back` has not filed, a few in each transaction: listing
    elsewhere waits for no more than these, however many they are. What a crash leaves out `rebuild` finds."""
    for start in range(0, len(keys), FEW):
        with transaction.atomic():
            held = Letter.objects.locked(letter)
            remember(Signatory.objects.filter(letter=held, pk__in=keys[start : start + FEW], appearance__isnull=True))


def _above(entries: set[int]) -> dict[int, int | None]:
    """What each that is there has been merged into, and what that has."""
    found: dict[int, int | None] = {}
    while entries:
        newest = dict(Organization.objects.filter(pk__in=entries).values_list("pk", "merged_into"))
        found |= newest
        entries = {key for key in newest.values() if key and key not in found}
    return found


def _held(entries: set[int]) -> dict[int, bool]:
    """Those that are there and stay until this transaction ends; of each, whether it stands.

    Nobody is waited for: one that is being merged or forgotten at this moment is left to those who do so.
    """
    rows: Iterable[Organization] = Organization.objects.filter(pk__in=entries)
    if connection.vendor == "postgresql":
        held = "SELECT id, merged_into_id FROM signatories_organization WHERE id = ANY(%s) FOR KEY SHARE SKIP LOCKED"
        rows = Organization.objects.raw(held, [list(entries)])
    return {one.pk: one.merged_into_id is None for one in rows}


class Beside:
    """New entries of one batch: two sign-ons in it may be one organization's."""

    def __init__(self) -> None:
        self._index = Index()
        self.made: list[Organization] = []

    def place_of(self, signatory: Signatory) -> int:
        """Of its entry among those made."""
        line = signatory.line
        for match in self._index.near(as_known(line), 1):
            place, _, country = match.key.partition(" ")
            if match.verdict is Verdict.SAME and country == line.country:
                return int(place)
        self._index.add(as_known(line, f"{len(self.made)} {line.country}"))
        self.made.append(Organization())
        return len(self.made) - 1


def rebuild(*, by: User | None = None, most: int | None = None) -> int:
    """Note the public, listed sign-ons that are not in the register yet; how many.

    With `most` about as many, and nothing is filed first. What is being filed meanwhile stays missing: try again.
    """
    if not settings.REGISTER:
        return 0
    while most is None and filing.file_names():
        pass
    number = 0
    for letter in sorted(set(_ready().values_list("letter", flat=True)[:most])):
        while (most is None or number < most) and (noted := _note_some(letter)):
            number += noted
    JournalEntry.objects.record("rebuilt register", Organization(pk=0), by=by, number=number)
    return number


def missing() -> SignatoryQuerySet:
    """The public, listed sign-ons that are not in the register."""
    rows = Signatory.objects.real().listed().public().filter(appearance__isnull=True, erased_at__isnull=True)
    return rows.filter(kind=Signatory.Kind.ORGANIZATION, letter__in=Letter.objects.public()).order_by()


def _ready() -> SignatoryQuerySet:
    """Those of them whose names are filed: of two that are not yet neither would find the other."""
    return missing().filter(is_filed=True)


@transaction.atomic
def _note_some(letter: int) -> int:
    held = Letter.objects.locked(letter)
    return remember(list(_ready().filter(letter=held).order_by("decided_at", "pk")[:BATCH]))
