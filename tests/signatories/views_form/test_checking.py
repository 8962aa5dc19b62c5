"""The page on which answers are checked: what it shows, offers and asks, and what it tells about others."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Mail
from signatories import emails
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.views_form.pages import page, shown_line

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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
