"""From where the form may be sent, and what is kept of it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories.models import SecondContact, Token
from tests.factories import LetterFactory, MembershipFactory, OpenLetterFactory
from tests.signatories.test_forms import ORGANIZATION
from tests.signatories.views_form.pages import page, shown_line
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LONGEST = {
    "latin": "W" * 200,
    "arabic": "جمعية أصدقاء النهر " * 10,
    "han": "海" * 200,
    "overrides": "\u202eReversed\u202c \u2067name\u2069",
    "markup": "<script>alert(1)</script>\"'>&amp;{{ 7 }}{% x %}",
    "zeros": "Z\u0300\u0301\u0302\u0303algo\x00\x1b[31m",
}


def test_form_needs_no_cookie_and_no_token():
    letter = OpenLetterFactory()
    stranger = Client(enforce_csrf_checks=True)
    form = stranger.get(reverse("signatories:sign", args=[letter.slug]))
    assert (dict(form.cookies), "csrfmiddlewaretoken" in form.content.decode()) == ({}, False)
    assert page(stranger, letter).context["line"].name == "Observatoire des rivières"
    sent = page(stranger, letter, send="1")
    assert (sent.status_code, dict(sent.cookies)) == (302, {})


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Origin": "http://testserver"}, True),
        ({}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "null"}, True),  # a browser that hides where it comes from
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False),  # a frame in a sandbox
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
    ],
)
def test_what_another_site_sends_is_shown_to_a_person_first(client, headers, is_taken):
    letter = OpenLetterFactory()
    answer = page(client, letter, headers=headers, send="1")
    assert (answer.status_code == 302, letter.signatories.count() == 1) == (is_taken, is_taken)
    if not is_taken:
        assert "Check your answers" in answer.content.decode()


def test_the_form_of_a_draft_is_for_its_team_and_keeps_its_token(client):
    letter = LetterFactory()
    member = MembershipFactory(campaign=letter.campaign).user
    address = reverse("signatories:try_out", args=[letter.slug])
    guarded = Client(enforce_csrf_checks=True)
    sign_in(guarded, member)
    assert guarded.post(address, ORGANIZATION | {"send": "1"}).status_code == 403
    sign_in(client, member)
    assert client.post(address, ORGANIZATION | {"send": "1"}).status_code == 302
    assert letter.signatories.get().trial is not None
    assert "Who signs?" not in client.get(address).content.decode()


def test_sending_twice_is_one_sign_on_one_mail_and_the_same_answer(client):
    letter = OpenLetterFactory()
    first, again = page(client, letter, send="1"), page(client, letter, send="1")
    assert (first.status_code, first.url) == (again.status_code, again.url)
    assert (letter.signatories.count(), Mail.objects.count(), Token.objects.count()) == (1, 1, 1)
    assert JournalEntry.objects.filter(verb="signed").count() == 1


def test_a_pause_keeps_what_was_entered(client):
    letter = OpenLetterFactory()
    Letter.objects.filter(pk=letter.pk).update(is_paused=True)
    paused = page(client, letter, send="1").content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', paused))
    assert (kept, "Try again" in paused) == (ORGANIZATION | {"began": kept["began"]}, True)
    Letter.objects.filter(pk=letter.pk).update(is_paused=False)
    again = client.post(reverse("signatories:sign", args=[letter.slug]), kept)
    assert shown_line(again).startswith("Observatoire des rivières")
    letter.move_to("closed", closed_at=timezone.now())
    assert "Try again" not in page(client, letter, send="1").content.decode()


@pytest.mark.parametrize("words", LONGEST.values(), ids=LONGEST)
def test_whatever_is_typed_is_answered_and_shown_as_words(client, words):
    letter = OpenLetterFactory()
    fields = [*ORGANIZATION, "acronym", "second_name", "reading", "website", "second_email"]
    typed = [({name: words}, button) for name in fields for button in ("continue", "send")]
    typed += [(dict.fromkeys(fields, words), button) for button in ("continue", "send", "change", "switch", "correct")]
    for answers, button in typed:
        answer = page(client, letter, **answers, **{button: "1"})
        assert answer.status_code in {200, 302}
        assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize("words", ["latin", "arabic", "han"])
def test_long_names_in_any_script_come_through_whole(client, words):
    letter = OpenLetterFactory()
    page(client, letter, name=LONGEST[words], send="1")
    assert letter.signatories.get().name == LONGEST[words].strip()


def test_organizations_attestation_is_kept_with_its_words(client):
    letter = OpenLetterFactory()
    page(client, letter, send="1")
    signatory = letter.signatories.get()
    assert (signatory.attestation, signatory.attested_words) == (
        "2026-12",
        "I am authorized to sign for this organization.",
    )


def test_second_contact_is_kept_sealed_and_follows_the_newest_form(client):
    letter = OpenLetterFactory()
    given = {"website": "www.rivieres.org", "second_email": "board@rivieres.org", "send": "1"}
    page(client, letter, **given)
    page(client, letter, **given)
    second = SecondContact.objects.get(signatory__letter=letter)
    assert (second.email, second.asked_at, Mail.objects.count()) == ("board@rivieres.org", None, 1)
    page(client, letter, **given | {"second_email": "chair@rivieres.org"})
    assert SecondContact.objects.get().email == "chair@rivieres.org"
    page(client, letter, send="1")
    assert SecondContact.objects.count() == 0
