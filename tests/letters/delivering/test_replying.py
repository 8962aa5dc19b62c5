"""Replies: entered for the team, shown to everybody by choice, taken back."""

from datetime import date

import pytest
from django.db import connection

from campaigns.models import JournalEntry
from letters import services
from letters.models import Reply
from tests.factories import OpenLetterFactory
from tests.letters.delivering import parcels

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 5)
PDF = ("reply.pdf", b"%PDF-canary")


@pytest.fixture
def reply(letter, coordinator):
    return services.enter_reply(letter, services.Received("The canary", TODAY, "Canary words", PDF), by=coordinator)


def test_reply_is_kept_and_not_public(reply, letter):
    assert (reply.number, reply.is_public, reply.letter) == (1, False, letter)
    assert services.decoded(Reply.objects.get().file) == PDF[1]
    assert not Reply.objects.public().exists()


def test_reply_is_stored_unreadably(reply):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letters_reply")
        stored = repr(cursor.fetchall())
    assert "anary" not in stored
    assert reply.sha256 in stored  # the control


def test_replies_are_numbered_by_letter(reply, letter, coordinator):
    other = OpenLetterFactory()
    received = services.Received("Somebody", TODAY, "Yes")
    numbers = [services.enter_reply(one, received, by=coordinator).number for one in (letter, other)]
    assert numbers == [2, 1]


def test_reply_belongs_to_a_delivery_of_its_letter(prepared, coordinator):
    received = services.Received("Somebody", TODAY, "Yes")
    with pytest.raises(services.NotTheLetters):
        services.enter_reply(OpenLetterFactory(), received, by=coordinator, delivery=prepared)
    reply = services.enter_reply(prepared.edition.letter, received, by=coordinator, delivery=prepared)
    assert reply.delivery == prepared


def test_reply_is_published_and_taken_back_with_a_line_each(reply, coordinator):
    assert [services.publish_reply(reply, by=coordinator) for _ in range(2)] == [True, False]
    assert Reply.objects.public().exists()
    assert [services.hide_reply(reply, by=coordinator) for _ in range(2)] == [True, False]
    assert not Reply.objects.public().exists()
    verbs = JournalEntry.objects.about(reply).values_list("verb", "actor_id")
    assert list(verbs) == [(f"reply {verb}", coordinator.pk) for verb in ("entered", "published", "hidden")]
    assert "anary" not in str(list(JournalEntry.objects.values_list("data", flat=True)))


def test_reply_is_mended_and_keeps_its_file(reply, coordinator):
    services.change_reply(reply, services.Received("Another", TODAY, "Words"), by=coordinator)
    mended = Reply.objects.get()
    assert (mended.by_whom, mended.words, services.decoded(mended.file)) == ("Another", "Words", PDF[1])
    services.change_reply(mended, services.Received("Another", TODAY, "", ("b.pdf", b"%PDF-2")), by=coordinator)
    mended = Reply.objects.get()
    assert services.decoded(mended.file) == b"%PDF-2"
    assert mended.sha256 != reply.sha256


def test_reply_without_words_and_file_is_not_published(reply, coordinator):
    Reply.objects.update(words="", file="")
    with pytest.raises(services.NothingToShow):
        services.publish_reply(reply, by=coordinator)


def test_delivery_says_whose_it_is(prepared):
    assert parcels.fresh(prepared).recipient_signed["email"] == parcels.SIGNED
