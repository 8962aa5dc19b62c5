"""Changing what is printed: by the signatory itself, and by a vetter where a name would be printed unseen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from campaigns.models import JournalEntry, User
from letters.models import Letter
from signatories import emails, names, receipts
from signatories.evidence import hosts
from signatories.models import Correction, Line, Signatory, Token
from signatories.services import registering
from signatories.services.behind_links import held
from signatories.services.doubles import TAKEN, move_unless_double
from signatories.services.filing import unfile
from signatories.services.signing import identity_hash

Status = Signatory.Status
STANDING = (Status.PENDING, Status.CONFIRMED, Status.LISTED, Status.DUPLICATE)
WHILE_SHOWN = timedelta(seconds=5)  # a correction that was being written while the page was made
FOLDED = ("name", "acronym", "second_name", "affiliation")  # what is printed: another spelling of it is no other name


@transaction.atomic
def correct(token: Token, *, line: Line, kind: str, contact_name: str, contact_role: str) -> None:
    """Write the line anew: at once, or, where another name would be printed, once a vetter has seen it.

    Before it is listed a name that is on the letter already makes it a double, as it would have been had it come with
    that name: whoever asks is answered no differently, which would tell who has signed.
    """
    signatory = held(token)
    if signatory.status not in STANDING:
        return
    if not _may_be(signatory, kind):
        kind = signatory.kind
    if (contact_name, contact_role) != (signatory.contact_name, signatory.contact_role):
        signatory.contact_name, signatory.contact_role = contact_name, contact_role
        signatory.save(update_fields=["contact_name", "contact_role"])
    open_one = Correction.objects.open().filter(signatory=signatory).first()
    if open_one and open_one.is_own and (line, kind) == (open_one.line, open_one.kind):
        return
    if open_one:
        open_one.delete()
    if (line, kind) == (signatory.line, signatory.kind):
        return
    if signatory.status != Status.LISTED:
        _write_unlisted(signatory, line, kind)
    elif not (kind == signatory.kind and _same(line, signatory.line) and _written(signatory, line, kind)):
        Correction.objects.create(signatory=signatory, sealed=asdict(line), kind=kind)
        JournalEntry.objects.record("correction asked", signatory, letter=signatory.letter_id)


@transaction.atomic
def decide(correction: Correction, *, accept: bool, by: User) -> bool:
    """A vetter's answer; whether it could be given. The signatory is told how it is printed."""
    Letter.objects.locked(correction.signatory.letter_id)
    signatory = (
        Signatory.objects.select_for_update(of=("self",)).select_related("letter").get(pk=correction.signatory_id)
    )
    there = Correction.objects.select_for_update().filter(pk=correction.pk, decided_at__isnull=True).first()
    if there is None or signatory.erased_at:
        return False
    correction, was = there, signatory.line
    if accept and not (_may_be(signatory, correction.kind) and _written(signatory, correction.line, correction.kind)):
        return False
    if accept:
        registering.remember_anew(signatory, was)
    correction.decided_at, correction.decided_by, correction.is_accepted = timezone.now(), by, accept
    correction.save(update_fields=["decided_at", "decided_by", "is_accepted"])
    verb = "correction accepted" if accept else "correction refused"
    JournalEntry.objects.record(verb, signatory, by=by, letter=signatory.letter_id)
    if accept or correction.is_own:  # of what others proposed, and is not printed, there is nothing to tell
        emails.tell(emails.printed_as, signatory, dedupe=f"correction {correction.pk}")
    return True


@transaction.atomic
def show_as(token: Token, visibility: str) -> None:
    """Raise or lower the visibility. The signatory alone does this; a team can only lower it."""
    signatory = held(token)
    if signatory.is_individual or signatory.erased_at or visibility == signatory.visibility:
        return
    was = signatory.visibility
    receipts.keep(signatory)
    signatory.set_line(signatory.line, visibility)
    signatory.save()
    unfile(signatory)
    registering.remember([signatory])
    JournalEntry.objects.record("shown as", signatory, letter=signatory.letter_id, was=was, now=visibility)


def write(signatory: Signatory, line: Line) -> bool:
    """What its team knows besides, on one that no vetter has approved; False where that is another's identity."""
    return _written(signatory, line, signatory.kind)


def changed_since(signatories: list[Signatory], shown_at: datetime) -> set[str]:
    """The keys of those who have changed their line or answered after a page about them was made, or while it was."""
    changes = JournalEntry.objects.filter(verb__in=["corrected", "answered"], at__gt=shown_at - WHILE_SHOWN)
    changes = changes.filter(
        subject_type=Signatory._meta.label_lower, subject_id__in=[str(one.pk) for one in signatories]
    )
    return set(changes.values_list("subject_id", flat=True))


def last_changes(keys: Collection[str]) -> dict[str, datetime]:
    """When each of them has last changed its line or answered; those that have not are not in it."""
    changes = JournalEntry.objects.filter(verb__in=["corrected", "answered"], subject_id__in=keys)
    changes = changes.filter(subject_type=Signatory._meta.label_lower).order_by()
    return dict(changes.values("subject_id").annotate(last=Max("at")).values_list("subject_id", "last"))


def _may_be(signatory: Signatory, kind: str) -> bool:
    """Whether it may be of this kind: an individual, only where they sign, by name, and before the roll is frozen."""
    if kind == signatory.kind:
        return True
    if signatory.is_withheld or not signatory.letter.takes_individuals:
        return False
    return not signatory.letter.editions.exists()


def _same(one: Line, other: Line) -> bool:
    """Whether `one` prints nothing that `other` does not, but for capitals, punctuation and the like.

    A website elsewhere is something else: it is linked to, and mailboxes are believed by it (services.knowing).
    """
    is_at_home = not one.website or _home(one.website) == _home(other.website)
    is_at_home &= one.country == other.country
    return is_at_home and all(names.fold(getattr(one, part)) == names.fold(getattr(other, part)) for part in FOLDED)


def _home(website: str) -> str:
    return hosts.registrable(hosts.of_website(website)) if website else ""


def _write_unlisted(signatory: Signatory, line: Line, kind: str) -> None:
    if not _written(signatory, line, kind):
        if other := _live_with(signatory, line, kind):
            signatory.move_to(Status.DUPLICATE, duplicate_of=other)
        _written(signatory, line, kind)
    elif signatory.status == Status.DUPLICATE and signatory.decided_by_id is None:
        if other := _live_with(signatory, line, kind):
            Signatory.objects.filter(pk=signatory.pk).update(duplicate_of=other)
        else:
            move_unless_double(signatory, Status.CONFIRMED, duplicate_of=None)


def _live_with(signatory: Signatory, line: Line, kind: str) -> Signatory | None:
    others = Signatory.objects.live().filter(letter=signatory.letter).exclude(pk=signatory.pk)
    return others.filter(identity_hash=identity_hash(signatory.letter_id, line, kind)).first()


def _written(signatory: Signatory, line: Line, kind: str) -> bool:
    """Put it on the row, unless another live sign-on has that identity."""
    signatory.submitted = signatory.submitted or asdict(signatory.line)
    receipts.keep(signatory)
    signatory.kind = kind
    signatory.set_line(line, signatory.visibility)
    signatory.identity_hash = identity_hash(signatory.letter_id, line, kind)
    try:
        with transaction.atomic():
            signatory.save()
    except IntegrityError as error:
        if not any(name in str(error) for name in TAKEN):
            raise
        signatory.refresh_from_db()
        return False
    JournalEntry.objects.record("corrected", signatory, letter=signatory.letter_id)
    return True
