import pytest

from campaigns import pausing
from campaigns.models import JournalEntry, SitePause
from tests.factories import OpenLetterFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_pause_stops_every_letter_and_ends():
    letter, by = OpenLetterFactory(), UserFactory()
    assert letter.accepts_signatures
    pausing.start(reason="A flood", by=by)
    assert (letter.accepts_signatures, letter.is_interrupted, letter.accepts_confirmations) == (False, True, True)
    assert pausing.end(by=by) == 1
    assert letter.accepts_signatures
    assert list(JournalEntry.objects.values_list("verb", "actor_id")) == [
        ("paused the site", by.pk),
        ("ended the pause", by.pk),
    ]


def test_two_who_start_start_one():
    one, other = UserFactory(), UserFactory()
    assert pausing.start(reason="A flood", by=one) == pausing.start(reason="The same", by=other)
    assert (SitePause.objects.count(), pausing.end(by=one), pausing.end(by=other)) == (1, 1, 0)


def test_is_paused_asks_once_a_second(django_assert_num_queries, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(pausing.time, "monotonic", lambda: now[0])
    with django_assert_num_queries(1):
        assert [pausing.is_paused() for _ in range(50)] == [False] * 50
    SitePause.objects.create(reason="By another process", started_by=UserFactory())
    assert not pausing.is_paused()
    now[0] += 1.0
    assert pausing.is_paused()
