"""Whoever waits is told how long others had waited that are listed now, and of who waits beside it, nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from signatories import services
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.own_page import mine, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return OpenLetterFactory()


def listed(letter, waited, *, ago=timedelta(), **fields):
    now = timezone.now() - ago
    return SignatoryFactory(letter=letter, listed=True, confirmed_at=now - waited, decided_at=now, **fields)


def waiting(letter):
    return SignatoryFactory(letter=letter, confirmed=True)


@pytest.mark.parametrize(("hours", "said"), [(2, "a day"), (30, "2 days"), (24 * 9, "9 days")])
def test_page_says_how_long_those_had_waited_that_are_listed(client, letter, hours, said):
    listed(letter, timedelta(hours=1))
    listed(letter, timedelta(hours=hours))
    words = shown(client.get(mine(waiting(letter))))
    assert f"Those listed in the last week had waited for {said} at most." in words


def test_nothing_is_said_where_nobody_was_listed_lately(client, letter):
    listed(letter, timedelta(days=3), ago=timedelta(days=8))
    listed(OpenLetterFactory(), timedelta(days=3))
    listed(letter, timedelta(days=3), decided_by=None, decided_by_rule="known")
    assert services.days_waited(waiting(letter)) is None
    assert "had waited" not in shown(client.get(mine(waiting(letter))))


@pytest.mark.parametrize("visibility", ["public", "counted", "recipient"])
def test_who_waits_and_who_signed_in_confidence_change_nothing(letter, visibility):
    listed(letter, timedelta(hours=1))
    SignatoryFactory(letter=letter, confirmed=True, at=timezone.now() - timedelta(days=6), visibility=visibility)
    if visibility != "public":
        listed(letter, timedelta(days=6), visibility=visibility)
    assert services.days_waited(waiting(letter)) == 1


def test_it_costs_one_query(letter):
    for _ in range(5):
        listed(letter, timedelta(days=1))
    one = waiting(letter)
    with CaptureQueriesContext(connection) as captured:
        services.days_waited(one)
    assert len(captured) == 1


def test_who_is_listed_is_told_nothing_of_it(client, letter):
    assert "had waited" not in shown(client.get(mine(listed(letter, timedelta(days=1)))))
