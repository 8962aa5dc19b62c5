"""The pages of signing on: what is shown to check, what is kept, and what they tell about others."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories import emails, guarding, services
from signatories.models import Line, SecondContact, Signatory, Token
from tests.factories import LetterFactory, MembershipFactory, OpenLetterFactory, SignatoryFactory
from tests.signatories.test_forms import INDIVIDUAL, ORGANIZATION
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


def a_minute_ago():
    """The mark of a form that somebody took time to fill in."""
    return guarding.stamp(time.time() - 60)


def page(client, letter, *, kind="organization", headers=None, **answers):
    name = {"organization": "signatories:sign", "individual": "signatories:sign_individual"}[kind]
    given = {"organization": ORGANIZATION, "individual": INDIVIDUAL}[kind] | {"began": a_minute_ago()} | answers
    return client.post(reverse(name, args=[letter.slug]), given, headers=headers or {})


def shown_line(response):
    found = re.search(r'<p class="printed-line"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[1])).strip()


def test_check_shows_the_line_as_it_will_be_printed(client):
    letter = OpenLetterFactory(open_to="both")
    organization = page(client, letter, country="KE", acronym="ODR", second_name="River Observatory", reading="R")
    assert shown_line(organization) == "Observatoire des rivières (ODR) River Observatory, Kenya"
    person = page(client, letter, kind="individual", country="KE", affiliation="Professor, University of Marevia")
    assert shown_line(person) == (
        "Aline Kabila, Professor, University of Marevia*, Kenya* Affiliations are given for identification only."
    )


@pytest.mark.parametrize(
    ("visibility", "heading"),
    [
        ("public", "Your organization will be printed like this"),
        ("recipient", "Your organization will be named in the addressee’s copy only"),
        ("counted", "Your organization will be counted; its name is withheld"),
    ],
)
def test_check_says_where_the_name_will_stand(client, visibility, heading):
    letter = OpenLetterFactory()
    assert heading in page(client, letter, visibility=visibility).content.decode()
    page(client, letter, visibility=visibility, send="1")
    assert (letter.signatories.get().visibility, letter.signatories.get().name != "") == (
        visibility,
        visibility == "public",
    )


@pytest.mark.parametrize("visibility", ["recipient", "counted"])
def test_form_shows_the_very_subject_that_a_withheld_sign_on_gets(client, visibility):
    letter = OpenLetterFactory()
    form = client.get(reverse("signatories:sign", args=[letter.slug])).content.decode()
    check = page(client, letter, visibility=visibility).content.decode()
    page(client, letter, visibility=visibility, send="1")
    subject = emails.confirm(Mail.objects.get()).subject
    assert f"“{subject}”" in form
    assert f"“{subject}”" in check
    assert f"“{subject}”" not in page(client, letter, visibility="public").content.decode()


def test_check_offers_to_change_each_answer_and_the_form_opens_there(client):
    letter = OpenLetterFactory()
    given = {"acronym": "ODR", "website": "www.rivieres.example"}
    check = page(client, letter, **given).content.decode()
    offered = re.findall(r'name="change" value="([a-z_]+)"', check)
    assert offered == [*"name country scope acronym website contact_name contact_role contact_email visibility".split()]
    for name in offered:
        back = page(client, letter, **given, change=name).content.decode()
        assert re.search(rf'name="{name}"[^>]*autofocus', back)
        assert 'value="Observatoire des rivières"' in back
        assert 'class="error-summary"' not in back


def test_check_sends_back_whatever_else_the_page_held(client):
    check = page(client, OpenLetterFactory(), proof="abc", began="17", **{"Odd name": "x"}).content.decode()
    assert '<input type="hidden" name="proof" value="abc">' in check
    assert '<input type="hidden" name="began" value="17">' in check
    assert "Odd name" not in check


def test_check_asks_about_a_slip_in_the_mail_domain_and_repairs_it_on_demand(client):
    letter = OpenLetterFactory()
    asked = page(client, letter, contact_email="aline@gmial.com")
    assert asked.context["meant"] == "aline@gmail.com"
    assert "Did you mean" in asked.content.decode()
    repaired = page(client, letter, contact_email="aline@gmial.com", correct="1")
    assert repaired.context["form"].cleaned_data["contact_email"] == "aline@gmail.com"
    assert "Did you mean" not in repaired.content.decode()
    page(client, letter, contact_email="aline@gmial.com", send="1")  # a question, not a refusal
    assert letter.signatories.get().contact_email == "aline@gmial.com"
    assert "Did you mean" not in page(client, letter).content.decode()


def test_check_asks_whether_it_is_one_already_listed(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, line=Line("Observatoire des rivieres", "", "CD"), listed=True)
    check = page(client, letter)
    assert [line.name for line in check.context["alike"]] == ["Observatoire des rivieres"]
    assert "Is this the same as this one, already listed?" in check.content.decode()
    assert "Send: we are a different organization" in check.content.decode()
    already = client.get(reverse("signatories:already", args=[letter.slug]))
    assert "no need to sign again" in already.content.decode()
    assert page(client, letter, send="1").status_code == 302  # "we are a different organization" goes on


@pytest.mark.parametrize(
    "twin",
    [
        {},
        {"confirmed": True},
        {"listed": True, "visibility": "counted"},
        {"listed": True, "visibility": "recipient"},
        {"listed": True, "status": "declined", "decline_reason": "other"},
        {"status": "withdrawn"},
    ],
    ids=["pending", "confirmed", "counted", "recipient", "declined", "withdrawn"],
)
def test_check_tells_nothing_that_the_public_page_does_not(client, twin):
    """The same page, to the letter, with and without a twin that is not shown in public."""

    def seen(with_twin):
        letter = OpenLetterFactory(closes_at=timezone.now() + timedelta(days=7))
        if with_twin:
            SignatoryFactory(letter=letter, line=Line("Observatoire des rivières", "ODR", "CD"), **twin)
        return page(client, letter, acronym="ODR").content.decode().replace(letter.slug, "")

    with time_machine.travel(timezone.now(), tick=False):
        assert re.sub(r"Campaign \d+", "", seen(True)) == re.sub(r"Campaign \d+", "", seen(False))


def test_check_asks_about_three_at_most(client):
    letter = OpenLetterFactory()
    for country in ("KE", "UG", "TZ", "RW", "BI"):
        SignatoryFactory(letter=letter, line=Line("Observatoire des rivières", "", country), listed=True)
    assert len(page(client, letter).context["alike"]) == 3


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


def test_individual_signs_by_name(client):
    letter = OpenLetterFactory(open_to="both")
    page(client, letter, kind="individual", affiliation="Professor, University of Marevia", send="1")
    signatory = letter.signatories.get()
    assert (signatory.kind, signatory.visibility, signatory.scope) == ("individual", "public", "")
    assert signatory.line == Line("Aline Kabila", country="CD", affiliation="Professor, University of Marevia")
    assert (signatory.attestation, signatory.attested_words) == (
        "2026-12",
        "Print my name: on this site, in the letter and in the lists to download."
        " I sign for myself, in a personal capacity, not for an organization.",
    )


def test_individual_has_no_page_on_a_letter_of_organizations(client):
    letter = OpenLetterFactory()
    form = reverse("signatories:sign", args=[letter.slug])
    assert client.get(reverse("signatories:sign_individual", args=[letter.slug])).url == form
    answer = page(client, letter, kind="individual", send="1")
    shown = answer.content.decode()
    assert "takes sign-ons of organizations alone by now" in shown
    assert f'action="{form}"' in shown
    assert answer.context["form"]["contact_email"].value() == INDIVIDUAL["contact_email"]
    assert (letter.signatories.count(), "Who signs?" in client.get(form).content.decode()) == (0, False)
    with pytest.raises(services.NotAccepting):
        services.sign_on(
            letter,
            kind="individual",
            line=Line("Aline Kabila"),
            visibility="public",
            scope="",
            contact=services.Contact("Aline Kabila", "", "aline@rivieres.example"),
            language="en",
        )


def test_capacity_is_chosen_first_and_can_be_changed_with_what_was_entered(client):
    letter = OpenLetterFactory(open_to="both")
    ours, theirs = (reverse(f"signatories:{name}", args=[letter.slug]) for name in ("sign", "sign_individual"))
    assert f'<a href="{theirs}">' in client.get(ours).content.decode()
    assert f'<a href="{ours}">' in client.get(theirs).content.decode()
    assert f'formaction="{theirs}"' in page(client, letter).content.decode()
    turned = client.post(theirs, ORGANIZATION | {"switch": "1"}).content.decode()
    assert 'value="Aline Kabila"' in turned
    assert 'value="Coordinator, Observatoire des rivières"' in turned
    assert 'class="error-summary"' not in turned


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


def test_an_individual_and_an_organization_of_one_name_are_two(client):
    letter = OpenLetterFactory(open_to="both")
    line = Line("Aline Kabila", country="CD")
    hashes = {
        services.identity_hash(letter.pk, line),
        services.identity_hash(letter.pk, line, "individual"),
        services.identity_hash(letter.pk, Line("Aline Kabila", country="CD", affiliation="Nurse"), "individual"),
    }
    assert len(hashes) == 3
    page(client, letter, kind="individual", send="1")
    assert letter.signatories.get().identity_hash in hashes


def test_the_kind_is_that_of_the_newest_form(client):
    letter = OpenLetterFactory(open_to="both")
    page(client, letter, send="1")
    page(client, letter, kind="individual", send="1")
    signatory = letter.signatories.get()
    assert (signatory.kind, signatory.line.name, signatory.status) == ("individual", "Aline Kabila", "pending")
    assert signatory.attested_words.startswith("Print my name")
    assert Signatory.objects.count() == 1
