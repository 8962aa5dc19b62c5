"""What mail gateways do to a link over plain HTTP. A real browser does the rest: tests/journeys/test_scanners.py."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories.models import Signatory, Token
from tests.factories import SignatoryFactory, confirmation_token

pytestmark = pytest.mark.django_db


def everything():
    """Every row that a confirmation could touch."""
    return [list(model.objects.order_by("pk").values()) for model in (Letter, Signatory, Token, Mail, JournalEntry)]


@pytest.fixture
def link():
    return reverse("signatories:confirm", args=[confirmation_token(SignatoryFactory())])


SCANS = {
    "head": lambda client, link: client.head(link),
    "get": lambda client, link: client.get(link),
    "options": lambda client, link: client.options(link),
    "twice": lambda client, link: (client.head(link), client.get(link), client.get(link)),
    "prefetch": lambda client, link: client.get(link, headers={"Purpose": "prefetch", "Sec-Purpose": "prefetch"}),
    "answer in the address": lambda client, link: client.get(link, {"choice": "confirm"}),
    "post": lambda client, link: client.post(link),
    "post of the field names": lambda client, link: client.post(link, {"choice": ""}),
    "post of the buttons": lambda client, link: client.post(link, {"choice": "on", "submit": "1"}),
    "put": lambda client, link: client.put(link, "choice=confirm", "application/x-www-form-urlencoded"),
    "delete": lambda client, link: client.delete(link),
}


@pytest.mark.parametrize("scan", SCANS)
def test_scanning_changes_nothing(client, link, scan):
    before = everything()
    SCANS[scan](client, link)
    assert everything() == before
    assert "your sign-on is confirmed" in client.post(link, {"choice": "confirm"}).content.decode()
    assert everything() != before


@pytest.mark.parametrize(("name", "scan"), [("by_get", "head"), ("by_get", "get"), ("by_button", "post")])
def test_scanning_a_naive_page_confirms(client, settings, name, scan):
    """The control: the same scanners on the links that most sites send."""
    settings.ROOT_URLCONF = "tests.signatories.naive_confirmation"
    signatory = SignatoryFactory()
    SCANS[scan](client, reverse(name, args=[confirmation_token(signatory)]))
    signatory.refresh_from_db()
    assert signatory.status == "confirmed"


def test_answer_without_the_cookie_is_explained_and_changes_nothing(link):
    client, before = Client(enforce_csrf_checks=True), everything()
    answer = client.post(link, {"choice": "confirm"})
    assert (answer.status_code, "This form has expired" in answer.content.decode()) == (403, True)
    assert everything() == before


def test_answer_with_the_cookie_is_taken(link):
    client = Client(enforce_csrf_checks=True)
    field = client.get(link).context["csrf_token"]
    answer = client.post(link, {"choice": "confirm", "csrfmiddlewaretoken": str(field)})
    assert answer.status_code == 200
    assert Signatory.objects.get().status == "confirmed"


def test_link_is_kept_by_no_cache_and_no_index(client, link):
    answer = client.get(link)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
