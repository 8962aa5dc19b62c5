"""The words to share, copied by a button; where the browser refuses, they are selected and the page says so."""

import pytest
from playwright.sync_api import expect

from tests.factories import OpenLetterFactory

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(120),
    pytest.mark.usefixtures("plain_static_files"),
]

SELECTED = "area => area.value.slice(area.selectionStart, area.selectionEnd)"


@pytest.fixture
def shared(browser, live_server):
    """The letter's page with the words to share laid open, in a browser that may write to the clipboard or may not."""
    contexts = []

    def opened(may_copy):
        context = browser.new_context()
        contexts.append(context)
        session = browser.new_browser_cdp_session()
        permission = {"name": "clipboard-write", "allowWithoutSanitization": False}
        (found,) = [one for one in session.send("Target.getBrowserContexts")["browserContextIds"] if one not in before]
        session.send(
            "Browser.setPermission",
            {"permission": permission, "setting": "granted" if may_copy else "denied", "browserContextId": found},
        )
        page = context.new_page()
        page.goto(live_server.url + OpenLetterFactory().get_absolute_url())
        page.get_by_text("Share this letter").click()
        return page

    before = browser.new_browser_cdp_session().send("Target.getBrowserContexts")["browserContextIds"]
    yield opened
    for context in contexts:
        context.close()


def test_button_copies_the_words_and_says_so(shared):
    page = shared(may_copy=True)
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text("Copied")


def test_refused_copy_leaves_the_words_selected_and_says_so(shared):
    page = shared(may_copy=False)
    area = page.get_by_label("Text to copy into a message or a post")
    assert area.evaluate(SELECTED) == ""
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status")).to_have_text(
        "Your browser did not allow it. The text is selected: copy it from there."
    )
    assert area.evaluate(SELECTED) == area.input_value()
    expect(area).to_be_focused()
