"""Trying the sign-on of a draft, as an organization will meet it. What is tried goes when the letter opens."""

from __future__ import annotations

from django.db import transaction

from campaigns.models import User
from letters.models import Letter, Trial
from letters.services import revisions
from letters.services.working import NotDraft


@transaction.atomic
def begin_trial(letter: Letter, *, by: User) -> Trial:
    """The trial of this team member; the draft is kept as a revision, since a sign-on agrees to one."""
    letter = Letter.objects.locked(letter.pk)
    if not letter.is_draft:
        raise NotDraft
    revisions.keep(letter, by=by)
    return Trial.objects.get_or_create(letter=letter, made_by=by)[0]
