"""Two at once: releasing, coming out, calling back."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry
from letters.models import Publication
from letters.services import publications
from letters.services.publications import InstantPassed
from tests.factories import UserFactory
from tests.letters.publishing.published import frozen, prepared, published, release, soon

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5
JUST = timedelta(milliseconds=5)


def at_once(*acts):
    """What each came to, in their order: what it returned or raised."""
    came, ready = [None] * len(acts), threading.Barrier(len(acts))

    def work(place, act):
        try:
            ready.wait(timeout=10)
            came[place] = act()
        except Exception as error:
            came[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def moves(publication):
    said = JournalEntry.objects.about(publication).filter(verb="moved")
    return [data["now"] for data in said.values_list("data", flat=True)]


def test_of_two_who_release_one_does():
    for _ in range(ROUNDS):
        publication = prepared()
        came = at_once(lambda: release(publication), lambda: release(publication))  # noqa: B023 - done in this round
        assert sorted(isinstance(one, ForbiddenMove) for one in came) == [False, True]
        assert moves(publication) == ["scheduled", "public"]


def test_several_workers_publish_once():
    earlier = published()
    publication = release(prepared(earlier.letter, edition=frozen(earlier.letter), comes_at=soon()))
    with time_machine.travel(soon(hours=3), tick=False):
        assert sorted(at_once(*[publications.publish_due] * 4)) == [0, 0, 0, 1]
    assert (moves(publication), moves(earlier)[-1]) == (["scheduled", "public"], "replaced")


def test_at_its_instant_it_comes_out_or_was_called_back():
    """Whoever calls back has either been in time, and it stays in, or is told that it was too late."""
    for _ in range(ROUNDS):
        publication = release(prepared(comes_at=soon(seconds=1)))
        ran, call = at_once(publish_until_due(publication), call_back(publication))
        publication.refresh_from_db()
        assert not isinstance(ran, Exception)
        if isinstance(call, InstantPassed):
            assert (publication.status, moves(publication)) == ("public", ["scheduled", "public"])
        else:
            assert (call, publication.status) == (None, "prepared")


def publish_until_due(publication):
    """A worker that sweeps without a pause until there is nothing to wait for."""

    def sweep():
        while not publications.publish_due():
            if not Publication.objects.filter(pk=publication.pk, status="scheduled").exists():
                return 0
        return 1

    return sweep


def call_back(publication):
    """In the very moment of it."""

    def call():
        publication.refresh_from_db()
        while publication.comes_at - JUST > timezone.now():
            pass
        return publications.call_back(publication, by=UserFactory())

    return call


def test_taking_back_and_replacing_leave_one_or_none():
    for _ in range(ROUNDS):
        first = published()
        second = prepared(first.letter, edition=frozen(first.letter))
        back = at_once(
            lambda: publications.take_back(first, reason="A slip.", by=UserFactory()),  # noqa: B023
            lambda: release(second),  # noqa: B023
        )[0]
        first.refresh_from_db()
        assert first.status == ("replaced" if isinstance(back, ForbiddenMove) else "removed")
        assert list(first.letter.publications.public()) == [second]
