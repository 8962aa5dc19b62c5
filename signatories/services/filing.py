"""Which sign-ons to one letter may be one organization's: looked up once for each, and kept (models.nearness).

A letter with fifty thousand names is too much to be made ready for comparing on every page, or in every process. So the
database holds what each public name is filed under, and for each sign-on those it may be the same as; a page
compares these few again. What has not been filed yet, a few seconds' worth, is compared on the spot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from campaigns import turns
from campaigns.turns import Turn
from signatories.matching import Face, Index, Known, Match, Verdict, face, judge
from signatories.models import NameKey, Nearness, Signatory
from signatories.models.keeping import FILED
from signatories.models.querysets import SignatoryQuerySet
from signatories.services.name_keys import CROWD, as_known, likeliest, stable_keys

# Unconfirmed ones prove nothing, who withdrew or lapsed may well sign again, and a double says what its original says.
COMPARED = [Signatory.Status.CONFIRMED, Signatory.Status.LISTED, Signatory.Status.DECLINED]
BATCH = 100
AT_ONCE = 20  # batches of one letter, then the others have their turn
MOST = 12  # near ones kept of each
LOOKED_AT = 20  # of what is found under the keys
ON_THE_SPOT = 300  # not filed yet, and compared for a page all the same
WITHHELD = 2000  # made ready for comparing each time there is something to file: half a second
SAME = 1000  # outweighs every score of what is only likely

Faces = dict[UUID, Face]


def file_names() -> int:
    """File what is new or was written anew; how many. Twice at once is harmless: one of the two finds nothing to do."""
    waiting = Signatory.objects.filter(is_filed=False, status__in=FILED, trial__isnull=True)
    letters = list(waiting.order_by().values_list("letter", flat=True).distinct())
    return sum(_file_letter(letter) for letter in letters)


def nearest(signatories: list[Signatory], limit: int) -> dict[UUID, list[tuple[Signatory, Match]]]:
    """For each of them those of its letter that it may be the same as, the likeliest first; in few queries."""
    faces = {one.pk: _face(one) for one in signatories}
    suspects = _suspects(signatories, faces)
    others = _readable({pk for some in suspects.values() for pk in some[: limit * 2]})
    faces |= {pk: _face(one) for pk, one in others.items()}
    found = {}
    for one in signatories:
        there = [pk for pk in suspects[one.pk] if pk in others][: limit * 2]
        matches = [(others[pk], judge(faces[one.pk], faces[pk])) for pk in there]
        alike = [pair for pair in matches if pair[1].verdict is not Verdict.DIFFERENT]
        found[one.pk] = sorted(alike, key=lambda pair: (-pair[1].verdict, -pair[1].score, str(pair[0].pk)))[:limit]
    return found


def is_behind(letters: Iterable[int]) -> bool:
    """Whether more waits to be filed than a page compares on the spot."""
    return len(_unfiled(letters).values("pk")[: ON_THE_SPOT + 1]) > ON_THE_SPOT


def unfile(signatory: Signatory) -> None:
    """Forget what its name was filed under, at once: it is withheld now, or deleted."""
    NameKey.objects.filter(signatory=signatory).delete()
    Nearness.objects.filter(signatory=signatory).delete()


# --- For a page ---


def _suspects(signatories: list[Signatory], faces: Faces) -> dict[UUID, list[UUID]]:
    kept = {row.pk: row.found for row in Nearness.objects.filter(signatory__in=[one.pk for one in signatories])}
    fresh = _fresh({one.letter_id for one in signatories})
    # those that nobody has confirmed are looked up one by one only, on their own page
    compared = [one for one in signatories if one.status in FILED or len(signatories) == 1]
    filed = _under_keys_of([one for one in compared if one.pk not in kept or not one.is_filed], faces)
    suspects = {one.pk: [UUID(key) for key in kept.get(one.pk, {})] + filed.get(one.pk, []) for one in signatories}
    for one in compared:
        if one.letter_id in fresh:
            newest = [UUID(match.key) for match in fresh[one.letter_id].near(_known(one), MOST)]
            suspects[one.pk] = list(dict.fromkeys(newest + suspects[one.pk]))
    return suspects


def _fresh(letters: set[int]) -> dict[int, Index]:
    rows: dict[int, list[Signatory]] = defaultdict(list)
    for one in _unfiled(letters).with_line_only("letter")[:ON_THE_SPOT]:
        rows[one.letter_id].append(one)
    return {letter: Index(map(_known, some)) for letter, some in rows.items()}


def _unfiled(letters: Iterable[int]) -> SignatoryQuerySet:
    return Signatory.objects.filter(letter__in=letters, is_filed=False, status__in=FILED, trial__isnull=True)


def _readable(keys_of: set[UUID]) -> dict[UUID, Signatory]:
    rows = Signatory.objects.filter(pk__in=keys_of, status__in=COMPARED, erased_at__isnull=True)
    return {one.pk: one for one in rows.with_line_only("letter", "status", "visibility", "kind")}


# --- Looking up and filing ---


def _file_letter(letter: int) -> int:
    filed, withheld = 0, None
    for _ in range(AT_ONCE):
        with transaction.atomic():
            if not turns.take(Turn.FILING, letter):
                break
            rows = _unfiled([letter]).order_by("confirmed_at", "pk").select_for_update(of=("self",), skip_locked=True)
            batch = list(rows.with_line_only("letter", "visibility")[:BATCH])
            if not batch:
                break
            withheld = _withheld(letter) if withheld is None else withheld
            _file(letter, batch, withheld)
            filed += len(batch)
    return filed


def _withheld(letter: int) -> Index:
    """Those of whom nothing is filed, the newest of them; names of this batch join them."""
    rows = Signatory.objects.withheld().filter(letter=letter, status__in=FILED, is_filed=True, erased_at__isnull=True)
    newest = rows.order_by("-confirmed_at", "pk").with_line_only("letter")[:WITHHELD]
    return Index(map(_known, newest.iterator(chunk_size=1000)))


def _file(letter: int, batch: list[Signatory], beside: Index) -> None:
    found: dict[UUID, dict[str, int]] = {}
    mine = {one.pk: _face(one) for one in batch}
    filed = _under_keys_of(batch, mine)
    faces = {pk: _face(other) for pk, other in _readable(set().union(*filed.values())).items()}
    for pk, face_of_one in mine.items():
        matches = [judge(face_of_one, faces[other]) for other in filed[pk] if other in faces]
        matches += beside.meet(face_of_one.known, MOST)
        found[pk] = {match.key: _weight(match) for match in matches if match.verdict is not Verdict.DIFFERENT}
    NameKey.objects.filter(signatory__in=found).delete()
    public = [one.pk for one in batch if not one.is_withheld]
    NameKey.objects.keep(letter, [(key, pk) for pk in public for key in stable_keys(mine[pk])])
    _keep(found)
    Signatory.objects.filter(pk__in=found).update(is_filed=True)


def _keep(found: dict[UUID, dict[str, int]]) -> None:
    """Both ways: the one that was there before learns of the new one."""
    both: dict[str, dict[str, int]] = defaultdict(dict)
    for pk, near in found.items():
        both[str(pk)] |= near
        for other, weight in near.items():
            both[other][str(pk)] = weight
    rows = Nearness.objects.filter(signatory__in=list(both)).order_by("pk").select_for_update()
    there = {str(row.pk): row.found for row in rows}
    kept = []
    for key, near in both.items():
        everything = near if UUID(key) in found else {**there.get(key, {}), **near}
        heaviest = sorted(everything.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        kept.append(Nearness(signatory_id=key, found=dict(heaviest)))
    Nearness.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["signatory"], update_fields=["found"], batch_size=500
    )


def _under_keys_of(signatories: list[Signatory], faces: Faces) -> dict[UUID, list[UUID]]:
    """Of its letter those most likely to be each."""
    sought: dict[UUID, set[tuple[int, ...]]] = {
        one.pk: {(one.letter_id, key) for key in stable_keys(faces[one.pk], sought=True)} for one in signatories
    }
    filed = NameKey.objects.of_letters(set().union(*sought.values()), CROWD)
    return {pk: likeliest(mine, filed, LOOKED_AT, but=pk) for pk, mine in sought.items()}


def _weight(match: Match) -> int:
    return match.score + (SAME if match.verdict is Verdict.SAME else 0)


def _face(signatory: Signatory) -> Face:
    return face(_known(signatory))


def _known(signatory: Signatory) -> Known:
    return as_known(signatory.line, str(signatory.pk))
