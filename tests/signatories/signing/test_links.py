"""Which links open, how long, and which a form that is sent again replaces."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from campaigns import outbox
from campaigns.models import Mail
from signatories import services
from signatories.models import Purpose, Token
from signatories.services import Outcome
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.signing.one_organization import link, sign_on

pytestmark = pytest.mark.django_db


def test_sign_on_again_later_sends_the_same_link_again():
    letter = OpenLetterFactory()
    sign_on(letter)
    outbox.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        sign_on(letter)
    assert (Mail.objects.count(), Token.objects.count()) == (2, 1)


def test_links_live_as_long_as_their_letter():
    letter = OpenLetterFactory(closes_at=timezone.now() + timedelta(days=75))
    sign_on(letter)
    with time_machine.travel(timezone.now() + timedelta(days=74)):
        token = Token.objects.found(Purpose.CONFIRM, link(letter.signatories.get()).secret)
        assert services.confirm(token) == Outcome.CONFIRMED


def test_found_knows_only_its_own_purpose_and_time():
    signatory = SignatoryFactory()
    token = Token.objects.issue(signatory, Purpose.CONFIRM)
    assert Token.objects.found(Purpose.CONFIRM, token.secret) == token
    assert Token.objects.found("mine", token.secret) is None
    assert Token.objects.found(Purpose.CONFIRM, token.secret[::-1]) is None
    assert Token.objects.found(Purpose.CONFIRM, token.digest) is None
    with time_machine.travel(token.expires_at):
        assert Token.objects.found(Purpose.CONFIRM, token.secret) is None


def test_found_opens_none_that_was_replaced():
    signatory = SignatoryFactory()
    for purpose in Purpose.values:
        token = Token.objects.issue(signatory, purpose)
        assert Token.objects.found(purpose, token.secret) == token
        signatory.tokens.filter(pk=token.pk).update(replaced_at=timezone.now())
        assert Token.objects.found(purpose, token.secret) is None


def test_another_form_replaces_the_link_to_confirm_alone():
    letter = OpenLetterFactory()
    sign_on(letter)
    outbox.send_due()
    signatory = letter.signatories.get()
    old = link(signatory)
    lasting = [Token.objects.mine(signatory), Token.objects.unsubscribing(signatory)]
    sign_on(letter, name="River Watchers")
    assert letter.signatories.get().name == "River Watchers"
    assert Token.objects.found(Purpose.CONFIRM, old.secret) is None
    assert [Token.objects.found(one.purpose, one.secret) for one in lasting] == lasting
    assert [Token.objects.mine(signatory), Token.objects.unsubscribing(signatory)] == lasting


def test_sign_on_again_sends_no_link_but_one_to_confirm():
    letter = OpenLetterFactory()
    sign_on(letter)
    outbox.send_due()
    signatory = letter.signatories.get()
    Token.objects.mine(signatory)
    signatory.tokens.filter(purpose=Purpose.CONFIRM).update(expires_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        sign_on(letter)
        purposes = signatory.tokens.filter(expires_at__gt=timezone.now()).values_list("purpose", flat=True)
        assert sorted(purposes) == ["confirm", "mine"]
