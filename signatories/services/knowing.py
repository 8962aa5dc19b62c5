"""The one rule by which a sign-on is listed without a person: docs/decisions/0030. A campaign switches it on.

Everything a vetter would look at has been looked at before, for another letter; what is new is that the mailbox is at
the organization's own domain, and that the site checks itself. In doubt it waits for a vetter, as it would have anyway.
"""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from campaigns.models import JournalEntry
from signatories import emails, names
from signatories.evidence import is_own_domain
from signatories.models import Appearance, Correction, Line, SecondContact, Signatory
from signatories.models.keeping import FILED
from signatories.models.lines import LINE
from signatories.models.vocabulary import Rule
from signatories.services import filing, registering

PRINTED = ("acronym", "second_name", "reading", "affiliation")  # beside the name; none of it needs to be there


def list_if_known(signatory: Signatory) -> bool:
    """List it if the rule says so; whether it did. In the transaction that confirms it and holds its letter."""
    organization = _known(signatory) if _may_be_asked(signatory) else None
    if organization is None:
        return False
    now = timezone.now()
    signatory.move_to(Signatory.Status.LISTED, decided_at=now, decided_by_rule=Rule.KNOWN)
    facts = {"letter": signatory.letter_id, "rule": Rule.KNOWN.value, "organization": organization}
    JournalEntry.objects.record("listed by rule", signatory, **facts)
    registering.remember([signatory])
    emails.tell(emails.listed, signatory, dedupe=now.isoformat())
    return True


def _may_be_asked(signatory: Signatory) -> bool:
    """Whether it is of those whom the rule is for: nothing about it waits for a person."""
    return (
        settings.REGISTER
        and signatory.status == Signatory.Status.CONFIRMED
        and not (signatory.is_withheld or signatory.is_individual or signatory.trial_id or signatory.held_because)
        and signatory.letter.campaign.lists_by_rule
        and signatory.agrees
        and not Correction.objects.open().filter(signatory=signatory).exists()
        and not SecondContact.objects.filter(signatory=signatory).exists()
        and not _signs_in_confidence(signatory)
    )


def _signs_in_confidence(signatory: Signatory) -> bool:
    """Whether anybody on the letter does. A double waits; so whom the rule lists would tell whom it does not."""
    there = Signatory.objects.real().withheld().filter(letter=signatory.letter_id, status__in=FILED)
    return there.exists()


def _known(signatory: Signatory) -> int | None:
    """The one organization of the register that it is, if all that would be printed has been printed before."""
    same = [hit for hit in registering.known([signatory.line], 2, outside=[signatory.letter_id])[0] if hit.is_same]
    if len(same) != 1 or _is_like_another(signatory):
        return None
    (organization,) = {hit.organization for hit in same}
    mine = signatory.line
    checked = [line for line in _checked(organization) if _is_named(line, mine)]
    website = next((line.website for line in checked if line.website), "")
    is_at_home = is_own_domain(signatory.contact_email, website)
    is_at_home &= not mine.website or is_own_domain(signatory.contact_email, mine.website)
    return organization if is_at_home and _has_been_printed(mine, checked) else None


def _is_like_another(signatory: Signatory) -> bool:
    """Whether a name on the letter is near it, or that cannot be told yet."""
    return filing.is_behind([signatory.letter_id]) or bool(filing.nearest([signatory], 1)[signatory.pk])


def _checked(organization: int) -> list[Line]:
    """As persons have approved it on public letters, the newest first: what the rule has listed proves nothing."""
    rows = Appearance.objects.shown().filter(organization=organization, signatory__decided_by__isnull=False)
    columns = [f"signatory__{part}" for part in LINE]
    return [Line(*line) for line in rows.order_by("-signatory__decided_at").values_list(*columns)]


def _is_named(one: Line, other: Line) -> bool:
    """What stands beside another name says nothing, the website least: an entry has several names, or is two."""
    return one.country == other.country and names.fold(one.name) == names.fold(other.name)


def _has_been_printed(line: Line, checked: list[Line]) -> bool:
    """Whether `checked`, lines of that name, have all that stands beside it."""
    seen = {part: {names.fold(getattr(one, part)) for one in checked} | {""} for part in PRINTED}
    return bool(checked) and all(names.fold(getattr(line, part)) in seen[part] for part in PRINTED)
