"""What editions print is read once, and kept as far as there is room."""

import pytest

from letters.models import Edition
from signatories.models import frozen
from signatories.shelf import Shelf
from tests.letters.publishing.published import frozen as edition_of
from tests.letters.publishing.published import over

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def editions():
    """Of five lines each."""
    letter = over(5)
    return [edition_of(letter, is_set=False) for _ in range(3)]


@pytest.fixture
def room(monkeypatch):
    """Room for so many lines, with nothing in it yet."""

    def make(most):
        shelf = Shelf(most, frozen.SHELF.weight)
        monkeypatch.setattr(frozen, "SHELF", shelf)
        return shelf

    return make


def asked(edition, django_assert_num_queries, reads):
    """As pages ask: with a row that has not read its roll."""
    with django_assert_num_queries(1 + reads):
        return frozen.frozen(Edition.objects.defer("roll").get(pk=edition.pk)).roll


def test_roll_is_read_once(editions, room, django_assert_num_queries):
    room(100)
    first = asked(editions[0], django_assert_num_queries, 1)
    assert first == editions[0].printed_roll
    assert asked(editions[0], django_assert_num_queries, 0) is first


@pytest.mark.parametrize(("most", "kept"), [(15, [0, 1, 2]), (14, [0, 2]), (9, [2]), (4, [2])])
def test_lines_are_kept_up_to_a_number_those_asked_for_last(editions, room, most, kept):
    shelf = room(most)
    for edition in (editions[1], editions[0], editions[2]):
        frozen.frozen(edition)
    assert sorted(editions.index(one) for one in editions if one.digest in shelf.kept) == kept
