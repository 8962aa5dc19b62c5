"""Who is known from other letters: asked in two queries, and never of itself or of its own letter."""

import pytest

from signatories.models import Line
from signatories.services import registering
from tests.signatories.registering.entries import approved, confirmed, entry_of

pytestmark = pytest.mark.django_db


def test_look_up_takes_two_queries(django_assert_max_num_queries):
    for name in ("Oremba Boat Families", "Lind Ferry Crews", "Harbour Nurses"):
        approved(Line(name, "", "KE"))
    with django_assert_max_num_queries(2):
        found = registering.known([Line("Harbour Nurses", "", "KE"), Line("Oremba Boat Familes", "", "KE")])
    assert [[hit.line.name for hit in hits] for hits in found] == [["Harbour Nurses"], ["Oremba Boat Families"]]


def test_own_appearance_does_not_count():
    one = approved()
    assert registering.known_as([one]) == {one.pk: []}
    other = approved()
    assert [hit.organization for hit in registering.known_as([one])[one.pk]] == [entry_of(other)]


def test_same_letter_does_not_count():
    one = approved()
    like = confirmed(Line("Oremba Boat Familes", "", "KE"), letter=one.letter)
    elsewhere = confirmed(Line("Oremba Boat Familes", "", "KE"))
    assert [bool(registering.known_as([each])[each.pk]) for each in (like, elsewhere)] == [False, True]
