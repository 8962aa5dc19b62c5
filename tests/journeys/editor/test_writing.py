"""Writing in the editor in a real browser, under the site's own Content-Security-Policy."""

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import violations
from tests.journeys.editor.pages import opened, saved

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_editor_writes_every_kind_of_text(page):
    opened(page)
    keyboard = page.keyboard
    page.get_by_role("button", name="Heading", exact=True).click()
    keyboard.type("Our concern")
    keyboard.press("Enter")
    keyboard.type("Plain ")
    keyboard.press("Control+b")
    keyboard.type("bold")
    keyboard.press("Control+b")
    keyboard.press("Enter")
    page.get_by_role("button", name="Bullets").click()
    keyboard.type("first")
    keyboard.press("Enter")
    keyboard.type("second")
    keyboard.press("Enter")
    keyboard.press("Enter")
    page.get_by_role("button", name="Quote").click()
    keyboard.type("quoted")
    assert saved(page) == (
        "<h2>Our concern</h2><p>Plain <strong>bold</strong></p>"
        "<ul><li><p>first</p></li><li><p>second</p></li></ul><blockquote><p>quoted</p></blockquote>"
    )


def test_editor_links_by_keyboard(page):
    opened(page, "<p>report</p>")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.get_by_label("Web or e-mail address").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter a full address")).to_be_visible()
    page.get_by_label("Web or e-mail address").fill("example.org/report")
    page.keyboard.press("Enter")
    assert saved(page) == '<p><a href="https://example.org/report">report</a></p>'


def test_editor_writes_edits_and_removes_footnotes(page):
    opened(page, "<p>Words.</p>")
    page.keyboard.press("End")
    page.get_by_role("button", name="Footnote", exact=True).click()
    page.keyboard.type("See ")
    page.keyboard.press("Control+i")
    page.keyboard.type("Report")
    page.keyboard.press("Enter")
    expect(page.locator("sup.footnote")).to_have_attribute("aria-label", "Footnote: See Report")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type(", page 3")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    assert saved(page) == '<p>Words.<sup data-footnote="">See <em>Report, page 3</em></sup></p>'
    page.locator("sup.footnote").dblclick()
    page.get_by_role("button", name="Remove the footnote").click()
    assert saved(page) == "<p>Words.</p>"


def test_toolbar_has_one_tab_stop_and_arrows(page):
    opened(page)
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Text of the letter")).to_be_focused()


def test_editor_writes_from_right_to_left(page):
    text = opened(page, "<p>مرحبا</p>", "ar")
    expect(text).to_have_attribute("dir", "rtl")
    expect(text).to_have_attribute("lang", "ar")


@pytest.mark.parametrize("dialog", ["", "Link", "Footnote"])
def test_editor_is_accessible(page, dialog):
    opened(page, '<h2>Title</h2><p>Words<sup data-footnote="">note</sup></p><ul><li><p>a</p></li></ul>')
    if dialog:
        page.get_by_role("button", name=dialog, exact=True).click()
    assert violations(page) == []
