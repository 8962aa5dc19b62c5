"""What an amendment asks on the page behind a signatory's link, and what its team sees of the answers."""

import pytest
from django.urls import reverse

from signatories import services
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.letters.desk import team_member
from tests.letters.test_amending import amended
from tests.signatories.amended_links import link, on_the_roll

pytestmark = pytest.mark.django_db

# --- The page behind the link ---


def page_of(signatory):
    return reverse("signatories:amendment", args=[link(signatory).secret])


def test_amendment_page_changes_nothing_on_get_or_without_a_choice(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    url = page_of(signatory)
    for answer in (client.get(url), client.head(url), client.post(url, {"revision": "2"})):
        assert answer.status_code == 200
    assert on_the_roll(letter) == 0
    page = client.get(url).content.decode()
    assert "checked" not in page
    assert "<ins" in page


def test_amendment_page_takes_the_agreement(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    url = page_of(signatory)
    answer = client.post(url, {"choice": "agree", "revision": "2"}, follow=True)
    assert "You are on the letter" in answer.content.decode()
    assert "You are on the letter" in client.get(url, follow=True).content.decode()
    assert on_the_roll(letter) == 1


def test_amendment_page_shows_the_newer_text_to_who_looked_at_an_older_one(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter)
    amended(letter, body="<p>We ask for three bridges.</p>")
    answer = client.post(page_of(signatory), {"choice": "agree", "revision": "2"}, follow=True)
    assert 'value="3"' in answer.content.decode()
    assert on_the_roll(letter) == 0


def test_amendment_page_wants_words_with_an_objection_and_keeps_the_choice(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True)
    amended(letter, "correction", title="For the bridge over the Linde")
    url = page_of(signatory)
    page = client.post(url, {"choice": "object", "words": ""}).content.decode()
    assert "Say in a few words what is wrong with it." in page
    sent = client.post(url, {"choice": "object", "words": "No."}, follow=True)
    assert "Your objection to the correction" in sent.content.decode()


def test_amendment_page_does_not_know_other_links(client):
    signatory = SignatoryFactory()
    for secret in ("x" * 43, confirmation_token(signatory)):
        assert client.get(reverse("signatories:amendment", args=[secret])).status_code == 404


# --- The answers, at the team's desk ---


def test_answers_shows_the_team_who_is_missing_and_who_objects(client):
    letter = OpenLetterFactory()
    missing, objecting = (
        SignatoryFactory(letter=letter, listed=True, line=Line(name)) for name in ("Missing Group", "Objecting Group")
    )
    amended(letter, "correction", title="For the bridge over the Linde")
    services.object_to(link(objecting), words="It is the Lind.")
    amended(letter)
    services.agree(link(objecting), seen=3)
    team_member(client, letter, "viewer")
    page = client.get(reverse("signatories:answers", args=[letter.slug])).content.decode()
    assert page.index("Missing Group") < page.index("It is the Lind.")
    assert "Remind them" not in page
    assert client.post(reverse("signatories:remind", args=[letter.slug])).status_code == 404
    team_member(client, letter)
    assert "Remind them" in client.get(reverse("signatories:answers", args=[letter.slug])).content.decode()
    assert missing.pk in letter.signatories.asked_again().values_list("pk", flat=True)


def test_answers_of_another_team_are_not_there(client):
    letter = OpenLetterFactory()
    amended(letter)
    client.force_login(UserFactory())
    assert client.get(reverse("signatories:answers", args=[letter.slug])).status_code == 404
