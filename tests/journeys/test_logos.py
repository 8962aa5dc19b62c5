"""Logos are put into the letterhead in a browser, with a keyboard's means, and the page stays usable at any width."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from letters import services
from letters.pdf import logos
from tests.factories import LetterFactory, MembershipFactory, UserFactory
from tests.journeys.accessible import problems
from tests.letters.test_pdf_logos import drawn

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]
WIDTHS = (360, 1280)


@pytest.fixture
def page(browser, live_server):
    letter = LetterFactory()
    client = Client()
    client.force_login(MembershipFactory(campaign=letter.campaign, role="coordinator").user)
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.letter = letter
    page.goto(reverse("letters:look", args=[letter.slug]))
    yield page
    context.close()


def choose(page, name, content, owner):
    page.get_by_label("Another logo for the letterhead").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": content}
    )
    page.get_by_label("Whose logo it is").fill(owner)
    page.get_by_role("button", name="Save").click()


def test_logos_are_added_moved_and_removed(page):
    page.get_by_label("US Letter").check()
    choose(page, "logo.svg", b"<svg/>", "Reef Watch")
    expect(page.get_by_role("alert")).to_contain_text("This is neither PNG nor JPEG.")
    expect(page.get_by_label("US Letter")).to_be_checked()
    expect(page.get_by_label("Whose logo it is")).to_have_value("Reef Watch")
    choose(page, "logo.png", drawn(), "Reef Watch")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    choose(page, "other.png", drawn(400, 200, (20, 90, 160)), "Harbour Light")
    rows = page.get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Reef Watch")
    page.get_by_role("row", name="Harbour Light").get_by_role("button", name="Move up").click()
    expect(rows.nth(1)).to_contain_text("Harbour Light")
    page.get_by_role("row", name="Reef Watch").get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(2)
    page.letter.refresh_from_db()
    assert [one.name for one in page.letter.printed_look.logos] == ["Harbour Light"]
    assert page.letter.printed_look.paper == "letter"


def test_page_with_six_logos_is_accessible_and_fits(page):
    for number in range(6):
        picture = logos.read(drawn(200 + 60 * number, 120, (30 * number, 90, 160)))
        services.add_logo(page.letter, picture, f"Federation of Harbour Watchers {number}", by=UserFactory())
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        expect(page.get_by_role("row")).to_have_count(7)
        assert problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
