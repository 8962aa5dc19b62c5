"""A letter that some have signed, its editions, and what a signatory is told of them."""

from datetime import timedelta

from django.utils import timezone

from letters import services as letters
from letters.models import Letter
from signatories import receipts, services
from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.test_amending import rewritten
from tests.signatories.own_page import fresh


def a_letter(**facts):
    return OpenLetterFactory(**facts)


def listed(letter, name, country="KE", **facts):
    """On the letter, as a vetter has decided."""
    line = facts.pop("line", Line(name, "", country))
    signatory = SignatoryFactory(letter=letter, confirmed=True, line=line, **facts)
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    return fresh(signatory)


def freeze(letter):
    """An edition; the letter is closed for it."""
    letter = Letter.objects.get(pk=letter.pk)
    if letter.status == Letter.Status.OPEN:
        letters.close(letter, by=UserFactory())
    return letters.freeze(Letter.objects.get(pk=letter.pk), by=UserFactory())


def reopen(letter):
    until = timezone.now() + timedelta(days=3)
    letters.reopen(fresh(letter), closes_at=until, reason="Asked for", by=UserFactory())


def amend(letter):
    """In substance: each has to agree again."""
    by = rewritten(fresh(letter), body="<p>We ask for two bridges.</p>")
    until = fresh(letter).closes_at
    letters.amend(fresh(letter), weight="substance", reason="So agreed.", until=until, by=by)


def told(signatory):
    """(edition, as which name, under what, number, place, of) of its receipts; without a name the visibility
    or "lost"."""
    return [
        (one.edition.number, one.line.name, one.heading, one.number, one.place, one.of)
        if one.line
        else (one.edition.number, "lost" if one.is_lost else str(one.visibility))
        for one in receipts.of(fresh(signatory))
    ]
