"""The writing page and, beside it, what the letter will look like."""

import pytest
from playwright.sync_api import expect

from letters import services
from tests.factories import LetterFactory, OpenLetterFactory, UserFactory
from tests.journeys.accessible import problems
from tests.journeys.desk.writing_page import append, state, url, written

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]

LONG = "".join(f"<p>Paragraph {n} of a letter that is longer than the frame.</p>" for n in range(40))
ARABIC = {
    "language": "ar",
    "title": "من أجل الجسر",
    "salutation": "السيدة المفوضة،",
    "body": "<p>نطلب إبقاء الجسر.</p>",
}


@pytest.fixture
def write(visit):
    def opened(letter, width=1280):
        page = visit(letter, "Ana")
        page.set_viewport_size({"width": width, "height": 800})
        return written(page, letter)

    return opened


def look(page, name):
    page.get_by_role("navigation", name="Preview as").get_by_role("link", name=name, exact=True).click()
    chosen = page.locator(".preview [aria-current]")
    expect(chosen).to_have_text(name)
    return page.frame_locator("iframe[name=preview]")


def test_preview_follows_what_is_saved_and_stays_where_it_was(write):
    page = write(LetterFactory(text={"body": LONG}))
    frame = page.frame_locator("iframe[name=preview]")
    expect(frame.get_by_text("not for circulation")).to_be_visible()
    frame.get_by_text("Paragraph 30 ").scroll_into_view_if_needed()
    scrolled = page.frame(name="preview").evaluate("scrollY")
    assert scrolled > 0
    append(page, " A new end.")
    expect(state(page)).to_contain_text("Saved")
    expect(frame.get_by_text("A new end.")).to_be_attached()
    assert page.frame(name="preview").evaluate("scrollY") == scrolled


def test_preview_on_a_phone_is_as_wide_as_one_and_follows(write):
    page = write(LetterFactory())
    phone = look(page, "Phone").frame_locator("iframe")
    expect(phone.get_by_role("heading", level=1)).to_have_text("For the bridge over the Lind")
    inner = next(frame for frame in page.frames if frame.parent_frame and frame.parent_frame.name == "preview")
    assert inner.evaluate("[innerWidth, document.documentElement.scrollWidth]") == [358, 358]  # 360 with its border
    page.get_by_label("Title").fill("A newer title")
    expect(phone.get_by_role("heading", level=1)).to_have_text("A newer title")


def test_preview_of_the_letter_shows_its_pages_and_follows_after_a_pause(write):
    page = write(LetterFactory(text={"body": LONG}))
    frame = look(page, "Letter")
    first = frame.get_by_role("img", name="Page 1 of 2")
    expect(first).to_be_visible()
    before = first.get_attribute("src")
    page.get_by_label("Title").fill("A newer title")
    expect(first).not_to_have_attribute("src", before, timeout=30_000)  # it is set anew in a process of its own
    page.wait_for_function(
        "name => [...frames[name].document.images].every(image => image.naturalWidth === 900)", arg="preview"
    )


def test_preview_shows_the_amendment_and_the_public_page_does_not(write):
    letter = OpenLetterFactory()
    services.prepare_amendment(letter, by=UserFactory())
    page = write(letter)
    page.get_by_label("Title").fill("An amended title")
    expect(page.frame_locator("iframe[name=preview]").get_by_role("heading", level=1)).to_have_text("An amended title")
    page.goto(letter.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("For the bridge over the Lind")


def test_preview_works_without_script(browser, live_server, visit):
    letter = LetterFactory()
    cookies = visit(letter, "Ana").context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=cookies, base_url=live_server.url)
    page = context.new_page()
    page.goto(url(letter, "write") + "?as=text")
    frame = page.frame_locator("iframe[name=preview]")
    for name, what in (("Letter", "img"), ("Phone", "iframe"), ("Page", "article")):
        page.get_by_role("navigation", name="Preview as").get_by_role("link", name=name, exact=True).click()
        expect(frame.locator(what)).to_be_visible()
    page.get_by_label("Title").fill("Typed without script")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.goto(url(letter, "write") + "?as=text")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Typed without script")
    expect(frame.get_by_role("link", name="Reload")).to_be_visible()
    context.close()


def test_preview_of_arabic_reads_from_the_right(write):
    page = write(LetterFactory(text=ARABIC))
    article = page.frame_locator("iframe[name=preview]").get_by_role("article")
    expect(article).to_have_css("direction", "rtl")
    assert problems(page) == []


def test_preview_stands_below_and_is_reached_by_a_link_when_narrow(write):
    page = write(LetterFactory(), width=360)
    page.get_by_role("link", name="See the preview").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_in_viewport()
    expect(page.frame_locator("iframe[name=preview]").get_by_role("heading", level=1)).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("link", name="See the preview")).to_be_hidden()


def test_preview_says_when_it_cannot_be_shown(write):
    page = write(LetterFactory())
    page.context.set_offline(True)
    page.get_by_role("link", name="Phone", exact=True).click()
    expect(page.get_by_text("The preview cannot be shown")).to_be_visible()
    page.context.set_offline(False)
    look(page, "Phone")
    expect(page.get_by_text("The preview cannot be shown")).to_be_hidden()


def test_looks_are_accessible_by_themselves(write):
    letter = LetterFactory(text={"body": LONG})
    page = write(letter)
    for name in ("preview_page", "preview_phone", "preview_letter"):
        page.goto(url(letter, name))
        assert problems(page) == [], name


def test_quotes_are_set_on_demand_and_saved_only_after_a_look(write):
    letter = LetterFactory(text={"body": '<p>It\'s the "only" bridge.</p>'})
    page = write(letter)
    page.get_by_role("button", name="Set quotes and spaces").click()
    expect(page.get_by_text("Set: 3 quotation marks and apostrophes. Look, then save.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_text("It’s the “only” bridge.")
    expect(state(page)).to_have_text("Not saved yet: look at it first.")
    assert problems(page) == []
    page.wait_for_timeout(3_000)
    letter.refresh_from_db()
    assert letter.version == 1
    page.get_by_role("button", name="Back to what it was").click()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_text('It\'s the "only" bridge.')
    page.get_by_role("button", name="Set quotes and spaces").click()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert letter.texts.get().body == "<p>It’s the “only” bridge.</p>"
