from datetime import timedelta

import pytest
from django.utils import timezone

from letters import readiness
from letters.models import Recipient
from tests.factories import LetterFactory

pytestmark = pytest.mark.django_db


def states(letter):
    return {check.label: check.state for check in readiness.checks(letter)}


def test_checks_find_nothing_missing_in_a_finished_draft():
    letter = LetterFactory()
    assert set(states(letter).values()) == {"yes"}
    assert readiness.missing(letter) == []


def test_checks_lead_to_the_page_where_it_is_mended():
    letter = LetterFactory()
    pages = {check.label: check.url.rsplit("/", 2)[1] for check in readiness.checks(letter)}
    assert pages == {"Title": "write", "Text": "write", "Recipients": "write", "Closing time": "timetable"}


@pytest.mark.parametrize("body", ["", "<p></p>", "<p> </p>"])
def test_missing_names_a_letter_without_words(body):
    assert states(LetterFactory(text={"body": body}))["Text"] == "no"


def test_missing_names_a_letter_without_title():
    assert states(LetterFactory(text={"title": " "}))["Title"] == "no"


def test_checks_doubt_a_letter_to_nobody_but_let_it_open():
    letter = LetterFactory()
    Recipient.objects.update(line="cc")
    assert states(letter)["Recipients"] == "warn"
    assert readiness.missing(letter) == []


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        (None, "Say until when organizations can sign."),
        (-1, "It lies in the past. Set a later one."),
    ],
)
def test_missing_names_a_closing_time_that_cannot_be(closes, words):
    now = timezone.now()
    letter = LetterFactory(closes_at=closes and now + timedelta(hours=closes))
    assert readiness.missing(letter) == [f"Closing time: {words}"]
