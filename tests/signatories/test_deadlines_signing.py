"""Deadlines entered on the page, kept by the services and the form to the microsecond, with rows in the database."""

import random
import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from letters import services as letters
from signatories import guarding
from signatories.services import Outcome
from tests.factories import LetterFactory, UserFactory
from tests.letters.desk import fields, team_member
from tests.signatories.around_instants import ALL, AROUND, DAY, FEW, NAMES, aware
from tests.signatories.before_a_deadline import WAYS, answer_at, brought_to, sign
from tests.signatories.wall_clocks import instants_of, walls_around

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def opened(client, zone, now, closes_wall, fold=0):
    """A letter with its closing time entered on the page, and opened by the button's service."""
    letter = LetterFactory(closes_at=None, zone=zone)
    team_member(client, letter)
    page = reverse("letters:timetable", args=[letter.slug])
    times = {"zone": zone, "closes_at": f"{closes_wall:%Y-%m-%dT%H:%M}", "closes_at_fold": str(fold)}
    assert client.post(page, fields(client.get(page)) | times).status_code == 302
    letter.refresh_from_db()
    letters.open_for_signing(letter, by=UserFactory())
    letter.refresh_from_db()
    return letter


def some_walls(zone, change):
    """A few of them that exist, with those that exist twice."""
    found = [(wall, fold) for wall in walls_around(zone, change) for fold in range(len(instants_of(zone, wall)))]
    twice = [(wall, fold) for wall, fold in found if len(instants_of(zone, wall)) == 2]
    luck = random.Random(f"{zone} {change}")
    return luck.sample(found, 2) + luck.sample(twice, min(2, len(twice)))


@pytest.mark.parametrize(("zone", "change"), ALL, ids=NAMES)
def test_services_keep_to_the_instant(client, zone, change):
    """Some 20 sign-ons and 40 confirmations each."""
    wrong, asked = [], 0
    with time_machine.travel(aware(change) - 5 * DAY, tick=False) as clock:
        for wall, fold in some_walls(zone, change):
            clock.move_to(aware(change) - 5 * DAY, tick=False)
            letter = opened(client, zone, clock, wall, fold)
            due = aware(instants_of(zone, wall)[fold])
            waiting = [(brought_to(way, letter, f"{way} {off}"), way, off) for off in FEW for way in WAYS[:2]]
            for off in FEW:
                clock.move_to(due + off, tick=False)
                asked += 1
                if sign(letter, f"at {off}") != (off < timedelta(0)):
                    wrong.append(("sign", wall, fold, off))
            for signatory, way, off in sorted(waiting, key=lambda one: one[2]):
                due_outcome = Outcome.CONFIRMED if off < timedelta(0) else Outcome.CLOSED
                asked += 1
                if answer_at(signatory, way, clock, due + DAY + off) != due_outcome:
                    wrong.append(("confirm", way, wall, fold, off))
    assert (wrong, asked >= 42) == ([], True)


def test_form_keeps_to_the_instant_to_the_microsecond(client):
    """By HTTP: what is sent a microsecond before closing counts, what is sent on the instant is told it is over."""
    wall = instants_of("Europe/Brussels", datetime.fromisoformat("2025-10-26T02:30"))
    answers = {"country": "GH", "scope": "local", "visibility": "public", "attested": "on", "send": "1"}
    came = []
    with time_machine.travel(aware(wall[0]) - DAY, tick=False) as clock:
        letter = opened(client, "Europe/Brussels", clock, datetime.fromisoformat("2025-10-26T02:30"), fold=1)
        began = guarding.stamp(time.time())
        page = reverse("signatories:sign", args=[letter.slug])
        for number, off in enumerate(AROUND):
            clock.move_to(aware(wall[1]) + off, tick=False)
            person = {"contact_name": "Ama", "contact_role": "Director", "contact_email": f"ama@r{number}.example"}
            response = client.post(page, {**answers, **person, "name": f"River {number}", "began": began})
            came.append((response.status_code, letter.signatories.filter(name=f"River {number}").exists()))
    assert came == [(302, True) if off < timedelta(0) else (200, False) for off in AROUND]
