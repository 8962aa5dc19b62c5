"""What mail gateways do to a link over plain HTTP. A real browser does the rest: tests/journeys/test_scanners.py."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters import instants
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
    assert "your sign-on is confirmed" in client.post(link, {"choice": "confirm"}, follow=True).content.decode()
    assert everything() != before


@pytest.mark.parametrize(("name", "scan"), [("by_get", "head"), ("by_get", "get"), ("by_button", "post")])
def test_scanning_a_naive_page_confirms(client, settings, name, scan):
    """The control: the same scanners on the links that most sites send."""
    settings.ROOT_URLCONF = "tests.signatories.naive_confirmation"
    signatory = SignatoryFactory()
    SCANS[scan](client, reverse(name, args=[confirmation_token(signatory)]))
    signatory.refresh_from_db()
    assert signatory.status == "confirmed"


def test_answer_needs_no_cookie(link):
    """The link is the secret that nobody else can make a browser send."""
    client = Client(enforce_csrf_checks=True)
    assert client.post(link, {"choice": "confirm"}).status_code == 302
    assert Signatory.objects.get().status == "confirmed"
    assert not client.cookies


def test_link_is_kept_by_no_cache_and_no_index(client, link):
    answer = client.get(link)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize(
    ("ago", "said"), [(timedelta(days=-1), "Sign-on closes"), (timedelta(hours=1), "Sign-on closed")]
)
def test_page_says_that_the_time_to_confirm_is_longer_than_that_to_sign(client, ago, said):
    signatory = SignatoryFactory()
    Letter.objects.filter(pk=signatory.letter_id).update(closes_at=timezone.now() - ago)
    letter = Letter.objects.get(pk=signatory.letter_id)
    shown = client.get(reverse("signatories:confirm", args=[confirmation_token(signatory)])).content.decode()
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", shown))
    closing, until = (instants.in_words(at, "UTC") for at in (letter.closes_at, letter.confirmable_until))
    assert f"{said} {closing}. What was sent before that may still be confirmed until {until}." in words


def test_form_that_comes_too_late_says_who_may_still_confirm(client):
    signatory = SignatoryFactory()
    letters = Letter.objects.filter(pk=signatory.letter_id)
    letters.update(opens_at=timezone.now() - timedelta(days=3))
    for ago, may in ((timedelta(hours=1), True), (timedelta(hours=25), False)):
        letters.update(closes_at=timezone.now() - ago)
        shown = client.get(reverse("signatories:sign", args=[letters.get().slug])).content.decode()
        assert ("may still be confirmed until" in shown) is may
