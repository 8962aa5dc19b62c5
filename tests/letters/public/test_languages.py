"""A letter in several languages, each at its address."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from letters import courtesy, services
from letters.models import Letter
from letters.services import working
from signatories.models import Line
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.public.pages import page

pytestmark = pytest.mark.django_db


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
    assert '<ul lang="ar"><li><bdi lang="">River Watch</bdi></li>' in authentic  # in which language, nothing tells
    assert '<ul lang="fr"><li><bdi>River Watch</bdi></li>' in courtesy
    for shown in (authentic, courtesy):
        assert '<div class="roll" dir="ltr">\n<h3 lang="en">Lebanon <span' in shown
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


@pytest.mark.parametrize(
    ("path", "accepted", "shown", "country"),
    [
        ("/letters/{}/", "", "ar", "Lebanon"),  # as a crawler asks
        ("/letters/{}/", "en", "ar", "Lebanon"),
        ("/letters/{}/", "fr", "fr", "Liban"),
        ("/fr/letters/{}/", "", "fr", "Liban"),
        ("/es/letters/{}/", "fr", "ar", "Líbano"),
        ("/ar/letters/{}/", "", "ar", "لبنان"),
        ("/fr/letters/{}/in/ar/", "", "ar", "Liban"),
        ("/letters/{}/in/ar/", "fr", "ar", "Liban"),
    ],
)
def test_letter_shows_the_text_of_its_reader_and_headings_as_the_page_speaks(client, path, accepted, shown, country):
    letter = in_two_languages()
    SignatoryFactory(letter=letter, listed=True, line=Line("River Watch", "", "LB"))
    said = client.get(path.format(letter.slug), headers={"accept-language": accepted}).content.decode()
    assert re.findall(r'<article class="letter" lang="(\w+)"', said) == [shown]
    page = re.search(r'<html lang="(\w+)" dir="(\w+)">', said)
    assert f'<div class="roll" dir="{page[2]}">\n<h3 lang="{page[1]}">{country} <span' in said
    own = {"ar": f"/letters/{letter.slug}/", "fr": f"/letters/{letter.slug}/in/fr/"}
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{own[shown]}">' in said
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)" href="http://127.0.0.1:8000([^"]+)"', said) == [
        *own.items()
    ]


def test_reader_of_a_courtesy_text_gets_to_the_authentic_one(client):
    letter = in_two_languages()
    address = f"/fr/letters/{letter.slug}/in/ar/"
    assert f'<a href="{address}" hreflang="ar"' in client.get(f"/fr/letters/{letter.slug}/").content.decode()
    assert '<article class="letter" lang="ar" dir="rtl">' in client.get(address).content.decode()


def test_list_beside_a_text_that_no_page_speaks_is_in_that_language(client):
    letter = OpenLetterFactory(text={"language": "zh-Hans", "title": "河流"})
    for name in ("青溪河流记忆促进会", "River Watch"):
        SignatoryFactory(letter=letter, listed=True, line=Line(name, "", "CN"))
    said = page(client, letter)
    assert '<h3 lang="zh-Hans">中国 <span' in said
    assert ("<bdi>青溪河流记忆促进会</bdi>" in said, '<bdi lang="">River Watch</bdi>' in said) == (True, True)


def test_title_of_the_letter_says_its_language_and_begins_where_it_does(client):
    letter = OpenLetterFactory()
    for path, tag in ((f"/ar/letters/{letter.slug}/", "h1"), (f"/ar/letters/{letter.slug}/sign/", "h1")):
        said = client.get(path).content.decode()
        assert f'<{tag} lang="en" dir="ltr">{letter.text.title}</{tag}>' in said
