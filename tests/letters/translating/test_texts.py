"""The texts of a letter: added, removed, made the authentic one; in drafts and in amendments."""

import pytest

from campaigns.models import JournalEntry
from letters import courtesy, services
from letters.models import Letter
from letters.services import working
from tests.factories import OpenLetterFactory, TextFactory, UserFactory
from tests.letters.translating.french import ENGLISH, complete, letter_with_french, passages, save, states

pytestmark = pytest.mark.django_db


def test_add_text_begins_an_empty_courtesy_text():
    letter = letter_with_french()
    assert letter.texts.get(language="fr").is_authentic is False
    assert states(letter) == ["missing"] * 3
    with pytest.raises(services.LanguageTaken):
        services.add_text(letter, "fr", by=UserFactory())
    with pytest.raises(services.LanguageTaken):
        services.add_text(letter, "en", by=UserFactory())
    assert JournalEntry.objects.filter(verb="added text").count() == 1


def test_remove_text_keeps_the_draft_as_a_revision():
    letter = letter_with_french()
    complete(letter)
    services.remove_text(letter, "fr", by=UserFactory())
    assert not letter.texts.filter(language="fr").exists()
    services.restore(letter.revisions.first(), by=UserFactory())
    assert states(letter) == ["fresh"] * 3


def test_make_authentic_swaps_and_can_be_turned_round():
    letter = letter_with_french()
    with pytest.raises(services.Incomplete):
        services.make_authentic(letter, "fr", by=UserFactory())
    complete(letter)
    services.make_authentic(letter, "fr", by=UserFactory())
    letter = Letter.objects.get(pk=letter.pk)
    assert letter.text.language == "fr"
    assert courtesy.progress(passages(letter, "en")).stale == 0
    services.make_authentic(letter, "en", by=UserFactory())
    assert letter.texts.get(is_authentic=True).body == ENGLISH
    assert states(letter) == ["fresh"] * 3


def test_an_open_letter_is_translated_in_its_amendment_only():
    letter = OpenLetterFactory(text={"body": ENGLISH})
    user = UserFactory()
    for act in (services.add_text, services.remove_text):
        with pytest.raises(services.NotDraft):
            act(letter, "fr", by=user)
    services.prepare_amendment(letter, by=user)
    services.add_text(letter, "fr", by=user)
    save(letter, {"One": "Un pont"})
    assert [text["language"] for text in working.read(letter).texts] == ["en", "fr"]
    assert not letter.texts.filter(language="fr").exists()
    with pytest.raises(services.NotDraft):
        services.make_authentic(letter, "fr", by=user)


def test_url_and_title_are_those_of_the_language_somebody_reads():
    letter = OpenLetterFactory(text={"title": "The bridge"})
    TextFactory(letter=letter, language="fr", title="Le pont", is_authentic=False)
    assert letter.url_for("fr-ca") == f"/letters/{letter.slug}/in/fr/"
    assert letter.url_for("en") == letter.url_for("de") == letter.get_absolute_url()
    assert (letter.title_for("fr"), letter.title_for("de")) == ("Le pont", "The bridge")
