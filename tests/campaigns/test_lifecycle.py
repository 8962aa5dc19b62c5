import pytest
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove, StaleMove
from campaigns.models import JournalEntry
from letters.models import Letter
from tests.factories import LetterFactory, OpenLetterFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_move_to_writes_status_facts_and_journal():
    letter, user, now = OpenLetterFactory(), UserFactory(), timezone.now()
    letter.move_to(Letter.Status.CLOSED, by=user, closed_at=now)
    stored = Letter.objects.get(pk=letter.pk)
    assert (stored.status, stored.closed_at) == (letter.status, letter.closed_at) == ("closed", now)
    (entry,) = JournalEntry.objects.about(letter)
    assert (entry.verb, entry.actor_id, entry.data) == ("moved", user.pk, {"was": "open", "now": "closed"})


@pytest.mark.parametrize("status", [Letter.Status.CLOSED, Letter.Status.ARCHIVED, Letter.Status.DRAFT, "elsewhere"])
def test_move_to_refuses_what_moves_does_not_list(status):
    letter = LetterFactory()
    with pytest.raises(ForbiddenMove, match="draft to"):
        letter.move_to(status)
    assert Letter.objects.get(pk=letter.pk).status == "draft"
    assert not JournalEntry.objects.exists()


def test_move_to_refuses_when_somebody_was_first():
    letter = OpenLetterFactory()
    behind = Letter.objects.get(pk=letter.pk)
    letter.move_to(Letter.Status.CLOSED, closed_at=timezone.now())
    with pytest.raises(StaleMove):
        behind.move_to(Letter.Status.CLOSED, closed_at=timezone.now())
    assert JournalEntry.objects.about(letter).count() == 1
    assert behind.status == "open"
