"""How old a page from memory may be."""

import threading
import time

import pytest
import time_machine
from django.test import Client

from letters import hot_pages
from signatories import services
from signatories.models import Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.hot_pages.house import House


def test_holds_a_page_for_a_second(clock):
    house = House()
    assert [house.number(), house.number()] == [1, 1]
    clock[0] += hot_pages.REBUILT_AFTER
    assert house.number() == 1
    clock[0] += 0.01
    assert [house.number(), house.number()] == [2, 2]


def test_tells_caches_how_much_of_two_seconds_is_left(clock):
    house = House()
    first = house.get()
    clock[0] += 0.9
    second = house.get()
    assert first["Cache-Control"] == second["Cache-Control"] == "public, max-age=2"
    assert (first["Age"], second["Age"]) == ("0", "1")


def test_a_page_that_takes_long_counts_from_its_beginning(clock):
    """What it shows was read at the beginning."""
    house = House()
    make = house.middleware.get_response

    def slowly(request):
        clock[0] += 5
        return make(request)

    house.middleware.get_response = slowly
    assert [house.number(), house.number()] == [1, 2]


def test_one_makes_the_next_copy_while_others_get_the_old_one_and_later_wait(clock):
    house = House()
    house.get()
    started, go_on = threading.Event(), threading.Event()
    make = house.middleware.get_response

    def slowly(request):
        started.set()
        assert go_on.wait(10)
        return make(request)

    house.middleware.get_response = slowly
    clock[0] += 1.5
    numbers = []
    threads = [threading.Thread(target=lambda: numbers.append(house.number()))]
    threads[0].start()
    assert started.wait(10)
    assert house.number() == 1  # not two seconds old: no reason to wait
    clock[0] += 0.6
    threads += [threading.Thread(target=lambda: numbers.append(house.number())) for _ in range(5)]
    for thread in threads[1:]:
        thread.start()
    time.sleep(0.1)
    assert numbers == []  # too old to be shown, so all wait for the one that is being made
    house.middleware.get_response = make
    go_on.set()
    for thread in threads:
        thread.join()
    assert len(house.made) <= 3
    assert min(numbers) == 2


@pytest.mark.django_db
def test_a_vetters_decision_and_a_closing_are_seen_within_two_seconds(clock):
    letter = OpenLetterFactory()
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    everyone = Signatory.objects.filter(pk=signatory.pk)
    client, vetter = Client(), UserFactory()

    def shows(words):
        return words in client.get(letter.get_absolute_url()).content.decode()

    name = signatory.line.name
    assert not shows(name)
    services.approve(everyone, by=vetter)
    assert not shows(name)  # the control: there is something to wait for
    clock[0] += hot_pages.LONGEST
    assert shows(name)
    services.decline(everyone, by=vetter, reason="other")
    clock[0] += hot_pages.LONGEST
    assert not shows(name)
    assert shows("Sign for your organization")
    letter.move_to("closed", closed_at=letter.opens_at)
    clock[0] += hot_pages.LONGEST
    assert not shows("Sign for your organization")


@pytest.mark.django_db
def test_closing_time_passes_without_anybody_doing_anything(clock):
    letter = OpenLetterFactory()
    client = Client()
    assert b"Sign for your organization" in client.get(letter.get_absolute_url()).content
    with time_machine.travel(letter.closes_at):
        clock[0] += hot_pages.LONGEST
        assert b"Sign for your organization" not in client.get(letter.get_absolute_url()).content


@pytest.mark.django_db
def test_a_page_that_is_gone_is_not_shown_from_memory(clock):
    client = Client()
    assert client.get("/letters/nothing-here/").status_code == 404
    letter = OpenLetterFactory(slug="nothing-here")
    assert client.get(letter.get_absolute_url()).status_code == 200
