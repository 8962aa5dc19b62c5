"""Two coordinators at one letter, each in a browser of their own: nothing that anybody typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from letters.models import Letter
from tests.factories import LetterFactory
from tests.journeys.desk.writing_page import append, begin, body_of, state, text_of, url, written

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]


def choose(page, part, label):
    page.get_by_role("region", name=part, exact=True).get_by_label(label).check()


def test_two_writers_see_both_versions_and_lose_nothing(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    append(ana, " Ana was here.")
    ana.get_by_label("Title").fill("Ana’s title")
    expect(state(ana)).to_contain_text("Saved")
    assert text_of(letter).title == "Ana’s title"
    bo.get_by_label("Place").fill("Bern")
    bo.get_by_label("Title").fill("Bo’s title")
    append(bo, " Bo was here.")
    expect(state(bo)).to_contain_text("Ana has changed this letter.")
    bo.get_by_label("Closing").fill("Bo’s closing,")  # goes on while nothing is saved
    bo.get_by_role("button", name="See both versions").click()
    expect(bo.get_by_role("heading", level=1)).to_have_text("Two versions")
    expect(bo.locator("main")).to_contain_text("Ana was here.")
    expect(bo.get_by_role("textbox", name="Title")).to_have_value("Bo’s title")
    choose(bo, "Title", "The one that is saved")
    append(bo, " Both were.")
    bo.get_by_role("button", name="Save", exact=True).click()
    expect(bo.get_by_text("Choose one of the two.")).to_be_visible()
    choose(bo, "Text", "Yours, as it stands above now")
    bo.get_by_role("button", name="Save", exact=True).click()
    bo.wait_for_url("**" + url(letter, "overview"))
    saved = text_of(letter)
    assert (saved.title, saved.closing) == ("Ana’s title", "Bo’s closing,")
    assert "Bo was here. Both were." in saved.body
    assert Letter.objects.get().place == "Bern"
    written(bo, letter)
    expect(bo.locator("[data-save-restore]")).to_be_hidden()


def test_writers_of_different_parts_do_not_notice_each_other(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    ana.get_by_label("Title").fill("Ana’s title")
    expect(state(ana)).to_contain_text("Saved")
    for words in (" Once.", " Twice."):
        append(bo, words)
        expect(state(bo)).to_contain_text("Changes not saved yet")
        expect(state(bo)).to_contain_text("Saved")
    saved = text_of(letter)
    assert saved.title == "Ana’s title"
    assert "Once. Twice." in saved.body


def test_writers_of_different_paragraphs_see_each_other_and_keep_the_cursor(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    append(ana, " Ana was here.")
    ana.keyboard.press("Enter")
    ana.keyboard.type("Ana wrote more.")
    expect(state(ana)).to_contain_text("Saved")
    begin(bo, " Bo is here.")
    expect(state(bo)).to_contain_text("Other paragraphs were changed meanwhile")
    expect(body_of(bo)).to_contain_text("Ana wrote more.")
    bo.keyboard.type(" And goes on.")
    expect(state(bo)).to_have_text(re.compile(r"^Saved \d\d:\d\d"))
    both = (
        "<p>We ask you to keep the bridge open. Bo is here. And goes on.</p>"
        "<p>It is the only one. Ana was here.</p><p>Ana wrote more.</p>"
    )
    assert text_of(letter).body == both
    bo.keyboard.press("Control+z")  # takes back what Bo typed, not what Ana did
    expect(body_of(bo)).not_to_contain_text("And goes on.")
    expect(body_of(bo)).to_contain_text("Ana wrote more.")


def test_writers_of_plain_text_are_merged(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), visit(letter, "Bo")
    bo.goto(url(letter, "write") + "?as=text")
    append(ana, " Ana was here.")
    expect(state(ana)).to_contain_text("Saved")
    text = bo.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("bridge open.", "bridge open. Bo was here."))
    bo.get_by_label("Place").focus()
    expect(state(bo)).to_contain_text("Other paragraphs were changed meanwhile")
    assert "Ana was here." in text.input_value()
    assert "Bo was here." in text_of(letter).body
