"""Two have changed different paragraphs: they are brought together."""

import pytest

from tests.letters.desk import words
from tests.letters.writing.page import draft, opened, url

pytestmark = pytest.mark.django_db


def changed(one="We ask you to keep the bridge open.", two="It is the only one."):
    return f"<p>{one}</p><p>{two}</p>"


@pytest.mark.parametrize("is_shown", [True, False], ids=["brought in", "somebody was typing"])
def test_autosave_brings_paragraphs_of_both_together(writer, other, letter, is_shown):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    ours = sent | {"body": changed(two="Ours.")}
    answer = writer.post(url(letter, "autosave"), ours).json()
    merged = answer["merged"]
    assert merged["body"] == draft(letter).body == changed("Theirs.", "Ours.")
    version = merged["version"] if is_shown else answer["version"]
    body = changed("Theirs." if is_shown else "We ask you to keep the bridge open.", "Ours, once more.")
    again = writer.post(url(letter, "autosave"), ours | {"body": body, "version": version})
    assert again.status_code == 200
    assert ("merged" in again.json()) == (not is_shown)
    assert draft(letter).body == changed("Theirs.", "Ours, once more.")


def test_autosave_answers_in_plain_text_to_plain_text(writer, other, letter):
    sent = opened(writer, letter, "?as=text")
    other.post(url(letter, "autosave"), opened(other, letter) | {"body": changed(one="<strong>Theirs.</strong>")})
    ours = sent | {"body": sent["body"].replace("only one", "only one here")}
    merged = writer.post(url(letter, "autosave") + "?as=text", ours).json()["merged"]
    assert merged["body"] == "**Theirs.**\n\nIt is the only one here."
    again = writer.post(url(letter, "autosave") + "?as=text", ours | merged)
    assert (again.status_code, "merged" in again.json()) == (200, False)


def test_autosave_brings_in_what_only_somebody_else_has_changed(writer, other, letter):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    answer = writer.post(url(letter, "autosave"), sent | {"place": "Bern"}).json()
    assert answer["merged"]["body"] == changed(one="Theirs.")


def test_write_says_that_paragraphs_of_both_were_brought_together(writer, other, letter):
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    response = writer.post(url(letter), sent | {"body": changed(two="Ours.")}, follow=True)
    assert "Saved, with what others have changed in the text." in words(response)
    assert letter.revisions.get().authentic["body"] == draft(letter).body == changed("Theirs.", "Ours.")


def test_autosave_of_the_same_paragraph_shows_both_versions(writer, other, letter):
    """The control of the tests above."""
    sent = opened(writer, letter)
    other.post(url(letter, "autosave"), sent | {"body": changed(one="Theirs.")})
    assert writer.post(url(letter, "autosave"), sent | {"body": changed(one="Ours.")}).status_code == 409
    assert draft(letter).body == changed(one="Theirs.")
