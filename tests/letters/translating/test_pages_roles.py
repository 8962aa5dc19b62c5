"""What each role may do to the languages of a letter, and what they lack."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters import readiness, services
from letters.models import Letter
from letters.services import working
from tests.factories import OpenLetterFactory, TextFactory, UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.translating.page import ARABIC, french, letter_with_french, rewritten, translated, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["translator", "viewer", "stranger"])
def test_only_what_the_role_may_do_is_done(client, role):
    letter = letter_with_french()
    if role == "stranger":
        client.force_login(UserFactory())
    else:
        team_member(client, letter, role)
    writes = role == "translator"
    assert client.get(url(letter)).status_code == (404 if role == "stranger" else 200)
    assert client.get(url(letter, "texts", None)).status_code == (404 if role == "stranger" else 200)
    sent = {"text-title": "Le pont", "version": "", "began": "", "seen": ""}
    assert client.post(url(letter, "autosave_translation"), sent).status_code == (200 if writes else 404)
    assert client.post(url(letter, "texts", None), {"language": "es"}).status_code == (302 if writes else 404)
    assert letter.texts.filter(language="es").exists() == writes
    # the authentic text, recipients, timetable and removing are the coordinators'
    for page, language in (("write", None), ("timetable", None), ("remove_text", "fr"), ("make_authentic", "fr")):
        assert client.post(url(letter, page, language)).status_code == 404
    for page in ("translate", "autosave_translation"):
        assert client.post(url(letter, page, "ar"), sent).status_code == 404
    assert letter.texts.get(is_authentic=True).body == ARABIC
    assert letter.texts.filter(language="fr").exists()


def test_a_viewer_reads_side_by_side_and_finds_no_field(client):
    letter = letter_with_french()
    team_member(client, letter, "viewer")
    assert "text-title" not in fields(client.get(url(letter)))
    assert "نطلب فتح الجسر" in words(client.get(url(letter)))


def test_coordinators_remove_and_swap_after_being_asked(client):
    letter = letter_with_french()
    team_member(client, letter)
    translated(client, letter)
    assert "Make French authentic" in words(client.get(url(letter, "texts", None)))
    assert "What the text in French says will count" in words(client.get(url(letter, "make_authentic")))
    client.post(url(letter, "make_authentic"))
    assert Letter.objects.get(pk=letter.pk).text.language == "fr"
    assert "kept among its revisions" in words(client.get(url(letter, "remove_text", "ar")))
    client.post(url(letter, "remove_text", "ar"))
    assert [text.language for text in letter.texts.all()] == ["fr"]
    assert client.get(url(letter, "remove_text", "ar")).status_code == 404


def test_an_open_letter_says_that_it_changes_by_amendment(client):
    letter = OpenLetterFactory()
    TextFactory(letter=letter, language="fr", title="Le pont", is_authentic=False)
    user = team_member(client, letter)
    assert "changes by an amendment only" in words(client.get(url(letter)))
    services.prepare_amendment(letter, by=user)
    page = fields(client.get(url(letter)))
    client.post(url(letter), page | {"text-title": "Le nouveau pont"})
    assert working.read(letter).text_in("fr")["title"] == "Le nouveau pont"
    assert french(letter).title == "Le pont"
    services.discard_amendment(letter, by=user)
    response = client.post(url(letter), page | {"text-title": "Trop tard"})
    assert response.status_code == 409
    assert fields(response)["text-title"] == "Trop tard"
    Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    assert "The letter is closed" in words(client.get(url(letter)))


def check(letter):
    return next(one for one in readiness.checks(Letter.objects.get(pk=letter.pk)) if one.label == "Translations")


def test_readiness_says_what_the_translations_lack(client):
    letter = letter_with_french()
    assert (check(letter).state, check(letter).words) == ("no", "French: translate title and text, or remove it.")
    team_member(client, letter)
    translated(client, letter)
    assert (check(letter).state, check(letter).words) == ("yes", "French")
    rewritten(letter, "نطلب فتح", "نطلب إعادة فتح")
    assert check(letter).state == "warn"
    assert check(letter).words == "1 paragraph of the text in French is older than the authentic one."
    assert check(letter).url == url(letter, "texts", None)
    services.remove_text(letter, "fr", by=UserFactory())
    assert check(letter).state == "yes"
