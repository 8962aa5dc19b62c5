from datetime import timedelta

import pytest
from django.utils import timezone

from letters.models import Letter
from signatories.models import Line
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory

pytestmark = pytest.mark.django_db


def page(client, letter):
    return client.get(letter.get_absolute_url()).content.decode()


def test_letter_shows_text_roll_and_the_way_to_sign(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, line=Line("منظمة النهر", "", "EG"))
    SignatoryFactory(letter=letter, listed=True, line=Line("River <b>Watch</b>", "RW", "KE"))
    shown = page(client, letter)
    for words in (
        "For the bridge over the Lind",
        "We ask you to keep the bridge open.",
        "Commissioner for Bridges",
        "<bdi>منظمة النهر</bdi>",
        "<bdi>River &lt;b&gt;Watch&lt;/b&gt;</bdi>",
        "2 organizations from 2 countries",
        f'href="/letters/{letter.slug}/sign/"',
        letter.revision.digest,
        "UTC",
    ):
        assert words in shown


def test_letter_names_nobody_who_is_not_listed_or_withheld(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, line=Line("Pending Canary", "", "KE"))
    SignatoryFactory(letter=letter, confirmed=True, line=Line("Confirmed Canary", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="counted", line=Line("Withheld Canary", "", "IS"))
    shown = page(client, letter)
    assert "Canary" not in shown
    assert "Iceland" not in shown
    assert "1 organization whose name is withheld" in shown


def test_letter_shows_what_was_signed_whatever_the_draft_says_now(client):
    letter = OpenLetterFactory()
    letter.texts.update(title="Something nobody signed")
    assert "Something nobody signed" not in page(client, letter)


def test_letter_of_a_draft_is_not_there(client):
    assert client.get(LetterFactory().get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"is_paused": True}, "Sign-on is paused"),
        ({"opens_at": timezone.now() + timedelta(hours=2)}, "Sign-on opens"),
        ({"status": Letter.Status.CLOSED, "closed_at": timezone.now()}, "Sign-on closed"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "Sign-on closed"),
    ],
)
def test_letter_says_why_it_cannot_be_signed(client, state, words):
    letter = OpenLetterFactory(**state)
    shown = page(client, letter)
    assert words in shown
    assert "/sign/" not in shown


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
