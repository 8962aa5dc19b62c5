from datetime import timedelta

import pytest
from django.utils import timezone

from letters import courtesy, services
from letters.models import Letter
from letters.services import working
from signatories.models import Line
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory

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


def in_two_languages():
    """Arabic is authentic, French a courtesy text."""
    text = {"language": "ar", "title": "الجسر", "body": "<p>الجسر هو الوحيد.</p>", "salutation": "", "closing": ""}
    letter = LetterFactory(text=text)
    services.add_text(letter, "fr", by=UserFactory())
    held = working.read(letter)
    french = {"الجسر": "Le pont", "<p>الجسر هو الوحيد.</p>": "<p>C’est le seul.</p>"}
    there = [one for one in courtesy.beside(held.text_in("fr"), held.authentic) if one.authentic]
    typed = {one.key: services.Typed(french[one.authentic], one.authentic) for one in there}
    services.save_translation(letter, "fr", typed, bases={}, by=UserFactory())
    services.open_for_signing(letter, by=UserFactory())
    return Letter.objects.get(pk=letter.pk)


def test_letter_is_read_in_each_of_its_languages(client):
    letter = in_two_languages()
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "LB"))
    authentic, courtesy = page(client, letter), client.get(f"/letters/{letter.slug}/in/fr/").content.decode()
    assert '<article class="letter" lang="ar" dir="rtl">' in authentic
    assert '<article class="letter" lang="fr" dir="ltr">' in courtesy
    assert ("الجسر هو الوحيد." in authentic, "C’est le seul." in courtesy) == (True, True)
    assert "This text is authentic" in authentic
    assert "Courtesy translation. The authentic text is in Arabic." in courtesy
    assert ("لبنان" in authentic, "Liban" in courtesy) == (True, True)
    for shown in (authentic, courtesy):
        assert "<bdi>River Watch</bdi>" in shown
        assert "1 organization from 1 country" in shown
        assert (
            f'<link rel="alternate" hreflang="fr" href="http://127.0.0.1:8000/letters/{letter.slug}/in/fr/">' in shown
        )
    assert f'<a href="/letters/{letter.slug}/in/fr/" hreflang="fr" lang="fr" dir="ltr">français</a>' in authentic
    assert f'<a href="/letters/{letter.slug}/" hreflang="ar" lang="ar" dir="rtl">العربية</a>' in courtesy
    assert f'href="/letters/{letter.slug}/sign/?in=fr"' in courtesy


def test_letter_in_its_authentic_language_has_one_address(client):
    letter = in_two_languages()
    assert client.get(f"/letters/{letter.slug}/in/ar/").headers["Location"] == letter.get_absolute_url()
    assert client.get(f"/letters/{letter.slug}/in/es/").status_code == 404
    assert client.get(f"/letters/{LetterFactory().slug}/in/en/").status_code == 404


def test_letter_says_that_a_translation_is_behind(client):
    letter = in_two_languages()
    said = "Some of it is not translated, or older than the authentic text."
    user = UserFactory()
    for body, is_behind in (("<p>الجسر هو الوحيد.</p>", False), ("<p>الجسر هو الوحيد هنا.</p>", True)):
        services.prepare_amendment(letter, by=user)
        held = working.read(letter)
        held.authentic["body"], held.front["place"] = body, f"Beirut {is_behind}"
        working.write(letter, held, by=user)
        until = timezone.now() + timedelta(days=2)
        services.amend(letter, weight="substance", until=until, by=user)
        assert (said in client.get(f"/letters/{letter.slug}/in/fr/").content.decode()) == is_behind
        assert said not in page(client, letter)


def test_letter_in_a_language_that_was_taken_out_leads_to_the_authentic_text(client):
    letter, user = in_two_languages(), UserFactory()
    services.prepare_amendment(letter, by=user)
    services.remove_text(letter, "fr", by=user)
    services.amend(letter, weight="substance", until=timezone.now() + timedelta(days=2), by=user)
    assert client.get(f"/letters/{letter.slug}/in/fr/").headers["Location"] == letter.get_absolute_url()


def test_letter_in_one_language_offers_no_other(client):
    assert "hreflang" not in page(client, OpenLetterFactory())
