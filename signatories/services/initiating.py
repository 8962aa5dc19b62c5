"""Who began the letter, and may stand first on its roll."""

from __future__ import annotations

from django.db import transaction

from campaigns.models import JournalEntry, User
from signatories.models import Signatory


@transaction.atomic
def set_initiator(signatory: Signatory, *, is_initiator: bool, by: User) -> bool:
    """Note it; return whether it was. Of organizations alone that are to be named: nobody else can stand first."""
    fit = Signatory.objects.real().live().public().filter(kind=Signatory.Kind.ORGANIZATION, pk=signatory.pk)
    changed = fit.exclude(is_initiator=is_initiator).update(is_initiator=is_initiator)
    if changed:
        JournalEntry.objects.record("initiator" if is_initiator else "no_initiator", signatory, by=by)
    return bool(changed)
