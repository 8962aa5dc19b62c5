"""Two vetters for one sign-on: where the campaign wants it always, and where one of them asks for another's opinion.

A first approval is noted and lists nothing; another person's lists. It holds for what was seen: a line that is changed,
or a question that is answered, has to be approved anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry, User
from signatories.models import Opinion, Signatory
from signatories.services import correcting

Says = Opinion.Says
MAY_BE_ASKED_ABOUT = (Signatory.Status.CONFIRMED, Signatory.Status.LISTED, Signatory.Status.DUPLICATE)


def opinions_on(signatories: Collection[Signatory]) -> dict[UUID, list[Opinion]]:
    """The open ones, by signatory; without approvals of what has been changed since."""
    rows = list(Opinion.objects.open().filter(signatory__in=signatories).select_related("by"))
    approved = {str(row.signatory_id) for row in rows if row.says == Says.APPROVES}
    changed = correcting.last_changes(approved) if approved else {}
    found: dict[UUID, list[Opinion]] = defaultdict(list)
    for row in rows:
        at = changed.get(str(row.signatory_id))
        if row.says == Says.ASKS or at is None or at <= row.given_at - correcting.WHILE_SHOWN:
            found[row.signatory_id].append(row)
    return found


def first_only(signatories: Collection[Signatory], *, by: User) -> set[UUID]:
    """Those whom the approval of `by` would not list: another person has to approve them too."""
    found = opinions_on(signatories)
    return {one.pk for one in signatories if not _lists(one, found[one.pk], by)}


def has_approved(signatory: Signatory, *, by: User) -> bool:
    return _approved(opinions_on([signatory])[signatory.pk], by)


def note_first(signatories: Collection[Signatory], *, by: User) -> None:
    """Note the approval of those; in the transaction that holds them."""
    now, found = timezone.now(), opinions_on(signatories)
    for signatory in signatories:
        if not _approved(found[signatory.pk], by):
            facts = {"says": Says.APPROVES, "given_at": now}
            Opinion.objects.update_or_create(signatory=signatory, by=by, closed_at=None, defaults=facts)
            JournalEntry.objects.record("approved first", signatory, by=by, letter=signatory.letter_id)


@transaction.atomic
def ask_second(signatory: Signatory, *, by: User, note: str) -> bool:
    """Ask the other vetters; False where there is nothing to look at any more. Nobody is written to."""
    rows = Signatory.objects.real().select_for_update(of=("self",))
    rows = rows.filter(pk=signatory.pk, status__in=MAY_BE_ASKED_ABOUT, erased_at__isnull=True)
    if not rows.exists():
        return False
    facts = {"says": Says.ASKS, "note": note, "given_at": timezone.now()}
    Opinion.objects.update_or_create(signatory=signatory, by=by, closed_at=None, defaults=facts)
    JournalEntry.objects.record("second opinion asked", signatory, by=by, letter=signatory.letter_id)
    return True


@transaction.atomic
def recall(signatory: Signatory, *, by: User) -> bool:
    """Take one's own approval or question back."""
    mine = Opinion.objects.open().filter(signatory=signatory, by=by)
    if not mine.update(closed_at=timezone.now()):
        return False
    JournalEntry.objects.record("opinion taken back", signatory, by=by, letter=signatory.letter_id)
    return True


@transaction.atomic
def settle(signatory: Signatory, *, by: User) -> bool:
    """The second opinion is that it stays as it is."""
    asked = Opinion.objects.open().asking().filter(signatory=signatory).exclude(by=by)
    if not asked.update(closed_at=timezone.now()):
        return False
    JournalEntry.objects.record("second opinion given", signatory, by=by, letter=signatory.letter_id)
    return True


def close(keys: Collection[UUID], at: datetime) -> None:
    """They are decided on; whoever decides anew, decides afresh."""
    Opinion.objects.open().filter(signatory__in=keys).update(closed_at=at)


def _approved(opinions: list[Opinion], by: User) -> bool:
    return any(one.by_id == by.pk and one.says == Says.APPROVES for one in opinions)


def _lists(signatory: Signatory, opinions: list[Opinion], by: User) -> bool:
    if any(one.says == Says.APPROVES and one.by_id != by.pk for one in opinions):
        return True
    is_mine = any(one.by_id == by.pk for one in opinions)  # who has asked for another's opinion is not that other
    return not (signatory.letter.campaign.needs_two_vetters or is_mine)
