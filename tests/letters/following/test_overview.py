"""Where a letter stands and what comes next."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters import services
from letters.models import Letter
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import team_member, words
from tests.letters.following.pages import main_button, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ({"text": {"title": "T", "body": ""}}, "Write"),
        ({"closes_at": None}, "Timetable and address"),
        ({}, "Open for sign-on"),
    ],
)
def test_overview_of_a_draft_leads_to_what_is_missing(client, state, step):
    letter = LetterFactory(**state)
    team_member(client, letter)
    assert main_button(client.get(url(letter))) == step


@pytest.mark.parametrize(
    ("state", "step", "said"),
    [
        ({}, "See the public page", "Send this address to the organizations:"),
        ({"is_paused": True}, "Resume sign-on", "Sign-on is paused"),
        ({"is_paused": True}, "Resume sign-on", "Whoever has our mail from before can still confirm."),
        ({}, "See the public page", "whoever has our mail from before can still confirm."),  # before it is paused
        ({"opens_at": timezone.now() + timedelta(hours=2)}, "See the public page", "signing begins at the time above"),
        ({"closes_at": timezone.now() - timedelta(minutes=1)}, "See the public page", "The closing time has come"),
    ],
)
def test_overview_of_an_open_letter_says_what_to_do(client, state, step, said):
    letter = OpenLetterFactory(**state)
    team_member(client, letter)
    response = client.get(url(letter))
    assert main_button(response) == step
    assert said in words(response)


def test_overview_says_of_how_many_no_mail_is_written_yet(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    SignatoryFactory(letter=letter)
    SignatoryFactory(letter=letter, held_because="source", released_at=timezone.now())
    assert "2 not confirmed yet asked by mail" in plain(client.get(url(letter)))
    SignatoryFactory(letter=letter, held_because="source")
    assert "3 not confirmed yet 1 of them held, without a mail yet" in plain(client.get(url(letter)))


def plain(response):
    return " ".join(re.sub(r"<[^>]*>", "", words(response)).split())


def test_overview_of_a_closed_letter_says_what_is_undecided(client, closed):
    SignatoryFactory(letter=closed, confirmed=True)
    SignatoryFactory(letter=closed)
    response = client.get(url(closed))
    assert main_button(response) == "Freeze an edition"
    assert "1 sign-on waits for the vetters." in words(response)
    assert "1 organization may still confirm until" in words(response)


def test_overview_of_an_archived_letter_offers_no_acts(client, closed):
    Letter.objects.get().move_to(Letter.Status.ARCHIVED)
    shown = words(client.get(url(closed)))
    assert url(closed, "freeze") not in shown
    assert url(closed, "reopen") not in shown


@pytest.mark.parametrize("factory", [LetterFactory, OpenLetterFactory])
@pytest.mark.parametrize(("role", "runs"), [("coordinator", True), ("viewer", False)])
def test_overview_shows_acts_to_those_who_run_the_letter(client, factory, role, runs):
    letter = factory()
    team_member(client, letter, role)
    shown = words(client.get(url(letter)))
    acts = ("write", "timetable", "open_for_signing", "pause", "resume", "close", "freeze", "reopen")
    assert any(url(letter, act) in shown for act in acts) == runs
    assert url(letter, "preview") in shown


@pytest.mark.parametrize("page", ["overview", "signatories", "preview"])
def test_desk_pages_are_not_there_for_strangers(client, page):
    letter = OpenLetterFactory()
    client.force_login(UserFactory())
    assert client.get(url(letter, page)).status_code == 404


@pytest.mark.parametrize("page", ["overview", "signatories", "write", "open_for_signing"])
def test_desk_pages_ask_to_sign_in(client, page):
    assert client.get(url(OpenLetterFactory(), page)).status_code == 302


@pytest.mark.parametrize("page", ["overview", "freeze"])
def test_pages_of_a_closed_letter_read_no_roll_that_was_read_before(client, closed, page):
    """With ten thousand names it is megabytes, which never change."""
    for _ in range(2):
        services.freeze(closed, by=UserFactory())
    assert b"Edition 2" in client.get(url(closed)).content
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url(closed, page)).status_code == 200
    assert [one["sql"] for one in asked if '"roll"' in one["sql"]] == []
