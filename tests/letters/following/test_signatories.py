"""Who signs, as the team sees it."""

import pytest

from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.letters.desk import team_member, words
from tests.letters.following.pages import url

pytestmark = pytest.mark.django_db


def test_signatories_show_lines_and_states_but_no_contact(client):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, listed=True, contact_name="Canary Contact", contact_email="canary@secret.example")
    SignatoryFactory(letter=letter)
    team_member(client, letter, "viewer")
    shown = words(client.get(url(letter, "signatories")))
    assert shown.count("<bdi>Organization ") == 2
    assert "canary" not in shown.lower()
    assert words(client.get(url(letter, "signatories") + "?state=listed")).count("<bdi>Organization ") == 1


def test_signatories_name_the_withheld_to_those_who_run_the_letter(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, listed=True, visibility="counted")
    team_member(client, letter)
    assert signatory.line.name in words(client.get(url(letter, "signatories")))
    team_member(client, letter, "viewer")
    shown = words(client.get(url(letter, "signatories")))
    assert signatory.line.name not in shown
    assert "Kenya" not in shown
