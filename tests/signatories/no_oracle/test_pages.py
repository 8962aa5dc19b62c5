"""Pages tell of an organization what the public list shows, and nothing else."""

import pytest

from tests.signatories.no_oracle.asking import (
    after,
    checks,
    confirms,
    confirms_after_an_edition,
    looks_at_the_page_of_the_other,
    renames_itself,
    renames_itself_from_a_list,
)
from tests.signatories.no_oracle.before import ADDRESSES, ORGANIZATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("asks", [checks, confirms, renames_itself, renames_itself_from_a_list])
@pytest.mark.parametrize("organization", [one for one in ORGANIZATIONS if one != "listed"])
def test_pages_tell_nothing_of_an_organization_that_is_not_on_the_list(letter, asks, organization):
    assert after(letter, None, organization, asks)[0] == after(letter, None, None, asks)[0]


@pytest.mark.parametrize("address", ADDRESSES)
def test_check_page_tells_nothing_of_an_address(letter, address):
    """The one that stands on the list is another organization's, and unlike what is asked."""
    assert after(letter, address, None, checks) == after(letter, None, None, checks)


@pytest.mark.parametrize("asks", [confirms, renames_itself, renames_itself_from_a_list])
def test_pages_behind_a_link_tell_nothing_of_an_organization_that_is_listed(letter, asks):
    assert after(letter, None, "listed", asks)[0] == after(letter, None, None, asks)[0]


@pytest.mark.parametrize("organization", ORGANIZATIONS)
def test_page_of_one_that_confirms_tells_nothing_of_an_edition_that_has_the_other(letter, organization):
    """Its line may stand there word for word: it is the other's."""
    got = after(letter, None, organization, confirms_after_an_edition)[0]
    assert got == after(letter, None, None, confirms_after_an_edition)[0]


def test_page_of_the_other_shows_where_it_stands(letter):
    """The control."""
    got = after(letter, None, "listed", looks_at_the_page_of_the_other)[0]
    assert b"In print" in got[0][3]


def test_check_page_asks_about_what_the_list_shows(letter):
    """The control: the one thing that may be said is said."""
    got, _, _ = after(letter, None, "listed", checks)
    assert got != after(letter, None, None, checks)[0]
    assert b"Is this the same as" in got[0][3]
