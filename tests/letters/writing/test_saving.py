"""The letter is saved by the button: every part, and what that refuses."""

import pytest

from letters.models import Letter
from letters.services import drafting
from tests.factories import TextFactory
from tests.letters.desk import fields, words
from tests.letters.writing.page import draft, opened, url

pytestmark = pytest.mark.django_db


def test_write_saves_every_part(writer, letter):
    sent = opened(writer, letter) | {
        "place": "Geneva",
        "date": "2018-08-31",
        "date_precision": "month",
        "re_line": "The bridge",
        "title": "A new title",
        "headline": "{n} organizations ask",
        "salutation": "Dear all,",
        "body": "<p>First.</p><p><script>x</script>Second.</p>",
        "closing": "With\r\nrespect,",
        "language": "fr",
        "to-0-honorific": "Dr",
        "to-0-email": "ada@example.org",
    }
    response = writer.post(url(letter), sent)
    assert response.url == url(letter, "overview")
    saved = draft(letter)
    assert (saved.place, str(saved.date), saved.date_precision) == ("Geneva", "2018-08-31", "month")
    assert (saved.title, saved.re_line, saved.language) == ("A new title", "The bridge", "fr")
    assert (saved.body, saved.closing) == ("<p>First.</p><p>Second.</p>", "With\nrespect,")
    assert saved.recipients[0]["honorific"] == "Dr"
    assert saved.recipients[0]["email"] == "ada@example.org"


def test_write_changes_nothing_when_sent_as_it_was_shown(writer, letter):
    for query in ("", "?as=text"):
        writer.post(url(letter) + query, opened(writer, letter, query))
    assert Letter.objects.get().version == 1


def test_write_leads_to_what_is_wrong_and_keeps_the_rest(writer, letter):
    sent = opened(writer, letter) | {"title": "", "place": "Geneva", "to-0-email": "nowhere"}
    shown = words(writer.post(url(letter), sent))
    assert '<a href="#id_title">Enter a title; a provisional one will do.</a>' in shown
    assert '<a href="#id_to-0-email">Enter an e-mail address like office@example.org' in shown
    assert shown.count('class="error-summary"') == 1
    assert 'value="Geneva"' in shown
    assert " data-unsaved" in shown


def test_write_as_text_and_back(writer, letter):
    shown = opened(writer, letter, "?as=text")
    assert shown["body"] == "We ask you to keep the bridge open.\n\nIt is the only one."
    typed = "## Why\n\nIt is **old**[^1].\n\n- one\n- two\n\n[^1]: The report."
    writer.post(url(letter) + "?as=text", shown | {"body": typed})
    assert draft(letter).body == (
        '<h2>Why</h2><p>It is <strong>old</strong><sup data-footnote="">The report.</sup>.</p>'
        "<ul><li><p>one</p></li><li><p>two</p></li></ul>"
    )
    assert opened(writer, letter, "?as=text")["body"].strip() == typed


def test_write_tells_the_browser_what_it_need_not_keep(writer, letter):
    sent = opened(writer, letter)
    writer.post(url(letter), sent | {"title": "Saved"})
    assert f'data-saved-over="{drafting.in_brief(sent["version"])}"' in words(writer.get(url(letter)))


def test_write_keeps_a_revision_by_the_button_and_none_by_itself(writer, letter):
    sent = opened(writer, letter)
    answer = writer.post(url(letter, "autosave"), sent | {"title": "Saved by itself", "revision_name": "Too early"})
    assert (answer.status_code, letter.revisions.count()) == (200, 0)
    sent = opened(writer, letter) | {"title": "Saved by the button", "revision_name": "As sent to partners"}
    writer.post(url(letter), sent)
    revision = letter.revisions.get()
    assert (revision.authentic["title"], revision.named.name) == ("Saved by the button", "As sent to partners")
    writer.post(url(letter), opened(writer, letter))
    assert letter.revisions.count() == 1


def test_write_refuses_the_language_of_a_translation(writer, letter):
    TextFactory(letter=letter, language="fr", is_authentic=False)
    sent = opened(writer, letter) | {"language": "fr", "place": "Bern"}
    response = writer.post(url(letter), sent)
    assert "The letter has a translation in this language already." in words(response)
    assert fields(response)["place"] == "Bern"
    answer = writer.post(url(letter, "autosave"), sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["language"])
    assert (draft(letter).place, letter.revisions.count()) == ("", 0)


def test_write_takes_the_longest_body_in_every_script(writer, letter):
    body = f"<p>{'海岸灯塔' * 74_000}</p>"
    sent = opened(writer, letter) | {"body": body}
    assert writer.post(url(letter, "autosave"), sent).status_code == 200
    assert draft(letter).body == body
    assert 'enctype="multipart/form-data"' in words(writer.get(url(letter)))  # otherwise three times as long
