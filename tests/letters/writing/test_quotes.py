"""Quotes, dashes and spaces are set on demand, and set back."""

import pytest

from letters.models import Letter
from tests.letters.desk import fields, words
from tests.letters.writing.page import opened, url

pytestmark = pytest.mark.django_db

AS_TEXT = [("", '<p>It\'s "the" bridge - ours...</p>'), ("?as=text", 'It\'s "the" bridge - ours...')]
SET = "It’s “the” bridge – ours…"


@pytest.mark.parametrize(("query", "typed"), AS_TEXT)
def test_write_sets_quotes_on_demand_and_saves_nothing(writer, letter, query, typed):
    straight = {
        "body": typed,
        "title": 'The "old" bridge',
        "closing": "Yours -\nthe 'friends'",
        "to-0-name": 'Ada "A" Example',
    }
    sent = opened(writer, letter, query) | straight | {"re_line": "Bridge - now"}
    response = writer.post(url(letter) + query, sent | {"typeset": "1"})
    again = fields(response)
    assert SET in again["body"]
    assert (again["title"], again["re_line"]) == ("The “old” bridge", "Bridge – now")
    assert again["to-0-name"] == 'Ada "A" Example'
    assert "Set: 7 quotation marks and apostrophes, 2 dashes, 1 ellipsis. Look, then save." in words(response)
    assert "data-look-first" in words(response)
    assert Letter.objects.get().version == 1


@pytest.mark.parametrize(("query", "typed"), AS_TEXT)
def test_write_goes_back_to_what_it_was(writer, letter, query, typed):
    sent = opened(writer, letter, query) | {"body": typed, "title": 'The "old" bridge'}
    done = fields(writer.post(url(letter) + query, sent | {"typeset": "1"}))
    response = writer.post(url(letter) + query, done | {"typeset_back": "1"})
    again = fields(response)
    assert (again["body"].strip(), again["title"]) == (typed, 'The "old" bridge')
    assert "It is as it was." in words(response)


def test_write_goes_back_but_for_what_was_edited_since(writer, letter):
    sent = opened(writer, letter) | {"body": '<p>"One"</p>', "title": 'The "old" bridge'}
    done = fields(writer.post(url(letter), sent | {"typeset": "1"}))
    response = writer.post(url(letter), done | {"body": "<p>“One” and two.</p>", "typeset_back": "1"})
    again = fields(response)
    assert (again["body"], again["title"]) == ("<p>“One” and two.</p>", 'The "old" bridge')
    assert "they stay as they are: Text." in words(response)


def test_write_sets_quotes_of_the_language_chosen(writer, letter):
    sent = opened(writer, letter) | {"title": 'Le "vieux" pont', "language": "fr", "typeset": "1"}
    assert fields(writer.post(url(letter), sent))["title"] == "Le «\u00a0vieux\u00a0» pont"


def test_write_says_when_there_is_nothing_to_set(writer, letter):
    response = writer.post(url(letter), opened(writer, letter) | {"title": "", "place": "Bern", "typeset": "1"})
    assert "Nothing to set" in words(response)
    assert " data-unsaved" in words(response)
    assert fields(response)["place"] == "Bern"
