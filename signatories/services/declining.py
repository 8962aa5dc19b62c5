"""Declining many at once: those that were looked at and no other, with mails that wait until one may have regretted it.

It is taken back as a cohort is (services.invalidating): each row as it was, and within MAILS_WAIT nobody has been told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaigns import insertion
from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories import emails
from signatories.models import InvalidatedSignatory, Invalidation, Question, Signatory
from signatories.models.querysets import SignatoryQuerySet
from signatories.services import cohorts, invalidating, registering, seconding

Status = Signatory.Status

MOVABLE = (Status.CONFIRMED, Status.LISTED)  # doubles are left out: each needs a look at both
AT_MOST = 5000
MAILS_WAIT = timedelta(hours=1)
STILL_SENT = ("mine_link", "withdrawn", "not_accepted", "data_will_be_deleted")  # to whom is declined too


@transaction.atomic
def decline_together(seen: Mapping[UUID, str], *, reason: str, note: str = "", by: User) -> list[Invalidation]:
    """Decline those of `seen` that still have the status they were seen in; for each letter one cohort.

    The mails go out after MAILS_WAIT, unless it is undone before.
    """
    made = []
    by_letter = _by_letter(seen)
    for pk in sorted(by_letter):  # as every vetter takes the letters
        letter = Letter.objects.locked(pk)
        cohort = Invalidation(letter=letter, rule={}, reason=reason, number=0, made_by=by, made_at=timezone.now())
        cohort.outcome = Invalidation.Outcome.DECLINED
        cohort.save(force_insert=True)
        cohort.number = sum(_decline(cohort, some, seen, note) for some in cohorts.batches(by_letter[pk]))
        if not cohort.number:
            cohort.delete()
            continue
        cohort.save(update_fields=["number"])
        JournalEntry.objects.record("declined a cohort", cohort, by=by, letter=pk, number=cohort.number)
        made.append(cohort)
    return made


def _by_letter(seen: Mapping[UUID, str]) -> dict[int, list[UUID]]:
    found: dict[int, list[UUID]] = defaultdict(list)
    for some in cohorts.batches(seen):
        for pk, letter in Signatory.objects.filter(pk__in=some).values_list("pk", "letter"):
            found[letter].append(pk)
    return found


def _decline(cohort: Invalidation, keys: list[UUID], seen: Mapping[UUID, str], note: str) -> int:
    """Those of the batch that nobody has moved; now nobody can."""
    rows = Signatory.objects.real().filter(pk__in=keys, status__in=MOVABLE, erased_at__isnull=True).order_by("pk")
    columns = ("pk", "status", "decided_at", "decided_by", "decided_by_rule")
    held = [row for row in rows.select_for_update(of=("self",)).values_list(*columns) if row[1] == seen[row[0]]]
    filed = registering.filed([row[0] for row in held])
    InvalidatedSignatory.objects.bulk_create(
        InvalidatedSignatory(
            invalidation=cohort,
            signatory_id=pk,
            was=was,
            decided_at=at,
            decided_by_id=by,
            decided_by_rule=rule,
            **there,
        )
        for (pk, was, at, by, rule), there in zip(held, filed, strict=True)
    )
    chosen = Signatory.objects.filter(pk__in=[row[0] for row in held])
    _write(cohort, chosen, note)
    return len(held)


def _write(cohort: Invalidation, chosen: SignatoryQuerySet, note: str) -> None:
    keys = list(chosen.values_list("pk", flat=True))
    decided = {"decided_by": cohort.made_by, "decided_by_rule": "", "decided_at": cohort.made_at}
    chosen.update(status=Status.DECLINED, decline_reason=cohort.reason, decline_note=note, **decided)
    Question.objects.open().filter(signatory__in=keys).update(closed_at=cohort.made_at)
    seconding.close(keys, cohort.made_at)
    invalidating.drop_unsent(cohort, keys, but=[f"signatories.{kind}" for kind in STILL_SENT])
    told = Signatory.objects.filter(pk__in=keys).only("letter", "trial", "language", "contact_email")
    with insertion.together():
        for one in told:
            emails.tell(emails.not_accepted, one, dedupe=invalidating.decision_of(cohort), wait=MAILS_WAIT)
