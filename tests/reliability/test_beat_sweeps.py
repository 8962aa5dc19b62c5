"""The scheduler makes up for whatever a lost message or a second scheduler did."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from tests.factories import OpenLetterFactory
from tests.reliability import signers

pytestmark = pytest.mark.processes


def test_mail_without_a_nudge_leaves_with_the_next_sweep(house, sink):
    letter = OpenLetterFactory()
    signers.sign_on(letter, 1)  # nobody is told: the nudge of this process is caught by a fixture
    house.worker()
    beat = house.beat()
    house.wait(lambda: sink.arrivals)
    beat.stop()
    signers.sign_on(letter, 2)
    house.beat()
    house.wait(lambda: len(sink.arrivals) == 2)
    assert sorted(sink.addresses()) == [signers.address(1), signers.address(2)]


def test_mail_leaves_by_its_nudge_alone(house, sink):
    """The control: with nobody but the web process to say so, and no sweep."""
    letter = OpenLetterFactory()
    house.web()
    house.worker()
    assert house.request("POST", f"/letters/{letter.slug}/sign/", signers.answers(1)).status == 302
    house.wait(lambda: sink.arrivals)


def test_two_schedulers_and_two_workers_do_everything_once(house, sink):
    workers = [house.worker(), house.worker()]
    house.beat()
    house.beat()
    house.wait(lambda: all("ready." in worker.log.read_text() for worker in workers))
    closing_at, opened_at = timezone.now() - timedelta(minutes=1), timezone.now() - timedelta(days=1)
    with transaction.atomic():  # all is due at the same instant
        letter = OpenLetterFactory()
        for number in range(200):
            signers.sign_on(letter, number)
        due = [OpenLetterFactory(opens_at=opened_at, closes_at=closing_at) for _ in range(10)]
    house.wait(lambda: not Letter.objects.past_closing(closing_at).exists() and not Mail.objects.unsent().exists())
    assert sorted(sink.addresses()) == sorted(signers.address(number) for number in range(200))
    for letter in due:
        moves = [entry.data for entry in JournalEntry.objects.about(letter).filter(verb="moved")]
        assert moves == [{"was": "open", "now": "closed"}]
        assert Letter.objects.get(pk=letter.pk).closed_at == closing_at
