"""Whoever was written to in a language reads in it what the mail leads to, whatever its browser asks for."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from campaigns import outbox
from config import languages
from signatories import services
from signatories.models import Purpose, Token
from tests.factories import OpenLetterFactory, SignatoryFactory, TextFactory, confirmation_token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def speaks_all(monkeypatch):
    """Whether or not the catalogs are there, each language counts as one we have words in."""
    monkeypatch.setattr(languages, "_has_words", lambda language: True)


def spoken(answer):
    return re.search(r'<html lang="([\w-]+)"', answer.content.decode()).group(1), answer["Content-Language"]


@pytest.mark.parametrize(("wrote", "browser"), [("ar", "en"), ("en", "ar"), ("fr", "")])
def test_page_behind_a_link_speaks_as_the_mail_did(wrote, browser):
    signatory = SignatoryFactory(language=wrote)
    answer = Client().get(f"/confirm/{confirmation_token(signatory)}/", headers={"accept-language": browser})
    assert spoken(answer) == (wrote, wrote)
    assert spoken(Client().get("/", headers={"accept-language": "es"})) == ("es", "es")  # nothing is left behind


def test_prefix_says_more_than_the_mail():
    signatory = SignatoryFactory(language="ar")
    assert spoken(Client().get(f"/fr/confirm/{confirmation_token(signatory)}/")) == ("fr", "fr")


def test_link_that_does_not_work_speaks_as_the_browser_asks():
    """Or it would tell that there has been one."""
    signatory = SignatoryFactory(language="ar")
    token = confirmation_token(signatory)
    Token.objects.filter(signatory=signatory).delete()
    answers = [Client().get(f"/confirm/{one}/", headers={"accept-language": "es"}) for one in (token, "nothing")]
    assert [spoken(answer) for answer in answers] == [("es", "es"), ("es", "es")]


def test_what_the_page_leads_to_keeps_the_language():
    letter = OpenLetterFactory()
    TextFactory(letter=letter, language="ar", is_authentic=False, title="من أجل الجسر")
    signatory = SignatoryFactory(letter=letter, language="ar")
    link = f"/confirm/{confirmation_token(signatory)}/"
    assert f'href="/ar/letters/{letter.slug}/in/ar/"' in Client().get(link).content.decode()
    answer = Client().post(link, {"choice": "confirm", "revision": 1})
    assert re.fullmatch(r"/ar/mine/[\w-]+/", answer["Location"])
    assert reverse("letters:home") == "/"


@pytest.mark.parametrize(
    ("language", "page"), [("ar", "/ar/letters/{slug}/in/ar/"), ("en", "/letters/{slug}/"), ("pt", "/letters/{slug}/")]
)
def test_mail_leads_to_the_letter_in_its_language_and_its_secret_link_names_none(mailoutbox, settings, language, page):
    letter = OpenLetterFactory()
    TextFactory(letter=letter, language="ar", is_authentic=False, title="من أجل الجسر")
    signatory = SignatoryFactory(letter=letter, language=language)
    services.confirm(Token.objects.issue(signatory, Purpose.CONFIRM))
    outbox.send_due()
    lines = [line.rpartition(" ")[2] for line in mailoutbox[-1].body.splitlines()]
    assert settings.SITE_URL + page.format(slug=letter.slug) in lines
    assert [line for line in lines if re.fullmatch(re.escape(settings.SITE_URL) + r"/mine/[\w-]+/", line)] != []


@pytest.mark.parametrize("name", ["sent", "already", "new_link"])
def test_pages_around_the_form_call_the_letter_as_their_reader_does(name):
    letter = OpenLetterFactory()
    TextFactory(letter=letter, language="ar", is_authentic=False, title="من أجل الجسر")
    address = reverse(f"signatories:{name}", args=[letter.slug])
    for prefix, title in (("/ar", "من أجل الجسر"), ("/en", "For the bridge over the Lind")):
        assert f"<bdi>{title}</bdi>" in Client().get(prefix + address).content.decode()
