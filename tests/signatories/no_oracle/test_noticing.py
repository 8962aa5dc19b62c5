"""The controls: what tells who has signed would be noticed."""

import pytest
from django.test import Client

from signatories import services
from signatories.models import Purpose, Signatory, Token
from signatories.services import lookalikes
from tests.signatories import naive_answers
from tests.signatories.no_oracle.asking import after, checks, renames_itself_from_a_list, signs
from tests.signatories.no_oracle.before import ASKED

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("leak", ["status", "header", "body", "cookie", "location"])
def test_a_naive_form_would_be_noticed(letter, settings, leak):
    settings.ROOT_URLCONF = "tests.signatories.naive_answers"
    naive_answers.leak = leak

    def asks(letter):
        return [Client().post(f"/naive/sign/{letter.slug}/", {"email": ASKED})]

    assert after(letter, "listed", None, asks)[0] != after(letter, None, None, asks)[0]
    assert after(letter, "lapsed", None, asks)[0] == after(letter, None, None, asks)[0]


def test_a_naive_heading_would_be_noticed(letter, monkeypatch):
    """One that says who has answered of all but doubles, as it once did."""
    honest = Signatory.has_answered.fget
    naive = property(lambda one: one.status == Signatory.Status.DUPLICATE or honest(one))
    monkeypatch.setattr(Signatory, "has_answered", naive)
    asks = renames_itself_from_a_list
    assert after(letter, None, "listed, counted", asks)[0] != after(letter, None, None, asks)[0]


def test_a_naive_list_of_likes_would_be_noticed(letter, monkeypatch):
    """One that looks at all rows, and not at what the list shows."""
    everybody = Signatory.objects.filter(letter=letter.pk, visibility="public")
    monkeypatch.setattr(lookalikes, "_roll", lambda letter_id: everybody.all())
    assert after(letter, None, "pending", checks)[0] != after(letter, None, None, checks)[0]


def test_a_second_mail_would_be_noticed(letter):
    def twice(letter):
        answers = signs(letter)
        Token.objects.issue(letter.signatories.get(), Purpose.CONFIRM)
        services.signing._ask_to_confirm(letter.signatories.get(), Token.objects.last())
        return answers

    assert len(after(letter, None, None, twice)[1]) == 2
