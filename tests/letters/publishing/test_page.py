"""The page of a published letter."""

import pytest

from letters.services import publications
from tests.factories import UserFactory
from tests.letters.desk import words
from tests.letters.publishing.published import CANARIES, over, published

pytestmark = pytest.mark.django_db


def test_page_has_what_was_published_around_the_signed_text(client):
    letter = over(7)
    publication = published(letter)
    page = words(client.get(letter.get_absolute_url()))
    assert "5+ organizations ask for a heron bridge</h1>" in page
    assert "Joint plover letter to the Commissioner – " in page
    assert "The bittern is to close in spring." in page
    assert "We convened this with the curlew fund." in page
    assert "They are no part of the letter, and nobody has signed them." in page
    assert "Dear Commissioner," not in page
    assert "Respectfully," not in page
    assert f"/letters/{letter.slug}/{publication.edition.number}.pdf" in page


def test_taken_back_nothing_of_it_is_left(client):
    letter = over(7)
    before = client.get(letter.get_absolute_url()).content
    publication = published(letter)
    publications.take_back(publication, reason="A name was wrong.", by=UserFactory())
    page = words(client.get(letter.get_absolute_url()))
    assert [one for one in CANARIES if one in page] == []
    assert b"Dear Commissioner," in before
    assert client.get(f"/letters/{letter.slug}/1.pdf").status_code == 404
