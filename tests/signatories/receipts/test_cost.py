"""What it costs to tell where somebody stands: no list is read of who is not named in it, and none twice."""

import pytest

from letters.models import Edition
from signatories import receipts, services
from signatories.receipts import places
from signatories.shelf import Shelf
from tests.factories import SignatoryFactory
from tests.signatories.own_page import corrected, fresh, token_of
from tests.signatories.receipts.frozen import a_letter, freeze, listed, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(monkeypatch):
    """The keys of the editions whose lists were read."""
    done, reads = [], places._read

    def counted(pk, *more):
        done.append(pk)
        return reads(pk, *more)

    monkeypatch.setattr(places, "_read", counted)
    monkeypatch.setattr(places, "SHELF", Shelf(places.MOST_LINES, places.SHELF.weight))
    return done


def test_list_of_an_edition_is_read_once(read):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    edition = freeze(letter)
    assert len(told(signatory)) == 1
    assert places.places_in(edition) is places.places_in(Edition.objects.defer("roll").get(pk=edition.pk))
    assert read == [edition.pk]


def test_lists_of_five_editions_are_read_once_each(read):
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    editions = [freeze(letter) for _ in range(5)]
    for _ in range(3):
        assert len(told(signatory)) == 5
    assert sorted(read) == [one.pk for one in editions]


def test_shelf_holds_so_many_lines_and_drops_what_was_read_first(read, monkeypatch):
    letter = a_letter()
    for n in range(3):
        listed(letter, f"River Watch {n}")
    editions = [freeze(letter) for _ in range(3)]
    monkeypatch.setattr(places, "SHELF", Shelf(6, places.SHELF.weight))
    for edition in (editions[0], editions[1], editions[0], editions[2], editions[0], editions[1]):
        places.places_in(edition)
    assert read == [editions[n].pk for n in (0, 1, 2, 1)]
    monkeypatch.setattr(places, "SHELF", Shelf(1, places.SHELF.weight))
    assert [places.places_in(editions[0]).of, places.places_in(editions[0]).of, len(read)] == [3, 3, 5]


@pytest.mark.parametrize("facts", [{"visibility": "counted"}, {"visibility": "recipient"}])
def test_no_list_is_read_of_who_is_withheld(read, facts):
    letter = a_letter()
    signatory = listed(letter, "Quiet Ones", **facts)
    freeze(letter)
    assert (len(told(signatory)), read) == (1, [])


def test_no_list_is_read_of_who_was_never_listed(read):
    letter = a_letter()
    waiting = SignatoryFactory(letter=letter, confirmed=True)
    freeze(letter)
    assert (told(waiting), read) == ([], [])


def test_nothing_is_asked_about_editions_where_a_line_changes_that_was_never_listed(django_assert_num_queries):
    letter = a_letter()
    waiting = SignatoryFactory(letter=letter, confirmed=True)
    for _ in range(3):
        freeze(letter)
    with django_assert_num_queries(3):  # the row, what the journal says of it, and its cohorts
        receipts.keep(fresh_with_letter(waiting))


def fresh_with_letter(signatory):
    return type(signatory).objects.select_related("letter").get(pk=signatory.pk)


def test_keeping_a_line_reads_no_list(read):
    """It is done with the letter's lock held."""
    letter = a_letter()
    signatory = listed(letter, "River Watch")
    freeze(letter)
    services.show_as(token_of(signatory), "counted")
    corrected(signatory, name="RIVER WATCH")
    assert (fresh(signatory).earlier["1"]["name"], read) == ("River Watch", [])
