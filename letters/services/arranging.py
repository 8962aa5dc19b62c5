"""In which order the roll stands. No part of what is signed: an open letter may change it, its editions keep theirs."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from campaigns.models import JournalEntry, User
from letters.document import SCOPE, Arrangement
from letters.models import Letter


class ScopeIsNotPrinted(Exception):
    """Who has signed was told that its scope is not printed: as a heading it would be."""


@transaction.atomic
def arrange(letter: Letter, arrangement: Arrangement, *, by: User) -> None:
    """Waits for those who are signing. Raises ScopeIsNotPrinted."""
    letter = Letter.objects.locked(letter.pk)
    if letter.arrangement == arrangement:
        return
    if arrangement.group_by == SCOPE != letter.group_by and letter.signatories.real().exists():
        raise ScopeIsNotPrinted
    chosen = asdict(arrangement)
    for name, value in chosen.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(chosen))
    JournalEntry.objects.record("arranged", letter, by=by, **chosen)
