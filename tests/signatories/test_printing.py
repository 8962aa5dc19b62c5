"""The line as it is printed stands in the letter's language, whatever language its signatory reads."""

import re

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from campaigns import outbox
from signatories import services
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.signatories.own_page import corrected, mine

pytestmark = pytest.mark.django_db
LINE = Line("River Watch", "RW", "CH", second_name="حراس النهر")
SECOND = '<span class="muted"><bdi>حراس النهر</bdi></span>'
WORDS = f"<bdi>River Watch (RW)</bdi> {SECOND}، سويسرا"
IN_ARABIC = f'<span lang="ar" dir="rtl">{WORDS}</span>'
IN_A_BOX = f'<p class="printed-line" lang="ar" dir="rtl">{WORDS}</p>'  # which begins where the line does


@pytest.fixture
def letter():
    return OpenLetterFactory(text={"language": "ar", "title": "من أجل الجسر"})


def shown(path, data=None):
    answer = Client().post(path, data) if data else Client().get(path, headers={"accept-language": "fr"})
    return re.sub(r"\s+", " ", answer.content.decode())


def test_check_page_shows_the_line_as_it_is_printed(letter):
    answers = {"name": LINE.name, "acronym": LINE.acronym, "country": LINE.country, "second_name": LINE.second_name}
    answers |= {"scope": "national", "contact_name": "Ana", "contact_role": "Director", "attested": "on"}
    answers |= {"contact_email": "ana@riverwatch.example", "visibility": "public"}
    page = shown(f"/fr/letters/{letter.slug}/sign/", answers)
    assert IN_A_BOX in page
    assert "<dd><bdi>Suisse</bdi></dd>" in page  # what she has answered stays in her language


@pytest.mark.parametrize("page", ["mine", "correct", "visibility", "withdraw"])
def test_own_pages_show_the_line_as_it_is_printed(letter, page):
    signatory = SignatoryFactory(letter=letter, listed=True, line=LINE, language="fr")
    said = shown(mine(signatory, page))
    assert IN_A_BOX in said
    assert '<html lang="fr"' in said


def test_confirm_page_shows_the_line_as_it_is_printed(letter):
    signatory = SignatoryFactory(letter=letter, line=LINE, language="fr")
    assert IN_A_BOX in shown(reverse("signatories:confirm", args=[confirmation_token(signatory)]))


def test_box_of_an_english_letter_begins_at_the_left_on_an_arabic_page():
    line = Line("جمعية أصدقاء النهر", "", "LB")
    signatory = SignatoryFactory(letter=OpenLetterFactory(), listed=True, line=line, language="ar")
    said = shown(mine(signatory))
    assert '<html lang="ar" dir="rtl"' in said
    assert f'<p class="printed-line" lang="en" dir="ltr"><bdi>{line.name}</bdi>, Lebanon</p>' in said


def test_line_that_is_asked_for_is_shown_as_it_would_be_printed(letter):
    signatory = SignatoryFactory(letter=letter, listed=True, line=LINE, language="fr")
    corrected(signatory, name="River Keepers")
    assert IN_ARABIC.replace("Watch", "Keepers") in shown(mine(signatory))


def test_vetters_see_the_line_as_it_is_printed(letter, client, settings):
    settings.DEBUG = True  # lets demonstration logins in without a second step
    client.force_login(UserFactory(is_staff=True, is_superuser=True, is_demonstration=True))
    signatory = SignatoryFactory(letter=letter, confirmed=True, line=LINE)
    page = client.get(reverse("admin:signatories_signatory_change", args=[signatory.pk])).content.decode()
    assert f'<p class="printed-line">{IN_ARABIC}</p>' in page


def test_affiliation_stands_as_it_is_printed():
    letter = OpenLetterFactory(text={"language": "fr", "title": "Pour le pont"}, open_to="both")
    line = Line("Aline Kabila", "", "CD", affiliation="Nurse, General Hospital")
    said = shown(mine(SignatoryFactory(letter=letter, listed=True, kind="individual", line=line)))
    person = "<bdi>Aline Kabila</bdi>, <small><bdi>Nurse, General Hospital</bdi>*"
    assert f'<p class="printed-line" lang="fr" dir="ltr">{person}' in said
    assert "République démocratique du Congo<br>" in said


def test_mails_name_the_country_as_the_roll_does(letter):
    signatory = SignatoryFactory(letter=letter, confirmed=True, line=LINE, language="fr")
    services.approve(type(signatory).objects.all(), by=UserFactory())
    outbox.send_due()
    (mail,) = django_mail.outbox
    html = next(content for content, _ in mail.alternatives)
    assert ("سويسرا" in mail.body.splitlines(), "Suisse" in mail.body) == (True, False)
    assert "<b><bdi>River Watch (RW)</bdi></b>" in html
    assert '<bdi lang="ar" dir="rtl">سويسرا</bdi>' in html


def test_who_has_to_agree_again_is_not_told_that_it_is_printed():
    signatory = SignatoryFactory(listed=True)
    assert "Printed like this" in shown(mine(signatory))
    type(signatory.letter).objects.filter(pk=signatory.letter_id).update(substance=2)
    assert "Printed like this" not in shown(mine(signatory))
