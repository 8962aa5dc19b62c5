"""Opening, pausing, closing and freezing."""

import pytest

from letters.models import Edition, Letter
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.following.pages import main_button, url
from tests.letters.test_amending import amended

pytestmark = pytest.mark.django_db


def test_open_for_signing_opens(client):
    letter = LetterFactory()
    team_member(client, letter)
    assert letter.get_absolute_url() in words(client.get(url(letter, "open_for_signing")))
    response = client.post(url(letter, "open_for_signing"), follow=True)
    assert "Open. Sign on with an organization of your own first." in words(response)
    assert Letter.objects.get().accepts_signatures


def test_open_for_signing_says_what_is_missing(client):
    letter = LetterFactory(closes_at=None)
    team_member(client, letter)
    missing = "Closing time: Say until when organizations can sign."
    page = client.get(url(letter, "open_for_signing"))
    assert missing in words(page)
    assert main_button(page) == "See what is missing"
    assert missing in words(client.post(url(letter, "open_for_signing"), follow=True))
    assert Letter.objects.get().is_draft


def test_pause_and_resume(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    client.post(url(letter, "pause"))
    assert not Letter.objects.get().accepts_signatures
    client.post(url(letter, "resume"))
    assert Letter.objects.get().accepts_signatures


def test_acts_by_get_do_nothing(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    before = Letter.objects.values().get()
    for act in ("open_for_signing", "pause", "resume", "close", "reopen", "freeze", "timetable", "write"):
        client.get(url(letter, act))
        client.head(url(letter, act))
    assert Letter.objects.values().get() == before
    assert not Edition.objects.exists()


def test_close_says_who_has_not_confirmed_and_closes(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter)
    team_member(client, letter)
    assert "1 organization has not confirmed yet." in words(client.get(url(letter, "close")))
    assert "Sign-on is closed." in words(client.post(url(letter, "close"), follow=True))
    assert Letter.objects.get().status == "closed"


def test_close_says_whose_time_to_answer_an_amendment_ends(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    team_member(client, letter)
    assert "amended text" not in words(client.get(url(letter, "close")))
    amended(letter)
    shown = words(client.get(url(letter, "close")))
    assert "1 organization has not agreed to the amended text yet, and was told that it can do so" in shown


@pytest.mark.parametrize("act", ["open_for_signing", "close"])
def test_acts_that_came_too_late_say_so(client, closed, act):
    for response in (client.get(url(closed, act), follow=True), client.post(url(closed, act), follow=True)):
        assert "somebody else was faster" in words(response)
    assert Letter.objects.get().status == "closed"


def test_freeze_warns_of_an_empty_roll(client, closed):
    assert "Nobody is listed yet." in words(client.get(url(closed, "freeze")))


def test_freeze_pressed_twice_makes_one_edition(client, closed):
    sent = fields(client.get(url(closed, "freeze")))
    client.post(url(closed, "freeze"), sent)
    assert "is frozen already" in words(client.post(url(closed, "freeze"), sent, follow=True))
    assert Edition.objects.count() == 1
    client.post(url(closed, "freeze"), fields(client.get(url(closed, "freeze"))))
    assert Edition.objects.count() == 2
