"""Recipients are arranged on the writing page, and addressed."""

import pytest

from letters.models import Letter
from tests.letters.desk import fields, words
from tests.letters.writing.page import draft, opened, url

pytestmark = pytest.mark.django_db


def test_write_leaves_out_recipients_who_are_nobody(writer, letter):
    sent = opened(writer, letter) | {"to-TOTAL_FORMS": "2", "to-1-line": "cc"}
    writer.post(url(letter), sent)
    assert [one["name"] for one in draft(letter).recipients] == ["Ada Example"]


def test_write_puts_those_who_receive_a_copy_last(writer, letter):
    sent = opened(writer, letter) | {"to-TOTAL_FORMS": "2", "to-0-line": "cc", "to-1-line": "to", "to-1-name": "Bo"}
    writer.post(url(letter), sent)
    assert [(one["line"], one["name"]) for one in draft(letter).recipients] == [("to", "Bo"), ("cc", "Ada Example")]
    writer.post(url(letter), sent | {"version": opened(writer, letter)["version"]})
    assert Letter.objects.get().version == 2


@pytest.mark.parametrize("query", ["", "?as=text"])
@pytest.mark.parametrize(
    ("act", "index", "names"),
    [
        ("add", "0", ["Ada", "Bo", ""]),
        ("remove", "0", ["Bo"]),
        ("up", "1", ["Bo", "Ada"]),
        ("down", "0", ["Bo", "Ada"]),
        ("up", "0", ["Ada", "Bo"]),
        ("down", "1", ["Ada", "Bo"]),
        ("remove", "9", ["Ada", "Bo"]),
        ("remove", "-1", ["Ada", "Bo"]),
        ("up", "x", ["Ada", "Bo"]),
    ],
)
def test_write_arranges_recipients_and_loses_nothing(writer, letter, query, act, index, names):
    typed = {
        "place": "Typed",
        "date": "not a date",
        "body": "## A heading\n\nTyped *text*." if query else "<h2>A heading</h2><p>Typed <em>text</em>.</p>",
        "to-TOTAL_FORMS": "2",
        "to-0-name": "Ada",
        "to-0-address": "Street 1\nTown",
        "to-1-line": "to",
        "to-1-name": "Bo",
        "to-1-email": "not yet an addr",
    }
    sent = opened(writer, letter, query) | typed
    response = writer.post(url(letter) + query, sent | {f"recipient_{act}": index})
    again = fields(response)
    assert [again[f"to-{n}-name"] for n in range(int(again["to-TOTAL_FORMS"]))] == names
    kept = ("place", "date", "body", "title", "closing", "version")
    assert {name: again[name] for name in kept} == {name: sent[name] for name in kept}
    for value in ("Street 1\nTown",) if "Ada" in names else ():
        assert value in again.values()
    assert " data-unsaved" in words(response)
    assert Letter.objects.get().version == 1


def test_write_proposes_a_salutation_and_takes_it(writer, letter):
    sent = opened(writer, letter) | {"to-0-honorific": "Ms"}
    offered = words(writer.post(url(letter), sent | {"recipient_add": "0"}))
    assert 'name="salute" value="Dear Ms Ada Example,"' in offered
    again = fields(writer.post(url(letter), sent | {"salute": "Dear Ms Ada Example,", "body": "<p>Typed.</p>"}))
    assert (again["salutation"], again["body"]) == ("Dear Ms Ada Example,", "<p>Typed.</p>")
    assert Letter.objects.get().version == 1


def test_form_says_that_an_address_is_public_and_how_it_stays_private(writer, letter):
    page = words(writer.get(url(letter)))
    assert "Public: it is not printed, but part of what is signed" in page
    assert "is not entered here but when the delivery is prepared" in page
