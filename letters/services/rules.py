"""Who may sign, and what others may take of the letter."""

from __future__ import annotations

from django.db import transaction

from campaigns.models import JournalEntry, User
from letters.models import Letter
from letters.services.working import ChangedSince


class IndividualsHaveSigned(Exception):
    """The letter cannot be for organizations only: individuals stand on it, or wait to."""


NAMES = ("open_to", "may_be_indexed", "shares_list", "criteria")


@transaction.atomic
def set_rules(
    letter: Letter,
    *,
    open_to: str,
    may_be_indexed: bool,
    shares_list: bool,
    criteria: str = "",
    by: User,
    seen: Letter | None = None,
) -> None:
    """Waits for those who are signing, so that no individual comes in between. Raises IndividualsHaveSigned.

    With `seen`, the letter as it was when somebody compared its rules with what was chosen, raises ChangedSince if
    they have changed.
    """
    letter = Letter.objects.locked(letter.pk)
    if seen is not None and any(getattr(letter, name) != getattr(seen, name) for name in NAMES):
        raise ChangedSince
    if open_to == Letter.OpenTo.ORGANIZATIONS and letter.has_individuals:
        raise IndividualsHaveSigned
    rules: dict[str, str | bool] = {"open_to": open_to, "may_be_indexed": may_be_indexed, "shares_list": shares_list}
    rules["criteria"] = criteria
    if all(getattr(letter, name) == value for name, value in rules.items()):
        return
    for name, value in rules.items():
        setattr(letter, name, value)
    letter.save(update_fields=list(rules))
    rules["criteria"] = bool(criteria)  # words stand in no journal
    JournalEntry.objects.record("ruled", letter, by=by, **rules)
