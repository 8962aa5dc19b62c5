"""Receipts of who was declined, or set aside, together with others: of each of them the journal says nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters.models import Edition
from signatories import services
from signatories.models import Invalidation, Purpose, Signatory, Token
from signatories.services import cohorts
from tests.factories import SignatoryFactory, UserFactory, confirmation_token
from tests.signatories.own_page import corrected, fresh, token_of
from tests.signatories.receipts.frozen import a_letter, amend, freeze, listed, reopen, told

pytestmark = pytest.mark.django_db


def declined(*signatories):
    (cohort,) = services.decline_together(
        {one.pk: fresh(one).status for one in signatories}, reason="other", by=UserFactory()
    )
    return cohort


def reconsidered(signatory):
    services.reconsider(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())


def approved(signatory):
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())


def undone(cohort):
    return services.undo(cohort, by=UserFactory())


def numbers(signatory):
    return [one[0] for one in told(signatory)]


def test_who_was_declined_with_others_and_accepted_since_stands_there():
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    declined(signatory)
    reconsidered(signatory)
    approved(signatory)
    freeze(letter)
    assert told(signatory) == [(1, "River Watch", "Kenya", 0, 1, 1)]
    corrected(signatory, name="RIVER WATCH")
    assert (fresh(signatory).line.name, told(signatory)[0][1]) == ("RIVER WATCH", "River Watch")


def test_who_lost_its_place_while_it_was_declined_is_not_told_that_it_stands_there():
    """What its successor was counted as is not its own."""
    letter = a_letter()
    signatory = listed(letter, "River Watch", visibility="counted")
    cohort = declined(signatory)
    second = listed(letter, "River Watch", visibility="counted")
    assert undone(cohort).stayed == 1
    freeze(letter)
    assert (numbers(signatory), numbers(second)) == ([], [1])
    services.withdraw(token_of(second))
    reconsidered(signatory)
    approved(signatory)
    assert fresh(signatory).status == "listed"
    assert (numbers(signatory), numbers(second)) == ([], [1])
    freeze(letter)
    assert numbers(signatory) == [2]


def test_undoing_what_has_been_decided_anew_since_changes_nothing():
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    cohort = declined(signatory)
    reconsidered(signatory)
    undone(cohort)
    freeze(letter)
    approved(signatory)
    freeze(letter)
    assert numbers(signatory) == [2]


@pytest.mark.parametrize("undoes", [True, False])
def test_who_is_declined_alone_after_an_undoing_stands_where_it_stood(undoes):
    letter = a_letter()
    signatory, other = listed(letter, "River Watch"), listed(letter, "Kisumu Forum")
    cohort = declined(signatory, other)
    if undoes:
        undone(cohort)
    freeze(letter)
    if undoes:
        services.decline(Signatory.objects.filter(pk=signatory.pk), by=UserFactory(), reason="other")
    reconsidered(signatory)
    approved(signatory)
    assert numbers(signatory) == [1] * undoes
    assert numbers(other) == [1] * undoes


def test_two_cohorts_undone_in_either_order_are_told_apart():
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    first = declined(signatory)
    freeze(letter)
    reconsidered(signatory)
    approved(signatory)
    freeze(letter)
    second = declined(signatory)
    freeze(letter)
    undone(second)
    freeze(letter)
    undone(first)
    freeze(letter)
    assert numbers(signatory) == [5, 4, 2]


def test_forged_cohort_is_off_from_its_setting_aside_to_its_undoing():
    letter = a_letter()
    signatory = listed(letter, "River Watch", contact_email="somebody@crowd.example")
    rule = cohorts.Rule(letter.pk, states=tuple(cohorts.MAY_BE_SET_ASIDE), domain="crowd.example")
    freeze(letter)
    cohort = services.invalidate(rule, seen=1, reason="Forged", by=UserFactory())
    freeze(letter)
    undone(cohort)
    freeze(letter)
    again = services.invalidate(rule, seen=1, reason="Forged", by=UserFactory())
    freeze(letter)
    assert (numbers(signatory), fresh(signatory).status) == ([3, 1], "invalid")
    undone(again)
    assert numbers(signatory) == [3, 1]


def test_forged_one_that_lost_its_place_meanwhile_stays_off():
    letter = a_letter()
    signatory = listed(letter, "River Watch", contact_email="somebody@crowd.example")
    rule = cohorts.Rule(letter.pk, states=tuple(cohorts.MAY_BE_SET_ASIDE), domain="crowd.example")
    cohort = services.invalidate(rule, seen=1, reason="Forged", by=UserFactory())
    second = listed(letter, "River Watch")
    assert undone(cohort).stayed == 1
    freeze(letter)
    assert (numbers(signatory), numbers(second)) == ([], [1])


@pytest.mark.parametrize("hours", [-2, 2])
def test_journals_order_counts_where_clocks_disagree(hours):
    letter = a_letter()
    stays, leaves = listed(letter, "River Watch"), listed(letter, "Kisumu Forum")
    cohort, back = declined(leaves), declined(stays)
    undone(back)
    edition = freeze(letter)
    undone(cohort)
    odd = timezone.now() + timedelta(hours=hours)
    Signatory.objects.update(signed_at=odd, decided_at=odd)
    Invalidation.objects.update(made_at=odd, undone_at=odd)
    assert Edition.objects.get().as_of == edition.as_of
    assert (numbers(stays), numbers(leaves)) == ([1], [])


@pytest.mark.parametrize("hours", [-2, 2])
def test_first_agreement_is_told_in_the_journals_order(hours):
    letter = a_letter()
    signatory = SignatoryFactory(letter=letter, visibility="counted")
    services.confirm(Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory)))
    approved(signatory)
    freeze(letter)
    reopen(letter)
    amend(letter)
    freeze(letter)
    reopen(letter)
    services.agree(token_of(signatory), seen=fresh(letter).revision.number)
    freeze(letter)
    Signatory.objects.update(confirmed_at=timezone.now() + timedelta(hours=hours))
    assert numbers(signatory) == [3, 1]
