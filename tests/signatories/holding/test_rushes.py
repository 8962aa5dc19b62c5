"""In a rush the first few of each place pass, and whoever has done a sum."""

import time

import pytest
from django.urls import reverse
from django.utils import timezone

from signatories import guarding
from signatories.models import Signatory
from signatories.services import holding
from tests.factories import OpenLetterFactory
from tests.signatories.holding.sending import SLOW, HeldBecause, rush, send, solved
from tests.signatories.test_forms import ORGANIZATION

pytestmark = pytest.mark.django_db


def test_rush_lets_the_first_few_of_each_place_pass(client):
    letter = OpenLetterFactory()
    rush(letter)
    held = [send(client, letter, number)[0].held_because for number in range(5)]
    assert held == [""] * 2 + [HeldBecause.PRESSURE] * 3
    assert send(client, letter, 5, place="192.0.2.2")[0].held_because == ""


def test_rush_on_other_letters_is_one_of_the_site(client):
    letter = OpenLetterFactory()
    rush(OpenLetterFactory(), 36)
    assert holding.is_rush(letter.pk)
    Signatory.objects.update(signed_at=timezone.now() - holding.WINDOW)
    holding.forget()
    assert not holding.is_rush(letter.pk)


def test_rush_lets_pass_who_has_done_the_sum_once(client, monkeypatch):
    monkeypatch.setattr(holding, "ROOM", 60)
    letter, other = OpenLetterFactory(), OpenLetterFactory()
    rush(letter)
    for number in range(3):
        send(client, letter, number)
    done = solved(letter)
    assert send(client, letter, 4, **done)[0].held_because == ""
    assert send(client, letter, 5, **done)[0].held_because == HeldBecause.PRESSURE  # used
    assert send(client, letter, 6, **done | {"proof": "0"})[0].held_because == HeldBecause.PRESSURE
    assert send(client, letter, 7, **solved(other))[0].held_because == HeldBecause.PRESSURE


def test_sum_opens_no_place_that_sends_too_much(client):
    letter = OpenLetterFactory()
    rush(letter)
    held = [send(client, letter, number, **solved(letter))[0].held_because for number in range(7)]
    assert held == [""] * 6 + [HeldBecause.SOURCE]


def test_unreadable_place_is_held_in_a_rush_alone(client):
    letter = OpenLetterFactory()
    assert send(client, letter, 0, place="unknown")[0].held_because == ""
    rush(letter)
    assert send(client, letter, 1, place="unknown")[0].held_because == HeldBecause.PRESSURE


def test_form_asks_for_a_sum_in_a_rush_alone(client):
    letter = OpenLetterFactory()
    page = reverse("signatories:sign", args=[letter.slug])
    calm = client.get(page).content.decode()
    assert ('name="began"' in calm, 'name="remarks"' in calm, "challenge" in calm) == (True, True, False)
    rush(letter)
    asked = client.get(page).content.decode()
    assert ('name="challenge"' in asked, "proof.js" in asked) == (True, True)


def test_marks_survive_errors_changes_and_the_page_of_answers(client):
    letter = OpenLetterFactory()
    rush(letter)
    page = reverse("signatories:sign", args=[letter.slug])
    began, done = guarding.stamp(time.time() - SLOW), solved(letter)
    for more in ({"name": ""}, {"change": "1"}, {}):
        shown = client.post(page, ORGANIZATION | {"began": began} | done | more).content.decode()
        for name, value in {"began": began, **done}.items():
            assert shown.count(f'name="{name}" value="{value}"') == 1, (more, name)
