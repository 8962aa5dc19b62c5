"""Deadlines that a team moves: closed by hand, put off, opened again, paused."""

from datetime import UTC, datetime, timedelta

from letters import services as letters
from tests.factories import OpenLetterFactory, UserFactory
from tests.signatories.around_instants import DAY, TINY

T = datetime(2025, 10, 20, 12, 0, tzinfo=UTC)  # when each story begins; its deadline is ten days later
HOUR = timedelta(hours=1)


class Story:
    """A letter and what its team does with it, through the services; and what is due, kept apart."""

    def __init__(self, clock):
        self.clock, self.by = clock, UserFactory()
        clock.move_to(T, tick=False)
        self.letter = OpenLetterFactory(opens_at=T, closes_at=T + 10 * DAY, zone="Europe/Brussels")
        self.spans = [[T, T + 10 * DAY]]  # in which it can be signed; with the grace, confirmed
        self.pauses = []

    def at(self, after, act, *times):
        self.clock.move_to(T + after, tick=False)
        getattr(self, act)(T + after, *times)

    def close(self, now):
        letters.close(self.letter, by=self.by)
        self.spans[-1][1] = now

    def sweep(self, now):
        letters.close_past_due()

    def put_off(self, now, until):
        letters.set_timetable(
            self.letter, slug=self.letter.slug, by=self.by, closes_at=T + until, zone="Europe/Brussels"
        )
        self.spans[-1][1] = T + until

    def reopen(self, now, until):
        letters.reopen(self.letter, closes_at=T + until, reason="More time", by=self.by)
        self.spans.append([now, T + until])

    def pause(self, now):
        letters.pause(self.letter, by=self.by)
        self.pauses.append([now, None])

    def resume(self, now):
        letters.resume(self.letter, by=self.by)
        self.pauses[-1][1] = now

    def is_in(self, now, grace=timedelta(0)):
        """What is due now. The past is over: the letter says what holds now, so it is asked about the last span."""
        start, end = self.spans[-1]
        paused = not grace and any(since <= now and (until is None or now < until) for since, until in self.pauses)
        return start <= now < end + grace and not paused


STORIES = {
    "closed by hand": [(7 * DAY, "close")],
    "closed by hand at the last moment": [(10 * DAY - TINY, "close")],
    "closed by hand after the deadline, before the clock notes it": [(10 * DAY + HOUR, "sweep")],
    "put off": [(5 * DAY, "put_off", 12 * DAY)],
    "put off at the last moment": [(10 * DAY - TINY, "put_off", 10 * DAY + timedelta(minutes=1))],
    "put off, and back": [(5 * DAY, "put_off", 12 * DAY), (6 * DAY, "put_off", 10 * DAY)],
    "brought forward": [(5 * DAY, "put_off", 6 * DAY)],
    "put off, closed by hand": [(5 * DAY, "put_off", 12 * DAY), (11 * DAY, "close")],
    "closed by hand, opened again": [(7 * DAY, "close"), (7 * DAY + HOUR, "reopen", 11 * DAY)],
    "closed by hand, opened again for less": [(7 * DAY, "close"), (7 * DAY + HOUR, "reopen", 8 * DAY)],
    "closed by the clock, opened again": [(10 * DAY, "sweep"), (10 * DAY + HOUR, "reopen", 12 * DAY)],
    "opened again when nothing could be confirmed": [(10 * DAY, "sweep"), (13 * DAY, "reopen", 15 * DAY)],
    "opened again and closed by hand": [(7 * DAY, "close"), (8 * DAY, "reopen", 12 * DAY), (9 * DAY, "close")],
    "paused over the deadline": [(9 * DAY, "pause")],
    "paused and resumed": [(9 * DAY, "pause"), (10 * DAY - timedelta(seconds=1), "resume")],
}
