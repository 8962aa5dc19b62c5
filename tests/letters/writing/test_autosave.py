"""The page saves by itself while somebody writes."""

import pytest

from letters import services
from letters.models import Letter
from tests.factories import UserFactory
from tests.letters.writing.page import draft, opened, url

pytestmark = pytest.mark.django_db


def test_autosave_saves_and_goes_on_from_there(writer, letter):
    sent = opened(writer, letter)
    for number, title in enumerate(("Once", "Twice", "Thrice"), 2):
        answer = writer.post(url(letter, "autosave"), sent | {"title": title})
        assert answer.status_code == 200
        assert answer.json()["saved_at"].endswith("(UTC)")
        sent["version"] = answer.json()["version"]
        assert (draft(letter).title, Letter.objects.get().version) == (title, number)


def test_autosave_tells_who_was_faster_and_overwrites_nothing(writer, other, letter):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"title": "Theirs"})
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Ours"})
    assert (answer.status_code, answer.json()["by"]) == (409, "Ana Other")
    assert draft(letter).title == "Theirs"


def test_autosave_says_when_it_was_oneself_in_another_window(writer, letter):
    sent = opened(writer, letter)
    writer.post(url(letter, "autosave"), sent | {"title": "One window"})
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Another"})
    assert (answer.status_code, answer.json()["by"]) == (409, "Your other window")


def test_autosave_says_what_is_wrong(writer, letter):
    answer = writer.post(url(letter, "autosave"), opened(writer, letter) | {"title": " "})
    assert answer.status_code == 422
    assert answer.json() == {"errors": {"title": ["Enter a title; a provisional one will do."]}}


def test_autosave_of_an_opened_letter_says_so(writer, letter):
    sent = opened(writer, letter)
    services.open_for_signing(letter, by=UserFactory())
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Too late"})
    assert answer.status_code == 422
    assert "has been opened" in str(answer.json())
    assert draft(letter).title == "For the bridge over the Lind"


def test_autosave_of_somebody_signed_out_leads_to_the_login(writer, letter):
    sent = opened(writer, letter)
    writer.logout()
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Nobody"})
    assert answer.status_code == 302
    assert draft(letter).title == "For the bridge over the Lind"


def test_autosave_by_get_is_refused(writer, letter):
    assert writer.get(url(letter, "autosave"), opened(writer, letter) | {"title": "X"}).status_code == 405
