"""The headline of a published letter, and its number."""

import pytest

from letters.models import Letter
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.letters.publishing.published import over, published

pytestmark = pytest.mark.django_db


def headed(headline, number, **more):
    letter = over(number)
    published(letter, words={"en": {"headline": headline}}, **more)
    return letter


def page(client, letter):
    return client.get(letter.get_absolute_url()).content.decode()


def test_headline_has_its_number_rounded_down_and_says_by_what_rule(client):
    shown = page(client, headed("{n} organizations ask for a bridge", 7))
    assert '<h1 lang="en" dir="ltr">5+ organizations ask for a bridge</h1>' in shown
    assert "The headline rounds down to a multiple of 5: 7 organizations are named below." in shown
    assert shown.count("<h1") == 1


def test_headline_counts_nobody_whose_name_is_withheld(client):
    letter = headed("{n} organizations ask", 4)
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld", "", "KE"))
    assert ">4 organizations ask</h1>" in page(client, letter)


def test_headline_is_never_above_the_truth(client):
    letter = headed("{n} organizations ask", 5)
    assert ">5 organizations ask</h1>" in page(client, letter)
    letter.signatories.first().move_to("withdrawn")
    assert ">4 organizations ask</h1>" in page(client, letter)


def test_letter_keeps_its_title_without_the_number_that_its_headline_wants(client):
    assert ">For the bridge over the Lind</h1>" in page(client, headed("{n} organizations ask", 0))
    assert ">They ask</h1>" in page(client, headed("They ask", 0))


def test_number_is_written_as_the_language_writes_it(client):
    letter = OpenLetterFactory(text={"language": "ar", "title": "الجسر"})
    for n in range(7):
        SignatoryFactory(letter=letter, listed=True, line=Line(f"Org {n}", "", "KE"))
    letter.move_to(Letter.Status.CLOSED, closed_at=letter.closes_at)
    published(letter, words={"ar": {"headline": "أكثر من {n} منظمات"}})
    assert ">أكثر من ٥+ منظمات</h1>" in page(client, letter)
