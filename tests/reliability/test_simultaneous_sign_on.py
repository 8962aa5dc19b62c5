"""Fifty clicks on "Send" at the same instant are one sign-on and one mail."""

import time
from functools import partial

import pytest
from django.db import connection

from campaigns import insertion
from campaigns.models import JournalEntry, Mail
from signatories import services
from signatories.models import Signatory, Submission, Token
from tests.factories import OpenLetterFactory
from tests.reliability import signers

pytestmark = pytest.mark.processes

ROUNDS, AT_ONCE = 20, 50


def test_identical_sign_ons_over_http_are_one(house):
    letter = OpenLetterFactory()
    house.web()
    page = f"/letters/{letter.slug}/sign/"
    for number in range(ROUNDS):
        send = partial(house.request, "POST", page, signers.answers(number))
        told = signers.at_once([send] * AT_ONCE)
        assert {(answer.status, answer.location) for answer in told} == {(302, f"{page}sent/")}
    assert Submission.objects.count() == ROUNDS * AT_ONCE
    assert sum(signers.at_once([partial(services.take_in, ROUNDS * AT_ONCE)] * 4)) == ROUNDS * AT_ONCE
    assert [model.objects.count() for model in (Signatory, Token, Mail)] == [ROUNDS] * 3
    assert JournalEntry.objects.filter(verb="signed").count() == ROUNDS


@pytest.fixture
def no_unique_address(postgres):
    """The table as it would be without the database's own refusal."""
    (constraint,) = (one for one in Signatory._meta.constraints if one.name == "one_sign_on_per_contact_address")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Signatory, constraint)
    yield
    Token.objects.all().delete()
    Signatory.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Signatory, constraint)


def test_insert_or_ignore_lets_one_in(postgres):
    letter = OpenLetterFactory()
    assert signers.at_once([lambda: signers.sign_on(letter, 1)] * AT_ONCE) == [None] * AT_ONCE
    assert Signatory.objects.count() == 1


def test_check_then_insert_lets_many_in(no_unique_address, monkeypatch):
    """The control: the same fifty, without the unique index and with a look before the leap, as is common."""
    letter, insert_or_ignore = OpenLetterFactory(), insertion.insert_or_ignore

    def check_then_insert(row, **options):
        if not isinstance(row, Signatory):
            return insert_or_ignore(row, **options)
        if Signatory.objects.filter(letter=row.letter, contact_hash=row.contact_hash).exists():
            return False
        time.sleep(0.05)
        insertion.insert(row)
        return True

    monkeypatch.setattr(insertion, "insert_or_ignore", check_then_insert)
    assert signers.at_once([lambda: signers.sign_on(letter, 1)] * AT_ONCE) == [None] * AT_ONCE
    print(f"check, then insert: {Signatory.objects.count()} rows in place of 1")
    assert Signatory.objects.count() > 1
