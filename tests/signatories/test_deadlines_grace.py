"""The day that those have who signed in time and wait: to confirm, to be let through, to come back from their board."""

from datetime import timedelta

import pytest
import time_machine

from letters import services as letters
from signatories import guarding, services
from signatories.models import Signatory
from signatories.services import Outcome
from tests.signatories.around_instants import DAY, FEW, TINY
from tests.signatories.before_a_deadline import WAYS, answer_at, brought_to, sign
from tests.signatories.deadline_stories import HOUR, STORIES, Story, T

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("swept", [False, True])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "name", ["closed by hand", "put off", "brought forward", "closed by hand, opened again", "paused over the deadline"]
)
def test_grace_is_a_day_for_whoever_waits(name, way, swept):
    with time_machine.travel(T, tick=False) as clock:
        story = Story(clock)
        clock.move_to(T + HOUR, tick=False)
        waiting = [(off, brought_to(way, story.letter, str(off))) for off in FEW]
        for act in STORIES[name]:
            story.at(*act)
        ends = story.spans[-1][1] + DAY
        if swept:
            clock.move_to(ends - TINY, tick=False)
            letters.close_past_due()
            services.lapse_unconfirmed()  # too early to take anything away
            waiting = [(off, signatory) for off, signatory in waiting if off >= -TINY]
        came = [answer_at(signatory, way, clock, ends + off) for off, signatory in waiting]
        assert came == [Outcome.CONFIRMED if off < timedelta(0) else Outcome.CLOSED for off, _ in waiting]
        letters.close_past_due()
        assert services.lapse_unconfirmed() == len(FEW) - came.count(Outcome.CONFIRMED)


def test_held_ones_are_let_through_until_the_grace_ends():
    with time_machine.travel(T, tick=False) as clock:
        story = Story(clock)
        hasty = guarding.Marks(began="")
        clock.move_to(T + 10 * DAY - TINY, tick=False)
        assert [sign(story.letter, number, hasty) for number in range(2)] == [True, True]
        held = list(story.letter.signatories.held().order_by("name"))
        assert services.let_through() == 0  # it is not over
        came = []
        for signatory, off in zip(held, (-TINY, timedelta(0)), strict=True):
            clock.move_to(T + 11 * DAY + off, tick=False)
            came.append(services.release(Signatory.objects.filter(pk=signatory.pk)))
        assert came == [1, 0]


def test_held_ones_go_at_once_when_it_is_over():
    with time_machine.travel(T, tick=False) as clock:
        story = Story(clock)
        clock.move_to(T + 10 * DAY - TINY, tick=False)
        assert sign(story.letter, 1, guarding.Marks(began=""))
        clock.move_to(T + 10 * DAY, tick=False)
        assert services.let_through() == 1
