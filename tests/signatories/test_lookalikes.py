"""Which of those on the public roll somebody who signs may be."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from signatories import services
from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory, RevisionFactory, SignatoryFactory

pytestmark = pytest.mark.django_db


def listed(letter, name, acronym="", **more):
    return SignatoryFactory(letter=letter, line=Line(name, acronym, "KE", **more), listed=True)


def found(letter, name, acronym="", **more):
    return [line.name for line in services.listed_like(letter, Line(name, acronym, "KE", **more))]


@pytest.mark.parametrize(
    "typed",
    ["Friends of the River Lind", "FRIENDS OF THE RIVER LIND", "Friends of River Lind", "Freinds of the River Lind"],
)
def test_near_names_are_found(typed):
    letter = OpenLetterFactory()
    listed(letter, "Friends of the River Lind")
    listed(letter, "Midwives of Selwyn Reach")
    assert found(letter, typed) == ["Friends of the River Lind"]


def test_either_name_counts_on_either_side():
    letter = OpenLetterFactory()
    listed(letter, "جمعية أصدقاء النهر", second_name="Friends of the River Lind")
    assert found(letter, "Friends of the River Lind") == ["جمعية أصدقاء النهر"]
    assert found(letter, "Les amis du Lind", second_name="Friends of the River Lind") == ["جمعية أصدقاء النهر"]
    assert found(letter, "جمعية أصدقاء النهر", second_name="Friends of the River Lind") == ["جمعية أصدقاء النهر"]


def test_the_nearest_comes_first_and_the_acronym_counts():
    letter = OpenLetterFactory()
    listed(letter, "Lantern House", "FRL1")
    listed(letter, "Friends of the Rivver Lind")
    listed(letter, "Friends of the River Lind")
    assert found(letter, "Friends of the River Lind", "FRL1") == [
        *("Friends of the River Lind", "Friends of the Rivver Lind", "Lantern House")
    ]


def test_another_letter_an_individual_and_an_older_text_are_not_looked_at():
    letter, other = OpenLetterFactory(), OpenLetterFactory()
    listed(other, "Friends of the River Lind")
    SignatoryFactory(letter=letter, line=Line("Friends of the River Lind"), listed=True, kind="individual")
    listed(letter, "Friends of the River Lind")
    RevisionFactory(letter=letter, number=2, substance=2)
    letter.substance = 2
    letter.save()
    assert found(letter, "Friends of the River Lind") == []


def test_who_leaves_the_roll_is_named_no_more_and_makes_room():
    letter = OpenLetterFactory()
    gone = listed(letter, "Friends of the River Lind")
    assert found(letter, "Friends of the River Lind") == ["Friends of the River Lind"]  # and kept in mind for a while
    for visibility in ("counted", "recipient"):
        gone.set_line(gone.line, visibility)
        gone.save()
        assert found(letter, "Friends of the River Lind") == []
    Signatory.objects.get(pk=gone.pk).move_to("withdrawn")
    assert found(letter, "Friends of the River Lind") == []


def test_who_comes_onto_the_roll_is_found_a_little_later():
    letter = OpenLetterFactory()
    assert found(letter, "Friends of the River Lind") == []
    listed(letter, "Friends of the River Lind")
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert found(letter, "Friends of the River Lind") == ["Friends of the River Lind"]
