"""Lists of one letter while others are at it: one is added after the other, and an address that is deleted stays so."""

import threading

import pytest
from django.db import connection, transaction

from signatories import services
from signatories.models import Import, Signatory
from signatories.services import importing
from signatories.services.importing import turns
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = pytest.mark.processes

LONG = 20  # seconds; only a failing test takes them
SHORT = 0.5


def ready(letter):
    text = "Organization\tCountry\tE-mail\nWells for All\tKenya\toffice@wells.example\n"
    of = importing.take_in(letter, by=UserFactory(), origin="mail", source="A mail", text=text)
    Import.objects.filter(pk=of.pk).update(
        status="adding", agreed_revision=letter.revision, agreed_words="They agreed to this text."
    )
    return of


def beside(act):
    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_lists_of_one_letter_are_added_in_turn(postgres):
    letter = OpenLetterFactory()
    ready(letter)
    with transaction.atomic():
        turns.wait_for(letter.pk)
        thread = beside(importing.add_due)
        thread.join(SHORT)
        assert (thread.is_alive(), letter.signatories.count()) == (True, 0)
    thread.join(LONG)
    assert letter.signatories.count() == 1


def test_erasing_waits_for_a_batch(postgres):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    token = signatory.tokens.model.objects.mine(signatory)
    with transaction.atomic():
        turns.wait_for(letter.pk)
        thread = beside(lambda: services.erase(token, keeps_line=False))
        thread.join(SHORT)
        assert (thread.is_alive(), Signatory.objects.get(pk=signatory.pk).erased_at) == (True, None)
    thread.join(LONG)
    assert Signatory.objects.get(pk=signatory.pk).contact_email == ""
