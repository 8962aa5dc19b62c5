"""A letter with its headline, once an edition is frozen."""

import pytest

from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.letters.public.pages import over, page

pytestmark = pytest.mark.django_db


def test_letter_has_its_headline_once_an_edition_is_frozen(client):
    letter = over("{n} organizations ask for a bridge", 7)
    shown = page(client, letter)
    assert '<h1 lang="en" dir="ltr">5+ organizations ask for a bridge</h1>' in shown
    assert '<p class="lede" lang="en" dir="ltr">For the bridge over the Lind</p>' in shown
    assert "The headline rounds down to a multiple of 5: 7 organizations are named below." in shown
    assert shown.count("<h1") == 1


def test_headline_counts_nobody_whose_name_is_withheld(client):
    letter = over("{n} organizations ask", 4)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld", "", "KE"))
    assert ">4 organizations ask</h1>" in page(client, letter)


def test_letter_has_no_headline_before_or_without_the_number_it_wants(client):
    letter = OpenLetterFactory(text={"headline": "{n} organizations ask"})
    assert '<h1 lang="en" dir="ltr">For the bridge over the Lind</h1>' in page(client, letter)
    assert "{n}" not in page(client, over("{n} organizations ask", 0))
    assert ">They ask</h1>" in page(client, over("They ask", 0))
