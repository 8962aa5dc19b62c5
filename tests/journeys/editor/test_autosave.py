"""Saving by itself: after a pause, without a connection, signed out, and when somebody else was faster."""

import pytest
from playwright.sync_api import expect

from tests.journeys.editor.pages import stored

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft_page(page):
    stored.update(body="<p>Before.</p>", version=1, signed_out=False)
    page.goto("/draft/")
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.get_by_role("textbox", name="Text of the letter").click()
    page.keyboard.press("End")
    return page


def kept_here(page):
    return page.evaluate("JSON.stringify(localStorage)")


def test_autosave_saves_a_pause_after_typing(draft_page):
    draft_page.keyboard.type(" After")
    expect(draft_page.get_by_role("status")).to_have_text("Changes not saved yet")
    assert "After" in kept_here(draft_page)
    expect(draft_page.get_by_role("status")).to_have_text("Saved 14:02")
    assert (stored["body"], stored["version"]) == ("<p>Before. After</p>", 2)
    assert kept_here(draft_page) == "{}"
    draft_page.keyboard.type(" that")
    expect(draft_page.locator("[name=version]")).to_have_value("3")
    assert stored["body"] == "<p>Before. After that</p>"


def test_autosave_keeps_what_is_typed_without_a_connection(draft_page):
    draft_page.context.set_offline(True)
    draft_page.keyboard.type(" Offline")
    expect(draft_page.get_by_role("status")).to_contain_text("Not saved: no connection.")
    assert "Offline" in kept_here(draft_page)
    draft_page.context.set_offline(False)
    expect(draft_page.get_by_role("status")).to_have_text("Saved 14:02")
    assert stored["body"] == "<p>Before. Offline</p>"


@pytest.mark.parametrize(("choice", "shown"), [("Put it back", "Before. Lost"), ("Throw it away", "Before.")])
def test_autosave_offers_what_the_last_visit_could_not_save(draft_page, choice, shown):
    stored["signed_out"] = True
    draft_page.keyboard.type(" Lost")
    expect(draft_page.get_by_role("status")).to_contain_text("Not saved: you have been signed out.")
    asked = []
    draft_page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    draft_page.goto("/draft/")
    assert asked == ["beforeunload"]
    stored["signed_out"] = False
    draft_page.get_by_role("button", name=choice).click()
    expect(draft_page.get_by_role("textbox", name="Text of the letter")).to_have_text(shown)
    draft_page.wait_for_timeout(2_500)
    assert stored["body"] == f"<p>{shown}</p>"
    assert kept_here(draft_page) == "{}"


def test_autosave_goes_on_after_signing_in_again(draft_page):
    stored["signed_out"] = True
    draft_page.keyboard.type(" Later")
    expect(draft_page.get_by_role("status")).to_contain_text("Not saved: you have been signed out.")
    stored["signed_out"] = False
    draft_page.context.clear_cookies()  # the token of the form is worth nothing now, as after a new sign-in
    expect(draft_page.get_by_role("status")).to_have_text("Saved 14:02", timeout=20_000)
    assert stored["body"] == "<p>Before. Later</p>"


def test_autosave_shows_a_conflict_and_overwrites_nothing(draft_page):
    stored.update(body="<p>Theirs.</p>", version=7)
    draft_page.keyboard.type(" Mine")
    expect(draft_page.get_by_role("status")).to_contain_text("Ana has changed this letter.")
    expect(draft_page.get_by_role("button", name="See both versions")).to_be_visible()
    draft_page.keyboard.type(" too")
    draft_page.wait_for_timeout(2_500)
    assert stored["body"] == "<p>Theirs.</p>"
    assert "Mine too" in kept_here(draft_page)


def test_autosave_says_what_is_wrong(draft_page):
    draft_page.keyboard.type(" forbidden")
    expect(draft_page.get_by_role("status")).to_have_text("Not saved: This word is not allowed.")
