"""How much the box takes, and what comes back from the page after it."""

import pytest

from letters.forms.starting import LONGEST_SOURCE
from letters.models import Letter
from tests.letters.desk import words
from tests.letters.starting.in_hand import PASTED, RICH
from tests.letters.starting.recognition import recognized, sent_back

pytestmark = pytest.mark.django_db

PARAGRAPH = "The night boat of Ostrel is the only way home for whoever works at night, and it has not sailed."


def test_recognized_wants_something(coordinator, campaign):
    shown = words(recognized(coordinator, campaign, words=" \n "))
    assert '<a href="#id_words">Paste the letter here, or choose a file below.</a>' in shown


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)])
def test_recognized_takes_a_megabyte(coordinator, campaign, more, is_taken):
    pasted = PASTED + "x" * (LONGEST_SOURCE - len(PASTED.encode()) + more)
    shown = words(recognized(coordinator, campaign, words=pasted))
    assert ("This is what we recognized" in shown) == is_taken
    assert ("longer than we can take" in shown) != is_taken


def test_recognized_leaves_aside_formatting_that_is_too_long(coordinator, campaign):
    html = RICH + "<p>" + "x" * LONGEST_SOURCE + "</p>"
    shown = words(recognized(coordinator, campaign, words=PASTED, html=html, html_of=PASTED))
    assert "Berta Quill" in shown


def test_recognized_says_so_when_a_request_is_too_large(coordinator, campaign):
    response = recognized(coordinator, campaign, words="x" * 5_300_000)
    assert response.status_code == 413
    assert "larger than 5 MB" in words(response)
    other = recognized(coordinator, campaign, **{f"x{n}": "" for n in range(1001)})
    assert other.status_code == 400
    assert "larger than 5 MB" not in words(other)


def test_recognized_shows_no_more_fields_than_can_come_back(coordinator, campaign):
    pasted = "\n\n".join(["Joint letter", "Dear Minister,", *[PARAGRAPH] * 1100, "Respectfully,"])
    response = recognized(coordinator, campaign, words=pasted)
    assert "This is what we recognized" in words(response)
    assert sent_back(coordinator, response, act="use").status_code == 302
    assert Letter.objects.get().text.body.count("<p>") == 1100
