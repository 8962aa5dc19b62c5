"""The receipts of those whose names are withheld, or were."""

import pytest

from signatories import receipts, services
from signatories.models import Line, Signatory
from tests.factories import UserFactory
from tests.signatories.own_page import fresh, token_of
from tests.signatories.receipts.frozen import a_letter, amend, freeze, listed, reopen, told

pytestmark = pytest.mark.django_db


def withheld(letter, visibility, name="Quiet Ones"):
    return listed(letter, name, visibility=visibility, line=Line(name, "", "KE"))


def test_who_is_counted_alone_is_told_that_it_is_counted():
    letter = a_letter()
    signatory = withheld(letter, "counted")
    freeze(letter)
    assert told(signatory) == [(1, "counted")]


def test_who_is_named_to_the_addressee_is_told_that_its_name_stands_there():
    letter = a_letter()
    signatory = withheld(letter, "recipient")
    edition = freeze(letter)
    assert told(signatory) == [(1, "recipient")]
    assert edition.addressee_names.held["signatories"] == [str(signatory.pk)]


def test_addressees_copy_that_is_not_kept_changes_no_receipt():
    """It goes when anybody named in it has its data deleted: of that the others learn nothing."""
    letter = a_letter()
    signatory, other = withheld(letter, "recipient"), withheld(letter, "recipient", "Others")
    edition = freeze(letter)
    late = withheld(letter, "recipient", "Late")
    was = receipts.of(signatory)
    services.erase(token_of(other), keeps_line=False)
    assert fresh(edition.addressee_names).deleted_at
    assert receipts.of(signatory) == was
    assert told(late) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("public", "counted"), ("public", "recipient"), ("counted", "public"), ("recipient", "public")],
)
def test_visibility_chosen_since_changes_no_receipt(before, after):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility=before)
    freeze(letter)
    was = told(signatory)
    services.show_as(token_of(signatory), after)
    assert (fresh(signatory).visibility, told(signatory)) == (after, was)
    freeze(letter)
    assert [told(signatory)[1]] == was
    assert (told(signatory)[0][1] == "Quiet Ones") == (after == "public")


def test_visibility_chosen_and_taken_back_between_two_editions_is_told_of_neither():
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones")
    freeze(letter)
    for visibility in ("counted", "public", "recipient"):
        services.show_as(token_of(signatory), visibility)
    assert [one[:2] for one in told(signatory)] == [(1, "Quiet Ones")]
    freeze(letter)
    assert [one[:2] for one in told(signatory)] == [(2, "recipient"), (1, "Quiet Ones")]


@pytest.mark.parametrize("visibility", ["public", "counted", "recipient"])
def test_who_has_not_agreed_to_the_text_of_an_edition_does_not_stand_in_it(visibility):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", visibility=visibility)
    freeze(letter)
    reopen(letter)
    amend(letter)
    freeze(letter)
    assert [one[0] for one in told(signatory)] == [1]
    reopen(letter)
    services.agree(token_of(signatory), seen=fresh(letter).revision.number)
    freeze(letter)
    assert [one[0] for one in told(signatory)] == [3, 1]


def test_counted_one_that_withdrew_or_came_late_stands_where_it_stood():
    letter = a_letter()
    first = withheld(letter, "counted", "First")
    freeze(letter)
    second = withheld(letter, "counted", "Second")
    services.withdraw(token_of(first))
    freeze(letter)
    assert (told(first), told(second)) == ([(1, "counted")], [(2, "counted")])


def test_erased_one_whose_line_stays_has_no_page_and_nothing_earlier(client):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones")
    freeze(letter)
    services.show_as(token_of(signatory), "counted")
    assert fresh(signatory).earlier["1"]["name"] == "Quiet Ones"
    token = token_of(signatory)
    services.erase(token, keeps_line=True)
    assert fresh(signatory).earlier == {}
    assert client.get(f"/mine/{token.secret}/").status_code == 404


def test_erased_one_keeps_nothing_earlier():
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones")
    freeze(letter)
    services.show_as(token_of(signatory), "counted")
    services.erase(token_of(signatory), keeps_line=False)
    assert (fresh(signatory).earlier, fresh(signatory).erased_at is None) == ({}, False)


def test_vetters_approval_between_editions_counts_from_the_next_on():
    letter = a_letter()
    signatory = withheld(letter, "counted")
    services.reconsider(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    freeze(letter)
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    freeze(letter)
    assert told(signatory) == [(2, "counted")]
