"""Who confirms a sign-on while the letter is amended confirms the text that was seen, and no other."""

import pytest
from django.urls import reverse

from letters import services as letters
from letters.models import Letter
from signatories import services
from signatories.models import Purpose, Token
from signatories.services import Outcome
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.letters.test_amending import amended
from tests.signatories.own_page import fresh

pytestmark = pytest.mark.django_db


def test_confirm_refuses_a_text_that_has_changed_in_substance_since_it_was_seen():
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter)
    token = Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory))
    amended(letter)
    assert services.confirm(token, seen=1) is Outcome.CHANGED
    assert services.confirm(token) is Outcome.CHANGED  # a form without a number shows what stood when it was sent
    assert fresh(signatory).status == "pending"
    assert services.confirm(token, seen=2) is Outcome.CONFIRMED
    assert fresh(signatory).agreed_revision.number == 2


def test_confirm_page_shows_what_was_amended_and_asks_again(client):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter)
    url = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    assert 'name="revision" value="1"' in client.get(url).content.decode()
    amended(letter)
    page = client.post(url, {"choice": "confirm", "revision": "1"}).content.decode()
    assert "The letter was amended after you filled in the form." in page
    assert fresh(signatory).status == "pending"
    client.post(url, {"choice": "confirm", "revision": "2"})
    assert fresh(signatory).status == "confirmed"


def test_confirm_binds_to_no_revision_that_was_never_in_force():
    draft = LetterFactory()
    letters.keep(draft, by=UserFactory())
    letters.open_for_signing(draft, by=UserFactory())
    signatory = SignatoryFactory(letter=Letter.objects.get(pk=draft.pk))
    token = Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory))
    assert services.confirm(token, seen=1) is Outcome.CHANGED
    assert services.confirm(token, seen=2) is Outcome.CONFIRMED
