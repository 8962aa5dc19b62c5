"""The front page of the site."""

import pytest
from django.utils import timezone

from letters.models import Letter
from tests.factories import LetterFactory, OpenLetterFactory

pytestmark = pytest.mark.django_db


def test_home_lists_what_is_open_and_what_was(client):
    OpenLetterFactory(text={"title": "An open one"})
    OpenLetterFactory(text={"title": "A closed one"}, status=Letter.Status.CLOSED, closed_at=timezone.now())
    LetterFactory(text={"title": "A draft"})
    shown = client.get("/").content.decode()
    assert "An open one" in shown.split("Closed")[0]
    assert "A closed one" in shown.split("Closed")[1]
    assert "A draft" not in shown


def test_home_has_a_next_step_when_empty(client):
    assert "No letter is open at the moment" in client.get("/").content.decode()


def test_home_names_no_letter_that_is_not_to_be_found(client):
    OpenLetterFactory(text={"title": "For the bridge"})
    OpenLetterFactory(text={"title": "For the ford"}, may_be_indexed=False)
    shown = client.get("/").content.decode()
    assert ("For the bridge" in shown, "For the ford" in shown) == (True, False)
