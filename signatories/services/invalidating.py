"""Setting a cohort aside at once, and putting it back exactly as it was; also one that was declined together.

Of a row only its status changes, so everything else is there to come back to: what was agreed to, who decided, the
links in the mails. Here and in services.declining, and nowhere else, the status is not written by `move_to`: ten
thousand rows under the letter's lock are a few statements, and one line in the journal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from campaigns import nudge, outbox
from campaigns.models import JournalEntry, Mail, User
from campaigns.models.mail import MailQuerySet
from letters.models import Letter
from signatories import emails
from signatories.models import InvalidatedSignatory, Invalidation, Opinion, Question, SecondContact, Signatory
from signatories.models.querysets import SignatoryQuerySet
from signatories.services import amendments, cohorts, registering
from signatories.services.cohorts import Rule

Status = Signatory.Status


class CohortGrown(Exception):
    """More sign-ons fit the rule than whoever decided has seen."""


class NothingLeft(Exception):
    """None fits the rule any more: somebody else was faster, or they have been confirmed."""


class AlreadyUndone(Exception):
    """Somebody has put this cohort back before."""


@dataclass(frozen=True)
class Undone:
    """How many are what they were, and how many stay invalid: another has their place, or their data is deleted."""

    restored: int
    stayed: int


@transaction.atomic
def invalidate(rule: Rule, *, seen: int, reason: str, by: User) -> Invalidation:
    """Set aside those whom the rule finds, at most the `seen` that were announced. Nobody is told.

    Their links open nothing, and mails about them that have not gone out do not go. Raises CohortGrown or NothingLeft.
    """
    keys = cohorts.members(rule)  # before the lock: reading what is encrypted takes longest
    letter = Letter.objects.locked(rule.letter)
    invalidation = Invalidation.objects.create(
        letter=letter, rule=rule.as_data(), reason=reason, number=0, made_by=by, made_at=timezone.now()
    )
    number = sum(_set_aside(invalidation, some, rule) for some in cohorts.batches(keys))
    if number > seen:
        raise CohortGrown
    if number == 0:
        raise NothingLeft
    Invalidation.objects.filter(pk=invalidation.pk).update(number=number)
    invalidation.number = number
    JournalEntry.objects.record("invalidated a cohort", invalidation, by=by, letter=letter.pk, number=number)
    return invalidation


@transaction.atomic
def undo(invalidation: Invalidation, *, by: User) -> Undone:
    """Give each the status it had; who has lost the place to another sign-on meanwhile, or was moved since, stays.

    Links work again, and mails that had not gone out are due again; then they are asked what the others
    have been asked meanwhile because the text was amended. Who was declined and has not been told is not told; who was
    listed and has been, is told that it is on the letter. Raises AlreadyUndone.
    """
    letter = Letter.objects.locked(invalidation.letter_id)
    invalidation = Invalidation.objects.select_for_update().get(pk=invalidation.pk)
    if invalidation.undone_at:
        raise AlreadyUndone
    was = dict(invalidation.rows.order_by("signatory").values_list("signatory", "was"))
    mergers = registering.mergers_gone(invalidation.rows.all())
    several = ({key: was[key] for key in some} for some in cohorts.batches(was))
    restored = sum(_put_back(invalidation, some) for some in several)
    Invalidation.objects.filter(pk=invalidation.pk).update(undone_at=timezone.now(), undone_by=by)
    done = Undone(restored, len(was) - restored)
    data = {"letter": letter.pk, "restored": done.restored, "stayed": done.stayed}
    JournalEntry.objects.record("undid an invalidation", invalidation, by=by, **data)
    nudge.on_commit(outbox.TASK)
    transaction.on_commit(partial(amendments.tell_restored, letter, list(was)))  # not under the lock: it may be many
    if invalidation.is_declined:
        transaction.on_commit(partial(_tell_that_listed, invalidation, list(was)))
    listed = [key for key, status in was.items() if status == Status.LISTED]
    if len(listed) > registering.FEW:  # not in this transaction: who lists elsewhere would wait for its end
        # the last: it takes longest, and what a fault leaves out, rebuild finds
        transaction.on_commit(lambda: _register_again(letter.pk, listed, mergers, by), robust=True)
    else:
        _register_again(letter.pk, listed, mergers, by)
    return done


def _register_again(letter: int, listed: list[UUID], mergers: list[list[UUID]], by: User) -> None:
    registering.remember_again(letter, listed)
    registering.merge_again(mergers, by=by)


def told(invalidation: Invalidation) -> int:
    """To how many of those declined together the mail has gone out."""
    keys = invalidation.rows.order_by("signatory").values_list("signatory", flat=True)
    return sum(verdicts(invalidation, some).filter(state=Mail.State.SENT).count() for some in cohorts.batches(keys))


def verdicts(invalidation: Invalidation, keys: Collection[UUID]) -> MailQuerySet:
    """The mails that tell that they were declined together with the others."""
    about = Mail.objects.filter(kind="signatories.not_accepted", about_id__in=[str(key) for key in keys])
    return about.filter(dedupe_key__endswith=f":{decision_of(invalidation)}")


def decision_of(invalidation: Invalidation) -> str:
    """What sets the mails about this decision apart from those about another."""
    return f"cohort {invalidation.pk}"


def drop_unsent(invalidation: Invalidation, keys: Collection[UUID], *, but: Collection[str] = ()) -> None:
    """Keep mails about them from going out, in a way that can be undone."""
    noted = Substr(Concat(Value(_mark(invalidation)), F("error")), 1, 200)
    unsent = _mails(keys).unsent().exclude(kind__in=but)
    unsent.update(state=Mail.State.DROPPED, leased_until=None, error=noted)


def _set_aside(invalidation: Invalidation, keys: list[UUID], rule: Rule) -> int:
    """Those of the batch that still are in a state the rule names; now nobody can change that."""
    may = set(rule.states) & set(cohorts.MAY_BE_SET_ASIDE)
    rows = Signatory.objects.filter(pk__in=keys, status__in=may).order_by("pk").select_for_update(of=("self",))
    was = dict(rows.values_list("pk", "status"))
    InvalidatedSignatory.objects.bulk_create(
        InvalidatedSignatory(invalidation=invalidation, signatory_id=pk, was=status, **filed)
        for (pk, status), filed in zip(was.items(), registering.filed(was), strict=True)
    )
    Signatory.objects.filter(pk__in=was).update(status=Status.INVALID)
    drop_unsent(invalidation, was)
    return len(was)


def _put_back(invalidation: Invalidation, was: dict[UUID, str]) -> int:
    rows = Signatory.objects.filter(pk__in=was, erased_at__isnull=True, **_as_left(invalidation)).order_by("pk")
    rows = rows.select_for_update(of=("self",))
    found = list(rows.values_list("pk", "contact_hash", "identity_hash"))
    others = Signatory.objects.filter(letter=invalidation.letter_id)
    addresses = _taken(others.holding_address(), "contact_hash", [address for _pk, address, _identity in found])
    identities = _taken(others.live(), "identity_hash", [identity for _pk, _address, identity in found])
    by_status: dict[str, list[UUID]] = defaultdict(list)
    for pk, address, identity in found:
        if address in addresses or (was[pk] in {Status.CONFIRMED, Status.LISTED} and identity in identities):
            continue
        by_status[was[pk]].append(pk)
    restored = [pk for keys in by_status.values() for pk in keys]
    for status, keys in by_status.items():
        Signatory.objects.filter(pk__in=keys).update(status=status, **_as_before(invalidation))
    listed = invalidation.rows.filter(signatory__in=by_status[Status.LISTED], entry__isnull=False)
    registering.put_back(listed.values_list("signatory", "origin", "entry"))
    mark = _mark(invalidation)
    dropped = _mails(restored).filter(state=Mail.State.DROPPED, error__startswith=mark)
    dropped.update(state=Mail.State.QUEUED, error=Substr("error", len(mark) + 1))
    if invalidation.is_declined:
        verdicts(invalidation, restored).filter(state=Mail.State.QUEUED).delete()
        for things in (Question, Opinion):
            closed: Any = things._default_manager.filter(signatory__in=restored, closed_at=invalidation.made_at)
            closed.update(closed_at=None)
    return len(restored)


def _as_left(invalidation: Invalidation) -> dict[str, Any]:
    """What a row still has that nobody has touched since."""
    if not invalidation.is_declined:
        return {"status": Status.INVALID}
    decided = {"decided_by": invalidation.made_by_id, "decided_at": invalidation.made_at}
    return {"status": Status.DECLINED, **decided}


def _as_before(invalidation: Invalidation) -> dict[str, Any]:
    """The columns besides the status that were overwritten."""
    if not invalidation.is_declined:
        return {}
    row = InvalidatedSignatory.objects.filter(invalidation=invalidation, signatory=OuterRef("pk"))
    decided = ("decided_at", "decided_by", "decided_by_rule")
    return {"decline_reason": "", "decline_note": ""} | {name: Subquery(row.values(name)[:1]) for name in decided}


def _tell_that_listed(invalidation: Invalidation, keys: list[UUID]) -> None:
    """To those on the letter who have read that they were not accepted."""
    for some in cohorts.batches(keys):
        read = set(verdicts(invalidation, some).filter(state=Mail.State.SENT).values_list("about_id", flat=True))
        for one in Signatory.objects.listed().filter(pk__in=read).select_related("letter"):
            with transaction.atomic():
                emails.tell(emails.listed, one, dedupe=decision_of(invalidation))


def _taken(others: SignatoryQuerySet, column: str, hashes: list[str]) -> set[str]:
    return set(others.filter(**{f"{column}__in": hashes}).values_list(column, flat=True))


def _mails(keys: Collection[UUID]) -> MailQuerySet:
    """Those about them, of every kind, and to the second contacts they named."""
    ours = Mail.objects.filter(kind__startswith="signatories.")
    about = Q(about_id__in=[str(key) for key in keys])
    seconds = SecondContact.objects.filter(signatory__in=keys).values_list("pk", flat=True)
    return ours.filter(about | Q(kind="signatories.second_contact", about_id__in=[str(pk) for pk in seconds]))


def _mark(invalidation: Invalidation) -> str:
    """What a mail bears that waits for an undoing."""
    return f"invalidation {invalidation.pk}: "
