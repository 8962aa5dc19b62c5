"""The side-by-side page."""

import json

import pytest

from letters import courtesy, services
from letters.services import working
from tests.factories import UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.translating.page import french, letter_with_french, rewritten, translated, url

pytestmark = pytest.mark.django_db


def passages(letter):
    held = working.read(letter)
    return courtesy.beside(held.text_in("fr"), held.authentic)


def field(letter, text):
    return "text-" + next(one.key for one in passages(letter) if text in one.authentic or text in one.own)


def test_translate_shows_both_sides_in_their_directions(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    shown = words(client.get(url(letter)))
    for said in (
        "Translate into French",
        "0 of 6 paragraphs translated",
        '<div class="pair-source" lang="ar" dir="rtl"><p>نطلب فتح الجسر</p></div>',
        "تقرير",
        "Paragraph 1, heading",
        'lang="fr" dir="ltr"',
    ):
        assert said in shown


def test_translate_saves_what_is_typed_and_follows_the_structure(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    page = fields(client.get(url(letter)))
    typed = {
        "text-title": "Le pont",
        field(letter, "المطالب"): "Nos demandes",
        field(letter, "الوحيد"): "C’est le **seul**[^1].\n\n[^1]: Rapport",
    }
    response = client.post(url(letter), page | typed, follow=True)
    assert "Saved." in words(response)
    assert "3 of 6 paragraphs translated" in words(response)
    assert french(letter).title == "Le pont"
    assert french(letter).body == (
        '<h2>Nos demandes</h2><p>C’est le <strong>seul</strong><sup data-footnote="">Rapport</sup>.</p>'
    )
    assert letter.revisions.count() == 1


def test_translate_marks_exactly_the_paragraph_that_changed_and_lets_it_be_mended(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    translated(client, letter)
    assert "All paragraphs translated" in words(client.get(url(letter)))
    rewritten(letter, "نطلب فتح", "نطلب إعادة فتح")
    response = client.get(url(letter))
    assert words(response).count("Look at it again") == 1
    assert "What has changed in Arabic since this was translated:" in words(response)
    assert "<ins>" in response.content.decode()
    page = fields(response)
    name = field(letter, "إعادة")
    client.post(url(letter), page | {name: "Rouvrez le pont"})
    assert "Look at it again" not in words(client.get(url(letter)))
    assert "Rouvrez le pont" in french(letter).body


def test_a_box_says_that_the_translation_is_right_as_it_is(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    translated(client, letter)
    rewritten(letter, "نطلب فتح", "نطلب إعادة فتح")
    page = fields(client.get(url(letter)))
    client.post(url(letter), page)
    assert courtesy.progress(passages(letter)).stale == 1  # saving alone says nothing about it
    client.post(url(letter), page | {field(letter, "إعادة").replace("text", "right"): "on"})
    assert courtesy.progress(passages(letter)).stale == 0


def test_autosave_saves_words_and_leaves_the_rest_to_the_button(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    translated(client, letter)
    rewritten(letter, "نطلب فتح", "نطلب إعادة فتح")
    page = fields(client.get(url(letter)))
    name = field(letter, "إعادة")
    answer = client.post(url(letter, "autosave_translation"), page | {name: "Rouvr"})
    assert answer.status_code == 200
    assert "Rouvr" in french(letter).body
    assert courtesy.progress(passages(letter)).stale == 1
    page |= {"version": answer.json()["version"], name: "Rouvrez"}
    assert client.post(url(letter), page).status_code == 302
    assert courtesy.progress(passages(letter)).stale == 0
    assert "Rouvrez" in french(letter).body


def test_two_translators_see_both_and_lose_nothing(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    page = fields(client.get(url(letter)))
    one, two = field(letter, "المطالب"), field(letter, "نطلب فتح")
    client.post(url(letter), page | {one: "Theirs"})
    answer = client.post(url(letter, "autosave_translation"), page | {one: "Ours"})
    assert answer.status_code == 409
    response = client.post(url(letter), page | {one: "Ours", two: "Also ours"})
    assert response.status_code == 409
    assert "Theirs" in words(response)
    again = fields(response)
    assert (again[one], again[two]) == ("Ours", "Also ours")
    response = client.post(url(letter), again)
    assert "Choose one of the two." in words(response)
    key = one.removeprefix("text-")
    client.post(url(letter), fields(response) | {f"keep-{key}": "theirs"})
    assert french(letter).body == "<h2>Theirs</h2><p>Also ours</p>"
    client.post(url(letter), again | {f"keep-{key}": "mine"})
    assert french(letter).body == "<h2>Ours</h2><p>Also ours</p>"


def test_what_was_typed_beside_a_rewritten_paragraph_comes_back_beside_it(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    page = fields(client.get(url(letter)))
    name = field(letter, "نطلب فتح")
    rewritten(letter, "نطلب فتح", "نطلب إعادة فتح")
    response = client.post(url(letter), page | {name: "Ouvrez le pont", "again": ""})
    assert fields(response)[name] == "Ouvrez le pont"
    client.post(url(letter), fields(response))
    assert "<p>Ouvrez le pont</p>" in french(letter).body
    assert "Look at it again" in words(client.get(url(letter)))


def test_paragraphs_that_came_meanwhile_are_shown_as_they_are_saved(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    page = fields(client.get(url(letter)))
    name = field(letter, "المطالب")
    rewritten(letter, "</h2>", "</h2><p>فقرة جديدة تماما</p>")
    new = field(letter, "جديدة")
    other = services.Typed("<p>Nouveau</p>", "<p>فقرة جديدة تماما</p>")
    bases = {one.key: one.mark for one in passages(letter)}
    services.save_translation(letter, "fr", {new.removeprefix("text-"): other}, bases=bases, by=UserFactory())
    response = client.post(url(letter), page | {name: "Demandes", "again": ""})
    assert fields(response)[new] == "Nouveau"
    client.post(url(letter), fields(response) | {new: "Nouveau paragraphe"})
    assert "<h2>Demandes</h2><p>Nouveau paragraphe</p>" in french(letter).body


def test_a_whole_translation_is_cut_up_and_saved_only_after_a_look(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    page = fields(client.get(url(letter)))
    response = client.post(url(letter), page | {"whole": "## Demandes\n\nOuvrez le pont\n\nLe seul", "cut": "1"})
    assert "3 paragraphs were filled in. There are as many as in the authentic text" in words(response)
    assert "data-look-first" in response.content.decode()
    assert french(letter).body == ""
    client.post(url(letter), fields(response))
    assert french(letter).body == "<h2>Demandes</h2><p>Ouvrez le pont</p><p>Le seul</p>"
    response = client.post(url(letter), page | {"whole": "Un\n\nDeux", "cut": "1"})
    assert "There are not as many as in the authentic text" in words(response)


def test_too_long_a_title_is_said_and_nothing_typed_is_lost(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    page = fields(client.get(url(letter)))
    response = client.post(url(letter), page | {"text-title": "x" * 301, "text-closing": "Cordialement"})
    assert response.status_code == 422
    assert "Use at most 300 characters here" in words(response)
    assert fields(response)["text-closing"] == "Cordialement"
    answer = client.post(url(letter, "autosave_translation"), page | {"text-title": "x" * 301})
    assert answer.status_code == 422
    assert french(letter).title == ""


def test_hostile_words_come_out_as_words(client):
    letter = letter_with_french()
    team_member(client, letter, "translator")
    page = fields(client.get(url(letter)))
    name = field(letter, "نطلب فتح")
    seen = json.dumps([[name.removeprefix("text-"), "p", "p", "<script>alert(1)</script><p onclick=x>نطلب</p>"]])
    client.post(url(letter), page | {name: "<script>alert(2)</script>", "seen": seen})
    response = client.get(url(letter))
    assert "<script>alert" not in response.content.decode()
    assert "onclick" not in response.content.decode()
    client.post(url(letter), page | {"seen": "no json", "text-title": "Le pont"})
    assert french(letter).title == "Le pont"
