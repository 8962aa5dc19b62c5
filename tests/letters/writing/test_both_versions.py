"""Two have changed the same part: the page shows both versions, and saves what is chosen."""

import pytest

from tests.letters.desk import fields, words
from tests.letters.writing.page import draft, opened, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(writer, other, letter):
    """The page with both versions, after the title, the text and the recipients were changed twice."""
    sent = opened(writer, letter)
    theirs = {"title": "Theirs", "body": "<p>Their words.</p>", "to-0-name": "Their Ada", "closing": "Only theirs,"}
    other.post(url(letter), sent | theirs)
    ours = {"title": "Ours", "body": "<p>Our words.</p>", "to-0-name": "Our Ada", "place": "Only ours"}
    response = writer.post(url(letter), sent | ours)
    assert response.status_code == 409
    return response


def answered(both, **choices):
    """What the page would send with these parts preferred."""
    kept = {f"keep_{part}": whose for part, whose in choices.items()}
    return fields(both) | {"shown": ["title", "body", "recipients"]} | kept


def test_write_shows_both_versions(both, letter):
    shown = words(both)
    for one in ('value="Ours"', "Theirs", "<p>Our words.</p>", "<p>Their words.</p>", "Our Ada", "Their Ada"):
        assert one in shown
    assert "Ana Other" in shown
    assert draft(letter).title == "Theirs"


def test_both_versions_take_what_is_chosen_and_what_one_has_changed(both, writer, letter):
    sent = answered(both, title="theirs", body="mine", recipients="mine") | {"body": "<p>Our words. Their words.</p>"}
    assert writer.post(url(letter), sent).url == url(letter, "overview")
    saved = draft(letter)
    assert (saved.title, saved.body) == ("Theirs", "<p>Our words. Their words.</p>")
    assert saved.recipients[0]["name"] == "Our Ada"
    assert (saved.place, saved.closing) == ("Only ours", "Only theirs,")


def test_both_versions_ask_again_when_nothing_is_chosen(both, writer, letter):
    response = writer.post(url(letter), answered(both, title="theirs", recipients="mine"))
    again = fields(response)
    assert response.status_code == 409
    assert words(response).count("Choose one of the two.") == 1
    assert (again["keep_title"], again["keep_recipients"], again["body"]) == ("theirs", "mine", "<p>Our words.</p>")
    assert draft(letter).title == "Theirs"
    writer.post(url(letter), answered(response, title="theirs", body="mine", recipients="mine"))
    assert (draft(letter).title, draft(letter).body) == ("Theirs", "<p>Our words.</p>")


def test_both_versions_come_again_when_they_have_changed_again(both, writer, other, letter):
    other.post(url(letter), opened(other, letter) | {"title": "Theirs, once more"})
    response = writer.post(url(letter), answered(both, title="theirs", body="theirs", recipients="mine"))
    assert response.status_code == 409
    assert "Theirs, once more" in words(response)
    chosen = {name: value for name, value in fields(response).items() if name.startswith("keep_")}
    assert chosen == {"keep_body": "theirs", "keep_recipients": "mine"}
    writer.post(url(letter), answered(response, title="mine", body="theirs", recipients="mine"))
    saved = draft(letter)
    assert (saved.title, saved.body, saved.recipients[0]["name"]) == ("Ours", "<p>Their words.</p>", "Our Ada")


def test_both_versions_keep_what_is_typed_when_it_is_wrong(both, writer, letter):
    sent = answered(both, title="mine", body="mine", recipients="theirs") | {"title": ""}
    response = writer.post(url(letter), sent)
    assert "Enter a title" in words(response)
    assert "Their Ada" in words(response)
    assert fields(response)["body"] == "<p>Our words.</p>"
    assert draft(letter).title == "Theirs"


def test_both_versions_as_text(writer, other, letter):
    sent = opened(writer, letter, "?as=text")
    other.post(url(letter), opened(other, letter) | {"body": "<p>Theirs.</p>"})
    response = writer.post(url(letter) + "?as=text", sent | {"body": "## Ours\n\nHere."})
    assert fields(response)["body"] == "## Ours\n\nHere."
    answer = fields(response) | {"shown": ["body"], "keep_body": "mine"}
    writer.post(url(letter) + "?as=text", answer)
    assert draft(letter).body == "<h2>Ours</h2><p>Here.</p>"
