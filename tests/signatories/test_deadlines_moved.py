"""Deadlines hold whatever the team does: closed by hand, put off, opened again."""

import pytest
import time_machine

from campaigns.lifecycle import ForbiddenMove
from letters import services as letters
from letters.models import Letter
from tests.signatories.around_instants import AROUND, DAY, TINY
from tests.signatories.deadline_stories import HOUR, STORIES, Story, T

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("swept", ["never", "at once"])
@pytest.mark.parametrize("name", STORIES)
def test_deadline_holds_whatever_the_team_does(name, swept):
    wrong, asked = [], 0
    with time_machine.travel(T, tick=False) as clock:
        story = Story(clock)
        for act in STORIES[name]:
            story.at(*act)
        last = T + STORIES[name][-1][0]
        moments = {instant + off for span in story.spans[-1:] for instant in span for off in AROUND}
        moments |= {instant + DAY + off for instant in story.spans[-1] for off in AROUND}
        moments |= {last + off for off in AROUND}
        for now in sorted(moment for moment in moments if moment >= last):
            clock.move_to(now, tick=False)
            if swept == "at once":
                letters.close_past_due()
            letter = Letter.objects.get(pk=story.letter.pk)
            got = (letter.accepts_signatures, letter.accepts_confirmations)
            asked += 2
            if got != (story.is_in(now), story.is_in(now, grace=DAY)):
                wrong.append((now, got))
    assert (wrong, asked >= 20) == ([], True)


def test_letter_closed_before_it_opened_opens_at_once_when_it_is_opened_again():
    with time_machine.travel(T, tick=False) as clock:
        story = Story(clock)
        Letter.objects.update(opens_at=T + 5 * DAY)
        story.at(HOUR, "close")
        story.at(2 * HOUR, "reopen", 8 * DAY)
        assert Letter.objects.get().accepts_signatures


def test_timetable_cannot_be_changed_once_the_instant_has_come():
    """Noted by the clock or not: no later time by which a deadline was never missed."""
    with time_machine.travel(T, tick=False) as clock:
        story = Story(clock)
        story.at(10 * DAY - TINY, "put_off", 10 * DAY + TINY)
        clock.move_to(T + 10 * DAY + TINY, tick=False)
        with pytest.raises(ForbiddenMove):
            story.put_off(T, 12 * DAY)
