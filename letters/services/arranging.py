"""In which order the roll stands, and how its documents are set. No part of what is signed: an open letter may change
both, its editions keep theirs."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from campaigns.models import JournalEntry, User
from letters.document import SCOPE, Arrangement, Look
from letters.models import Letter


class ScopeIsNotPrinted(Exception):
    """Who has signed was told that its scope is not printed: as a heading it would be."""


@transaction.atomic
def arrange(letter: Letter, arrangement: Arrangement, *, by: User) -> None:
    """Waits for those who are signing. Raises ScopeIsNotPrinted."""
    letter = Letter.objects.locked(letter.pk)
    if letter.arrangement == arrangement:
        return
    if arrangement.group_by == SCOPE and not letter.may_group_by_scope:
        raise ScopeIsNotPrinted
    chosen = asdict(arrangement)
    for name, value in chosen.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(chosen))
    JournalEntry.objects.record("arranged", letter, by=by, **chosen)


@transaction.atomic
def set_look(letter: Letter, look: Look, *, by: User) -> None:
    """Applies to what is set from now on. Only what differs from the defaults is kept: they may change."""
    letter = Letter.objects.locked(letter.pk)
    if letter.printed_look == look:
        return
    plain = asdict(Look())
    letter.look = {name: value for name, value in asdict(look).items() if value != plain[name]}
    letter.save(update_fields=["look"])
    JournalEntry.objects.record("styled", letter, by=by, **letter.look)
