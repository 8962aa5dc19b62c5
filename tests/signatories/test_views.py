import time

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from campaigns.models import Mail
from signatories import emails, guarding
from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, TextFactory, confirmation_token

pytestmark = pytest.mark.django_db

ANSWERS = {
    "name": "Observatoire des rivières",
    "acronym": "ODR",
    "country": "CD",
    "scope": "national",
    "website": "www.rivieres.example",
    "contact_name": "Aline Kabila",
    "contact_role": "Coordinator",
    "contact_email": "aline@rivieres.example",
    "visibility": "public",
    "attested": "on",
}


def sign(client, letter, **changes):
    asked = {**ANSWERS, "began": guarding.stamp(time.time() - 60), **changes}
    answers = {key: value for key, value in asked.items() if value is not None}
    return client.post(reverse("signatories:sign", args=[letter.slug]), answers)


def test_sign_shows_the_line_as_it_will_be_printed_before_it_takes_it(client):
    letter = OpenLetterFactory()
    page = sign(client, letter).content.decode()
    assert "Observatoire des rivières" in page
    assert "aline@rivieres.example" in page
    assert "Congo" in page
    assert Signatory.objects.count() == 0


def test_sign_takes_it_when_sent(client):
    letter = OpenLetterFactory()
    response = sign(client, letter, send="1")
    assert (response.status_code, response.url) == (302, reverse("signatories:sent", args=[letter.slug]))
    assert Signatory.objects.get().line == Line("Observatoire des rivières", "ODR", "CD", "www.rivieres.example")
    assert client.get(response.url).status_code == 200


def test_sign_goes_back_to_the_form_with_everything_kept(client):
    page = sign(client, OpenLetterFactory(), change="1").content.decode()
    assert "There is a problem" not in page
    for value in ("Observatoire des rivières", "ODR", "Aline Kabila", "aline@rivieres.example"):
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "See https://evil.example/offer"),
        ("name", "…"),
        ("name", "x" * 201),
        ("country", "XX"),
        ("website", "not a site"),
        ("contact_email", "nobody"),
        ("scope", None),
        ("attested", None),
    ],
)
def test_sign_says_what_is_wrong_and_keeps_the_rest(client, field, value):
    response = sign(client, OpenLetterFactory(), send="1", **{field: value})
    page = response.content.decode()
    assert list(response.context["form"].errors) == [field]
    assert "There is a problem" in page
    assert "Aline Kabila" in page
    assert Signatory.objects.count() == 0


def test_sign_answers_everybody_alike(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, contact_email="known@rivieres.example", line=Line("Known", "", "KE"))
    known = sign(client, letter, send="1", contact_email="known@rivieres.example", name="Known", country="KE")
    unknown = sign(client, letter, send="1")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Mail.objects.count() == 2


def test_sign_explains_a_closed_letter(client):
    letter = OpenLetterFactory(is_paused=True)
    page = client.get(reverse("signatories:sign", args=[letter.slug]))
    assert (page.status_code, "Sign-on is paused" in page.content.decode()) == (200, True)
    assert "Sign-on is paused" in sign(client, letter, send="1").content.decode()


def test_confirm_page_asks_with_nothing_selected(client):
    signatory = SignatoryFactory()
    page = client.get(reverse("signatories:confirm", args=[confirmation_token(signatory)])).content.decode()
    assert page.count('type="radio"') == 3
    assert "checked" not in page
    assert signatory.line.name in page


def test_confirm_needs_the_choice(client):
    signatory = SignatoryFactory()
    address = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    assert "Choose one of them." in client.post(address).content.decode()
    signatory.refresh_from_db()
    assert signatory.status == "pending"
    assert "your sign-on is confirmed" in client.post(address, {"choice": "confirm"}, follow=True).content.decode()
    signatory.refresh_from_db()
    assert signatory.status == "confirmed"


def test_confirm_refuses_too(client):
    signatory = SignatoryFactory()
    address = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    assert "Nothing was signed" in client.post(address, {"choice": "refuse"}).content.decode()
    signatory.refresh_from_db()
    assert signatory.status == "withdrawn"


def test_confirm_shows_one_page_for_every_string_that_is_no_link(client):
    token = confirmation_token(SignatoryFactory())
    forged = ("B" if token[0] == "A" else "A") + token[1:]
    pages = {client.get(f"/confirm/{wrong}/").content for wrong in (forged, "x", "a" * 43, token + "=")}
    assert len(pages) == 1
    assert client.get("/confirm/x/").status_code == 404


def test_sign_names_each_field_that_is_missing(client):
    said = (
        client.post(reverse("signatories:sign", args=[OpenLetterFactory().slug]), {"send": "1"}).context["form"].errors
    )
    words = [message for messages in said.values() for message in messages]
    assert len(set(words)) == len(words) == 8


def test_confirm_after_an_early_close_says_so_and_invites_nobody(client):
    signatory = SignatoryFactory()
    letter, token = signatory.letter, confirmation_token(signatory)
    letter.move_to("closed", closed_at=timezone.now())
    page = client.post(
        reverse("signatories:confirm", args=[token]), {"choice": "confirm"}, follow=True
    ).content.decode()
    assert "your sign-on is confirmed" in page
    assert "Sign-on closed" in page
    assert "Text to send" not in page


def test_sign_keeps_the_language_the_letter_was_read_in(client):
    letter = OpenLetterFactory(text={"title": "The bridge"})
    TextFactory(letter=letter, language="fr", title="Le pont", is_authentic=False)
    address = f"/letters/{letter.slug}/sign/"
    for asked, language in (("fr", "fr"), ("es", "en"), ("", "en"), ("%00", "en")):
        answers = ANSWERS | {"name": f"Water {asked}", "contact_email": f"water{asked.strip('%')}@water.example"}
        shown = client.post(f"{address}?in={asked}", answers)
        assert (f'action="{address}?in=fr"' in shown.content.decode()) == (asked == "fr")
        assert ("Le pont" in shown.content.decode()) == (asked == "fr")
        answers |= {"send": "1"}
        client.post(f"{address}?in={asked}", answers)
        assert Signatory.objects.get(contact_hash=outbox.address_hash(answers["contact_email"])).language == language


def test_mails_quote_the_title_and_lead_to_the_page_in_that_language():
    letter = OpenLetterFactory(text={"title": "The bridge"})
    TextFactory(letter=letter, language="fr", title="Le pont", is_authentic=False)
    signatory = SignatoryFactory(letter=letter, confirmed=True, language="fr")
    emails.tell(emails.received, signatory)
    written = emails.received(Mail.objects.about(signatory).get())
    assert written.context["title"] == "Le pont"
    assert written.context["letter_url"].endswith(f"/letters/{letter.slug}/in/fr/")


def test_sent_tells_everybody_what_to_do_about_a_refusal_by_mistake(client):
    letter = OpenLetterFactory()
    page = client.get(reverse("signatories:sent", args=[letter.slug])).content.decode()
    assert "If that was a mistake, write to" in page
    assert f"mailto:{letter.campaign.contact_email}" in page
