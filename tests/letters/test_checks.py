"""The public page that says by what vetters decide."""

import pytest
from django.urls import reverse

from campaigns.models import JournalEntry
from letters import services
from letters.models import Letter
from tests.factories import CampaignFactory, LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def page(client, letter, prefix=""):
    answer = client.get(prefix + reverse("letters:checks", args=[letter.slug]))
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def write(letter, words):
    rules = {"open_to": letter.open_to, "may_be_indexed": True, "shares_list": True}
    services.set_rules(letter, criteria=words, by=UserFactory(), **rules)


def test_page_says_it_in_our_words_in_each_language(client):
    letter = OpenLetterFactory()
    assert "Is there such an organization?" in page(client, letter)
    assert "L’organisation existe-t-elle ?" in page(client, letter, "/fr")
    assert "هل هذه المنظمة موجودة؟" in page(client, letter, "/ar")
    assert "Two people look" not in page(client, letter)


def test_page_says_that_some_stand_on_lists(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True)
    SignatoryFactory(letter=letter, listed=True, attestation="team", visibility="counted")  # no sign of it, anywhere
    told = ["the list itself is the proof", "la liste elle-même fait foi", "la propia lista es la prueba"]
    assert [words in page(client, letter, where) for words, where in zip(told, ["", "/fr", "/es"], strict=True)] == [
        False
    ] * 3
    write(letter, "We call each of them.")
    SignatoryFactory(letter=letter, listed=True, attestation="team")
    assert [words in page(client, letter, where) for words, where in zip(told, ["", "/fr", "/es"], strict=True)] == [
        True
    ] * 3
    assert "والقائمة نفسها هي الدليل" in page(client, letter, "/ar")


def test_front_page_says_how_signatures_are_proved(client):
    told = [
        "by mail or by the document it came with",
        "par courriel ou par le document",
        "por correo o por el documento",
    ]
    assert [
        words in client.get(where).content.decode() for words, where in zip(told, ["/", "/fr/", "/es/"], strict=True)
    ] == [True] * 3
    assert "أو بالوثيقة التي ورد فيها" in client.get("/ar/").content.decode()


def test_page_says_it_in_the_teams_words(client):
    letter = OpenLetterFactory()
    write(letter, "Only <b>members</b>.\n\nWe call each of them.")
    words = page(client, letter)
    assert "<p>Only &lt;b&gt;members&lt;/b&gt;.</p>" in words
    assert "Is there such an organization?" not in words
    assert [entry.data["criteria"] for entry in JournalEntry.objects.filter(verb="ruled")] == [True]


def test_page_says_who_looks(client):
    campaign = CampaignFactory(needs_two_vetters=True, lists_known=True)
    words = page(client, OpenLetterFactory(campaign=campaign))
    assert "Two people look at every sign-on before it is listed." in words
    assert "with one exception" not in words
    campaign.needs_two_vetters = False
    campaign.save()
    assert "with one exception" in page(client, OpenLetterFactory(campaign=campaign))


def test_letter_and_form_lead_there(client):
    letter = OpenLetterFactory()
    link = f'href="{reverse("letters:checks", args=[letter.slug])}"'
    for address in (letter.get_absolute_url(), reverse("signatories:sign", args=[letter.slug])):
        assert link in client.get(address).content.decode()


def test_draft_has_no_such_page(client):
    assert page(client, LetterFactory()) == 404


def test_others_words_are_not_overwritten_unseen():
    letter = OpenLetterFactory()
    seen = Letter.objects.get(pk=letter.pk)
    write(letter, "Theirs")
    rules = {"open_to": letter.open_to, "may_be_indexed": True, "shares_list": True}
    with pytest.raises(services.ChangedSince):
        services.set_rules(seen, criteria="Mine", by=UserFactory(), seen=seen, **rules)
