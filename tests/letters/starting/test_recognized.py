"""What was recognized in a pasted text is shown, corrected and used."""

import pytest
from django.urls import reverse

from campaigns.models import JournalEntry
from letters import intake
from letters.models import Letter
from tests.factories import LetterFactory
from tests.letters.desk import fields, words
from tests.letters.starting.in_hand import PASTED, RICH
from tests.letters.starting.recognition import recognized, role, sent_back

pytestmark = pytest.mark.django_db

HOSTILE = (
    '<h1 onclick="alert(1)">Joint letter<script>alert(2)</script></h1><p>Dear Minister,</p>'
    '<p>Let it sail <img src=x onerror="alert(3)"><a href="javascript:alert(4)">again</a>.</p><style>p{}</style>'
    "<iframe src='data:text/html,x'></iframe><p>&lt;script&gt;alert(5)&lt;/script&gt;</p><p>Respectfully,</p>"
)


def test_recognized_shows_the_parts_and_saves_nothing(coordinator, campaign):
    response = recognized(coordinator, campaign, words=PASTED)
    shown = words(response)
    for one in (
        "Title</dt><dd><bdi>Joint letter on the ferry of Ostrel</bdi>",
        "Place and date</dt><dd><bdi><bdi>Ostrel</bdi>, <bdi>4 March 2031</bdi></bdi>",
        "Name: <bdi>Berta Quill</bdi>",
        "Office: <bdi>Minister for Ferries</bdi>",
        "A list of 4 names stands at the end.",
        "2 straight quotes",
    ):
        assert one in shown
    assert fields(response)["language"] == "en"
    assert not Letter.objects.exists()
    assert not JournalEntry.objects.exists()


def test_recognized_uses_what_was_shown(coordinator, campaign):
    response = sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="use")
    letter = Letter.objects.get()
    assert response.url == reverse("letters:write", args=[letter.slug])
    assert (letter.campaign, str(letter)) == (campaign, "Joint letter on the ferry of Ostrel")
    assert "On the way: removed 1 line break inside a paragraph; 2 straight quotes." in words(
        coordinator.get(response.url)
    )


def test_recognized_again_takes_the_roles_that_were_given(coordinator, campaign):
    response = recognized(coordinator, campaign, words=PASTED)
    numbers = [number for number in range(20) if fields(response).get(f"role_{number}") == "re"]
    again = sent_back(coordinator, response, act="again", **{f"role_{numbers[0]}": "body"})
    assert not Letter.objects.exists()
    assert "Re line</dt>" not in words(again)
    assert role(again, numbers[0]) == "body"
    sent_back(coordinator, again, act="use")
    assert Letter.objects.get().text.body.startswith("<p>Re: The night boat</p>")


def test_recognized_takes_no_role_of_its_own_making(coordinator, campaign):
    response = recognized(coordinator, campaign, words=PASTED)
    again = sent_back(coordinator, response, act="again", role_0="<script>", role_9999="title")
    assert role(again, 0) == role(response, 0) == "title"


def test_recognized_asks_for_a_title_where_there_is_none(coordinator, campaign):
    untitled = "Dear Minister,\n\nLet the night boat sail again.\n\nRespectfully,"
    response = recognized(coordinator, campaign, words=untitled)
    assert "title" in fields(response)
    refused = sent_back(coordinator, response, act="use")
    assert '<a href="#id_title">Enter a title; a provisional one will do.</a>' in words(refused)
    assert not Letter.objects.exists()
    sent_back(coordinator, refused, act="use", title="The night boat")
    assert str(Letter.objects.get()) == "The night boat"


def test_recognized_takes_the_language_that_was_chosen(coordinator, campaign):
    sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="use", language="fr")
    assert Letter.objects.get().text.language == "fr"


def test_recognized_says_what_is_too_long(coordinator, campaign):
    pasted = PASTED.replace("We ask you", "We ask you " + "again " * 60)
    number = next(n for n, piece in enumerate(intake.read(pasted).pieces) if "again again" in piece.text)
    response = recognized(coordinator, campaign, words=pasted)
    again = sent_back(coordinator, response, act="use", **{f"role_{number}": "salutation"})
    assert "“Salutation” holds more than 200 characters." in words(again)
    assert not Letter.objects.exists()
    sent_back(coordinator, again, act="use", **{f"role_{number}": "body"})
    assert Letter.objects.get().text.salutation == "Dear Minister,"


def test_recognized_goes_back_to_the_box_with_everything(coordinator, campaign):
    box = fields(sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="back"))
    assert (box["words"], box["html"]) == (PASTED, "")
    rich = recognized(coordinator, campaign, words="as shown", html=RICH, html_of="as shown")
    box = fields(sent_back(coordinator, rich, act="back"))
    assert (box["html"], box["html_of"]) == (RICH, box["words"])
    assert "has **not** sailed" in box["words"]
    again = recognized(coordinator, campaign, **{name: box[name] for name in ("words", "html", "html_of")})
    assert "<strong>not</strong>" in words(again)


def test_recognized_takes_the_formatting_while_the_words_stand(coordinator, campaign):
    plain = "Joint letter\n\nDear Minister,\n\nOnly these words."
    kept = recognized(coordinator, campaign, words=plain.replace("\n", "\r\n"), html=RICH, html_of=plain)
    assert "<strong>not</strong>" in words(kept)
    changed = recognized(coordinator, campaign, words=plain + " And more.", html=RICH, html_of=plain)
    assert "Only these words. And more." in words(changed)
    assert "<strong>not</strong>" not in words(changed)


def test_recognized_shows_nothing_that_could_act(coordinator, campaign):
    response = recognized(coordinator, campaign, words="x", html=HOSTILE, html_of="x")
    html = response.content.decode()
    assert "&lt;h1 onclick=&quot;alert(1)&quot;&gt;" in html  # it is there, as the words of a hidden field
    without_source = html.replace(html[html.index('name="source"') : html.index(">", html.index('name="source"'))], "")
    for one in ("<script>alert", "onclick", "onerror", "javascript:", "<iframe", "<img", "<style"):
        assert one not in without_source
    assert "&lt;script&gt;alert(5)" in without_source
    sent_back(coordinator, response, act="use")
    body = Letter.objects.get().text.body
    assert "<script" not in body
    assert "javascript:" not in body
    assert "&lt;script&gt;alert(5)" in body


def test_recognized_by_get_leads_to_the_box(coordinator):
    assert coordinator.get(reverse("letters:recognized")).url == reverse("letters:new")


def test_recognized_for_a_campaign_of_others_makes_nothing(coordinator, campaign):
    theirs = LetterFactory().campaign
    assert "Choose one of your campaigns." in words(recognized(coordinator, theirs, words=PASTED))
    response = sent_back(coordinator, recognized(coordinator, campaign, words=PASTED), act="use", campaign=theirs.pk)
    assert response.url == reverse("letters:new")
    assert Letter.objects.count() == 1
