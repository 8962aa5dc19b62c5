"""The writing page in a browser: where it is, what is typed, and what is saved."""

from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from letters.models import Letter


def come_back(page, live_server):
    """Sign in (anew)."""
    client = Client()
    client.force_login(page.user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def url(letter, page):
    return reverse(f"letters:{page}", args=[letter.slug])


def written(page, letter):
    page.goto(url(letter, "write"))
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    return page


def body_of(page):
    return page.get_by_role("textbox", name="Text", exact=True)


def append(page, words):
    body_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def begin(page, words):
    """Write at the end of the first paragraph."""
    body_of(page).locator("p").first.click()
    page.wait_for_timeout(100)  # a moment after it is focused, the editor sets the cursor where the click was
    page.keyboard.press("End")
    page.keyboard.type(words)


def state(page):
    return page.locator("[data-save-state]").last


def text_of(letter):
    return Letter.objects.get(pk=letter.pk).text


def both_versions(page, letter):
    """Leave the page that shows both on the screen."""
    written(page, letter)
    other = page.context.new_page()
    for tab, words in ((other, "Theirs"), (page, "Ours")):
        if tab is other:
            written(other, letter)
        tab.get_by_label("Title").fill(words)
        tab.get_by_label("Name").fill(words)
        append(tab, words)
        expect(state(tab)).to_contain_text("Saved" if tab is other else "has changed this letter")
    page.get_by_role("button", name="See both versions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two versions")
