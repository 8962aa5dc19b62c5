"""The language of a page: by prefix, cookie, then Accept-Language; and what a prefix leads to."""

import re

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import get_resolver, reverse

from config import languages
from signatories.models import Token
from tests.factories import OpenLetterFactory, SignatoryFactory, confirmation_token
from tests.test_public_pages import PUBLIC, patterns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def speaks_all(monkeypatch):
    """Whether or not the catalogs are there, each language counts as one we have words in."""
    monkeypatch.setattr(languages, "_has_words", lambda language: True)


def shown_in(path, **headers):
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200
    return answer["Content-Language"], *re.search(
        r'<html lang="([\w-]+)" dir="(\w+)">', answer.content.decode()
    ).groups()


def test_language_is_chosen_by_prefix_then_cookie_then_accept_language():
    letter = OpenLetterFactory().get_absolute_url()
    cookie, accepted = "django_language=ar", "es, en;q=0.5"
    assert shown_in(letter) == ("en", "en", "ltr")
    assert shown_in(letter, accept_language=accepted) == ("es", "es", "ltr")
    assert shown_in(letter, accept_language=accepted, cookie=cookie) == ("ar", "ar", "rtl")
    assert shown_in(f"/fr{letter}", accept_language=accepted, cookie=cookie) == ("fr", "fr", "ltr")
    assert shown_in(f"/en{letter}", accept_language=accepted, cookie=cookie) == ("en", "en", "ltr")


def test_links_keep_a_prefix_and_get_none():
    letter = OpenLetterFactory()
    plain, french = (
        Client().get(path).content.decode() for path in (letter.get_absolute_url(), f"/fr/letters/{letter.slug}/")
    )
    sign = f'/letters/{letter.slug}/sign/"'
    assert (f'href="{sign}' in plain, f'href="/fr{sign}' in plain) == (True, False)
    assert (f'href="{sign}' in french, f'href="/fr{sign}' in french) == (False, True)
    assert 'href="/fr/"' in french


def test_a_page_in_one_language_leaves_the_next_alone():
    letter = OpenLetterFactory()
    Client().get(f"/fr/letters/{letter.slug}/")
    assert reverse("letters:home") == "/"
    assert shown_in("/") == ("en", "en", "ltr")


def test_prefix_leads_to_pages_only():
    """Files and data have one address, and what is behind sign-in does not speak by prefix."""
    letter = OpenLetterFactory()
    for path in ("/desk/", "/admin/", "/accounts/login/", "/healthz/live", "/robots.txt", "/feed/"):
        assert Client().get(path).status_code != 404
        assert Client().get(f"/fr{path}").status_code == 404
    assert Client().get(f"/fr/letters/{letter.slug}/signatories.json").status_code == 404
    assert (
        Client().get("/de/").status_code
        == Client().get("/fr-ca/").status_code
        == Client().get("/FR/").status_code
        == 404
    )
    assert Client().get("/fr")["Location"] == "/fr/"


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr"])
def test_prefix_opens_nothing_that_is_closed(language):
    open_to_all = {
        name
        for name, view in patterns(get_resolver(languages.urlconf(language)))
        if not getattr(view, "login_required", True)
    }
    assert open_to_all == PUBLIC


def test_footer_offers_this_page_in_the_other_languages():
    letter = OpenLetterFactory()
    shown = Client().get(f"/fr/letters/{letter.slug}/").content.decode().partition("<footer")[2]
    found = re.findall(r'<a href="([^"]+)" lang="(\w+)" dir="(\w+)">([^<]+)</a>', shown)
    page = f"/letters/{letter.slug}/"
    assert found == [
        (f"/en{page}", "en", "ltr", "English"),
        (f"/ar{page}", "ar", "rtl", "العربيّة"),
        (f"/es{page}", "es", "ltr", "español"),
    ]
    assert '<b aria-current="true" lang="fr" dir="ltr">français</b>' in shown


def test_footer_repeats_no_secret_link_and_nothing_behind_the_question_mark():
    letter = OpenLetterFactory()
    token = confirmation_token(SignatoryFactory(letter=letter))
    assert token not in Client().get(f"/confirm/{token}/").content.decode()
    assert "canary" not in Client().get(f"/letters/{letter.slug}/sign/?in=canary").content.decode()
    assert Client().get(f"/fr/confirm/{token}/").status_code == 200


def test_page_behind_a_secret_link_leads_to_itself_in_the_other_languages():
    signatory = SignatoryFactory(confirmed=True)
    for path in (f"/mine/{Token.objects.mine(signatory).secret}/visibility/", f"/mine/{'a' * 43}/"):
        shown = Client().get(f"/fr{path}").content.decode().partition("<footer")[2]
        assert re.findall(r'<a href="([^"]+)" lang="(\w+)"', shown) == [
            ("?in=en", "en"),
            ("?in=ar", "ar"),
            ("?in=es", "es"),
        ]
        answer = Client().get(f"/fr{path}?in=ar")
        assert (answer.status_code, answer["Location"]) == (302, f"/ar{path}")
        assert "no-store" in answer["Cache-Control"]


def test_only_a_page_behind_a_secret_link_is_led_elsewhere_and_only_into_our_languages():
    letter = OpenLetterFactory()
    token = confirmation_token(SignatoryFactory(letter=letter))
    for path in (f"/letters/{letter.slug}/?in=ar", f"/confirm/{token}/?in=de", f"/confirm/{token}/?in=//evil.example"):
        assert Client().get(path).status_code == 200
    assert Client().post(f"/confirm/{token}/?in=ar").status_code == 200
    assert Client().get("/mine/%0d%0aa%3fb/?in=ar")["Location"] == "/ar/mine/%0D%0Aa%3Fb/"
    assert Client().get("/mine/a/data.json?in=ar").status_code == 404


def test_head_names_the_plain_address_and_the_languages():
    letter = OpenLetterFactory()
    site = "http://127.0.0.1:8000"
    for path in ("/", "/ar/"):
        shown = Client().get(path).content.decode()
        assert f'<link rel="canonical" href="{site}/">' in shown
        assert re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', shown) == [
            ("en", f"{site}/en/"),
            ("ar", f"{site}/ar/"),
            ("fr", f"{site}/fr/"),
            ("es", f"{site}/es/"),
            ("x-default", f"{site}/"),
        ]
    page = f"/letters/{letter.slug}/"
    shown = Client().get(f"/ar{page}").content.decode()
    assert f'<link rel="canonical" href="{site}{page}">' in shown
    assert f'<meta property="og:url" content="{site}{page}">' in shown


def test_without_words_in_a_language_the_page_is_in_ours(monkeypatch):
    monkeypatch.setattr(languages, "_has_words", lambda language: language == "en")
    assert shown_in("/ar/") == ("en", "en", "ltr")
    assert shown_in("/", accept_language="ar") == ("en", "en", "ltr")
    assert "<nav" not in Client().get("/ar/").content.decode().partition("<footer")[2]


def test_amendment_has_one_address():
    letter = OpenLetterFactory()
    for number in ("02", "0", "+2", "٢"):
        assert Client().get(f"/letters/{letter.slug}/amended/{number}/").status_code == 404
        assert Client().get(f"/letters/{letter.slug}/revisions/{number}.json").status_code == 404
    assert Client().get(f"/letters/{letter.slug}/revisions/1.json").status_code == 200


def test_address_says_what_it_says():
    for path, language, plain in (
        ("/", "", "/"),
        ("/fr/", "fr", "/"),
        ("/fr", "fr", "/"),
        ("/fr/letters/a/", "fr", "/letters/a/"),
        ("/french/", "", "/french/"),
        ("/letters/fr/", "", "/letters/fr/"),
        ("//fr/", "", "//fr/"),
    ):
        assert (languages.in_path(path), languages.without(path)) == (language, plain)


def test_prefix_counts_in_the_request_alone():
    request = HttpRequest()
    request.path_info = "/letters/x/"
    request.META["HTTP_ACCEPT_LANGUAGE"] = "xx"
    assert languages.asked(request) == "en"
