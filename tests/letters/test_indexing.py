"""A letter that is not to be listed says so on everything of it, and is in no list of ours."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from letters.models import Letter
from tests.factories import OpenLetterFactory, SignatoryFactory, confirmation_token
from tests.test_public_pages import PUBLIC, patterns

pytestmark = pytest.mark.django_db


def marked(client, path):
    return client.get(path).get("X-Robots-Tag")


def pages_of(letter):
    """Every public page whose address names the letter and nothing more."""
    found = set()
    for name, _view in patterns(get_resolver()):
        if name in PUBLIC:
            try:
                found.add(reverse(name, kwargs={"slug": letter.slug}))
            except NoReverseMatch:
                continue
    return found


def test_everything_of_a_hidden_letter_asks_not_to_be_listed(client):
    letter = OpenLetterFactory(may_be_indexed=False)
    answers = {path: client.get(path) for path in pages_of(letter)}
    shown = {path: answer for path, answer in answers.items() if answer.status_code == 200}
    assert len(shown) >= 8
    assert {path: answer.get("X-Robots-Tag") for path, answer in shown.items()} == dict.fromkeys(shown, "noindex")


def test_what_tells_how_to_embed_a_hidden_letter_asks_the_same(client):
    letter = OpenLetterFactory(may_be_indexed=False)
    path = f"/oembed?url=http://127.0.0.1:8000{letter.get_absolute_url()}"
    assert marked(client, path) == "noindex"
    Letter.objects.update(may_be_indexed=True)
    assert marked(client, path) is None


def test_hidden_letter_is_in_no_list(client):
    hidden, shown = OpenLetterFactory(may_be_indexed=False), OpenLetterFactory()
    for page in ("feed", "sitemap"):
        words = client.get(reverse(f"letters:{page}")).content.decode()
        assert (hidden.slug in words, shown.slug in words) == (False, True)


def test_other_letters_may_be_listed(client):
    letter = OpenLetterFactory()
    OpenLetterFactory(may_be_indexed=False)
    assert marked(client, letter.get_absolute_url()) is None
    assert marked(client, "/") is None


def test_pages_by_a_secret_link_are_never_listed(client):
    token = confirmation_token(SignatoryFactory())
    assert marked(client, f"/confirm/{token}/") == "noindex"
