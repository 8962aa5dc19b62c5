"""A deadline is an instant: whoever is a microsecond early has signed, whoever is on it has not, on all clocks.

What a coordinator enters on the clocks of some place is followed through to what the letter accepts, and compared with
tests/signatories/wall_clocks.py, which knows no library that the site uses.
"""

from datetime import datetime, timedelta

import pytest
import time_machine

from letters.forms import ReopenForm, TimetableForm
from letters.models import Letter
from tests.factories import LetterFactory
from tests.signatories.around_instants import ALL, AROUND, DAY, NAMES, TINY, aware
from tests.signatories.wall_clocks import changes, instants_of, walls_around

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# --- What is entered, and what becomes of it ---


class Entry:
    """The timetable form of one draft, filled in again and again."""

    def __init__(self, letter):
        self.letter = letter

    def __call__(self, zone, field, wall, fold=None):
        """The instant that comes of a time on clocks there, or "never" or "which?"."""
        other = {"opens_at": "closes_at", "closes_at": "opens_at"}[field]
        beside = wall + (10 * DAY if other == "closes_at" else -10 * DAY)
        answers = {"zone": zone, "slug": self.letter.slug, field: f"{wall:%Y-%m-%dT%H:%M}"}
        answers[other] = f"{beside:%Y-%m-%dT12:00}"
        if fold is not None:
            answers[f"{field}_fold"] = str(fold)
        form = TimetableForm(answers, letter=self.letter)
        if form.is_valid():
            return form.cleaned_data[field]
        if f"{field}_fold" in form.errors:
            return "which?"
        return "never" if "jump over" in str(form.errors.get(field)) else str(form.errors)


def accepts_signatures(letter, now, clock):
    clock.move_to(now, tick=False)
    return letter.accepts_signatures


def accepts_confirmations(letter, now, clock):
    clock.move_to(now, tick=False)
    return letter.accepts_confirmations


class Battery:
    """Counts what was asked and what was answered wrong."""

    def __init__(self, entered, signs=accepts_signatures, confirms=accepts_confirmations):
        self.entered, self.signs, self.confirms = entered, signs, confirms
        self.cases, self.wrong = 0, []

    def expect(self, what, got, due):
        self.cases += 1
        if got != due:
            self.wrong.append((*map(str, what), str(got), str(due)))

    def run(self, zone, change, every=1):
        """All walls around one setting of the clocks, as opening and as closing time."""
        with time_machine.travel(aware(change) - 30 * DAY, tick=False) as clock:
            start = aware(change) - 30 * DAY
            for wall in walls_around(zone, change)[::every]:
                for field in ("opens_at", "closes_at"):
                    clock.move_to(start, tick=False)
                    found = self._entered(zone, field, wall)
                    for instant, due in found:
                        if isinstance(instant, datetime):
                            self._probe(zone, field, wall, instant, due, clock)
        return self

    def _entered(self, zone, field, wall):
        """Pairs of what the form made of it and what is due."""
        due = instants_of(zone, wall)
        if len(due) == 1:
            pairs = [(self.entered(zone, field, wall), aware(due[0]))]
        elif due:
            pairs = [(self.entered(zone, field, wall, fold), aware(due[fold])) for fold in (0, 1)]
            self.expect((zone, field, wall, "asks which"), self.entered(zone, field, wall), "which?")
        else:
            self.expect((zone, field, wall, "says never"), self.entered(zone, field, wall), "never")
            pairs = []
        for got, instant in pairs:
            if not isinstance(got, datetime):
                self.expect((zone, field, wall, "takes it"), got, instant)
        return pairs

    def _probe(self, zone, field, wall, instant, due, clock):
        """Ask a letter with what was entered at moments around what is due."""
        times = {"opens_at": instant, "closes_at": instant + 3 * DAY}
        if field == "closes_at":
            times = {"opens_at": instant - 3 * DAY, "closes_at": instant}
        letter = Letter(status=Letter.Status.OPEN, zone=zone, **times)
        for off in AROUND:
            is_in = off >= timedelta(0) if field == "opens_at" else off < timedelta(0)
            self.expect((zone, field, wall, off), self.signs(letter, due + off, clock), is_in)
            if field == "closes_at":
                got = self.confirms(letter, due + DAY + off, clock)
                self.expect((zone, "confirm", wall, off), got, off < timedelta(0))


@pytest.mark.parametrize(("zone", "change"), ALL, ids=NAMES)
def test_deadline_is_the_instant_that_clocks_there_mean(zone, change):
    """At least 2,500 cases each, and 50,000 in all."""
    battery = Battery(Entry(LetterFactory())).run(zone, change)
    assert battery.wrong == []
    assert battery.cases > 2500


@pytest.mark.parametrize(("zone", "change"), ALL, ids=NAMES)
def test_reopening_reads_the_same_clocks(zone, change):
    letter, wrong = Letter(zone=zone), []
    with time_machine.travel(aware(change) - 30 * DAY, tick=False):
        for wall in walls_around(zone, change)[::5]:
            due = instants_of(zone, wall)
            for fold in range(len(due) or 1):
                answers = {"closes_at": f"{wall:%Y-%m-%dT%H:%M}", "closes_at_fold": str(fold), "reason": "More time"}
                form = ReopenForm(answers, letter=letter)
                got = form.is_valid() and form.cleaned_data["closes_at"]
                if got != (aware(due[fold]) if due else False):
                    wrong.append((wall, fold, got))
    assert wrong == []


def test_battery_is_large_enough():
    walls = [(zone, wall) for zone, change in ALL for wall in walls_around(zone, change)]
    times = [len(instants_of(zone, wall)) for zone, wall in walls]
    assert [times.count(number) for number in range(3)] == [208, 975, 158]  # jumped over, ordinary, shown twice
    assert sum(times) * len(AROUND) * 3 > 30_000


# --- The control: wrong rules ---


def zone_ignored(entry):
    return lambda zone, *rest: entry("UTC", *rest)


def fold_ignored(entry):
    return lambda zone, field, wall, fold=None: entry(zone, field, wall, fold and 0)


def to_the_minute(entry):
    """Zones as whole hours."""

    def entered(zone, field, wall, fold=None):
        found = entry(zone, field, wall, fold)
        return found.replace(minute=0) if isinstance(found, datetime) and wall.minute else found

    return entered


def on_time_is_in_time(letter, now, clock):
    return letter.opens_at <= now <= letter.closes_at


def opens_late(letter, now, clock):
    return letter.opens_at < now < letter.closes_at


def to_the_second(letter, now, clock):
    now = (now + timedelta(seconds=0.5)).replace(microsecond=0)
    return letter.opens_at <= now < letter.closes_at


def grace_of(span, including=False):
    def confirms(letter, now, clock):
        until = letter.closes_at + span
        return now <= until if including else now < until

    return confirms


@pytest.mark.parametrize(
    ("entered", "others"),
    [
        (zone_ignored, {}),
        (fold_ignored, {}),
        (to_the_minute, {}),
        (None, {"signs": on_time_is_in_time}),
        (None, {"signs": opens_late}),
        (None, {"signs": to_the_second}),
        (None, {"confirms": grace_of(DAY, including=True)}),
        (None, {"confirms": grace_of(DAY + timedelta(seconds=1))}),
        (None, {"confirms": grace_of(DAY - timedelta(seconds=1))}),
        (None, {"confirms": grace_of(DAY + TINY)}),
        (None, {"confirms": grace_of(DAY - TINY)}),
    ],
)
def test_battery_notices_a_wrong_rule(entered, others):
    entry = Entry(LetterFactory())
    honest = Battery(entry).run("Europe/Brussels", changes("Europe/Brussels")[1], every=20)
    wrong = Battery(entered(entry) if entered else entry, **others)
    wrong.run("Europe/Brussels", changes("Europe/Brussels")[1], every=20)
    assert (honest.wrong, wrong.wrong != []) == ([], True)
