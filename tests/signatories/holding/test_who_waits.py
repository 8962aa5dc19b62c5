"""Who waits for a mail, who does not, and that nobody can tell from outside."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import outbox
from campaigns.models import JournalEntry, Mail
from signatories import guarding, services
from signatories.models import Signatory, Token
from signatories.services import holding
from tests.factories import LetterFactory, OpenLetterFactory
from tests.signatories.holding.sending import SLOW, HeldBecause, send

pytestmark = pytest.mark.django_db


def test_sign_on_of_a_person_is_not_held(client):
    row, _ = send(client, OpenLetterFactory())
    assert (row.is_held, Mail.objects.count(), Token.objects.count()) == (False, 1, 1)
    assert len(row.source) == 32


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"remarks": "Buy now"}, HeldBecause.TRAP),
        ({"taking": 2.5}, HeldBecause.HASTE),
        ({"began": ""}, HeldBecause.HASTE),
        ({"began": "1234.5678"}, HeldBecause.HASTE),
        ({"remarks": "x", "taking": 0}, HeldBecause.TRAP),
    ],
)
def test_program_is_held_and_cannot_tell(client, more, because):
    letter = OpenLetterFactory()
    person = send(client, letter, 1)[1]
    row, answer = send(client, letter, 2, **more)
    assert (row.held_because, row.is_held, row.status) == (because, True, "pending")
    assert (Mail.objects.count(), Token.objects.count()) == (1, 1)
    assert (answer.status_code, answer.url, answer.cookies) == (person.status_code, person.url, person.cookies)
    assert client.get(answer.url).content == client.get(person.url).content
    assert JournalEntry.objects.about(row).get().data == {"letter": letter.pk, "held": because}


def test_room_full_of_people_is_not_held_and_what_is_over_waits(client):
    letter = OpenLetterFactory()
    held = [send(client, letter, number)[0].held_because for number in range(8)]
    assert held == [""] * 6 + [HeldBecause.SOURCE] * 2
    assert send(client, letter, 8, place="192.0.2.2")[0].held_because == ""


def test_one_place_is_counted_over_all_letters_and_all_day(client):
    letters = [OpenLetterFactory() for _ in range(4)]
    held = [send(client, letters[number % 4], number)[0].held_because for number in range(9)]
    assert held == [""] * 8 + [HeldBecause.SOURCE]
    Signatory.objects.update(signed_at=timezone.now() - timedelta(hours=1))
    assert send(client, letters[0], 9)[0].held_because == ""
    assert send(client, letters[0], 10)[0].held_because == HeldBecause.SOURCE


def test_ordinary_sign_on_asks_the_database_nothing_more(client, django_assert_num_queries):
    letter, marks = OpenLetterFactory(), guarding.Marks(began=guarding.stamp(time.time() - SLOW))
    holding.is_rush(letter.pk)  # asked once a second, by whoever comes first
    with django_assert_num_queries(0):
        assert holding.why_held(letter, guarding.Sending(timezone.now(), "a place", marks)) == ""
    with django_assert_num_queries(1):
        assert holding.why_held(letter, guarding.Sending(timezone.now(), "a place", marks)) == ""


def test_page_after_the_form_promises_no_mail_that_is_not_written(client):
    """One page for all, so it has to be true of who is held, too."""
    said = client.get(send(client, OpenLetterFactory(), 1, taking=0)[1].url).content.decode()
    assert Mail.objects.count() == 0
    assert "We write to the address you gave: usually within minutes, in a rush it may take an hour or longer." in said
    assert "We have sent" not in said


def test_who_is_held_and_asks_for_a_link_is_not_told_that_it_sent_nothing(client, mailoutbox):
    letter = OpenLetterFactory()
    row, _ = send(client, letter, 1, taking=0)
    services.send_link(letter, email=row.contact_email, language="en")
    services.send_link(letter, email="nobody@elsewhere.example", language="en")
    outbox.send_due()
    held, stranger = mailoutbox
    assert (held.subject, held.body) == (stranger.subject, stranger.body)
    assert "Have you just sent the form? Then our mail is still to come" in " ".join(held.body.split())


def test_test_sign_on_of_a_draft_is_never_held():
    draft = LetterFactory()
    assert draft.is_draft
    trapped = guarding.Sending(timezone.now(), "", guarding.Marks(trap="x"))
    assert holding.why_held(OpenLetterFactory(), trapped) == HeldBecause.TRAP
