"""Answers at full steps of time, by a clock of the test's own."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from signatories.views import pace
from tests.factories import OpenLetterFactory


class Clock:
    """Time passes where the test says so, and while somebody sleeps."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def clock(monkeypatch, settings):
    settings.ANSWERS_IN_STEPS = True
    monkeypatch.setattr(pace, "time", clock := Clock())
    return clock


def taken(clock, seconds, method="post"):
    @pace.in_steps
    def view(request):
        clock.now += seconds
        return HttpResponse()

    began = clock.now
    view(getattr(RequestFactory(), method)("/"))
    return round(clock.now - began, 6)


@pytest.mark.parametrize(
    ("seconds", "answered"), [(0.001, 0.05), (0.02, 0.05), (0.049, 0.05), (0.051, 0.1), (0.12, 0.15)]
)
def test_answer_comes_at_the_next_full_step(clock, seconds, answered):
    assert taken(clock, seconds) == answered


def test_reading_a_page_waits_for_nothing(clock):
    assert taken(clock, 0.02, "get") == 0.02


def test_steps_can_be_switched_off(clock, settings):
    settings.ANSWERS_IN_STEPS = False
    assert taken(clock, 0.02) == 0.02


@pytest.mark.django_db
def test_form_that_could_tell_who_has_signed_is_paced(client, clock, monkeypatch):
    slept = []
    monkeypatch.setattr(clock, "sleep", slept.append)
    letter = OpenLetterFactory()
    client.post(reverse("signatories:new_link", args=[letter.slug]), {"email": "ama@river.example"})
    assert len(slept) == 1
