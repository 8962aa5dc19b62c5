"""Pages of a published letter and of publishing, on a desktop and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from letters.models import Reply
from tests.factories import MembershipFactory, UserFactory
from tests.journeys.accessible import violations
from tests.letters.publishing.published import WORDS, over, prepared, published
from tests.signing_in import sign_in

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]
ARABIC = {
    "headline": "أكثر من {n} منظمات تطلب جسرا",
    "document_line": "رسالة مشتركة إلى المفوضة",
    "lead": "من المقرر إغلاق الجسر في الربيع.",
    "note": "نحن من دعا إلى هذه الرسالة.",
}


@pytest.fixture
def letter():
    letter = over(30)
    said = {"by_whom": "Office of Ada", "received_on": timezone.now().date(), "words": "Thank you.\n\nWe read it."}
    Reply.objects.create(letter=letter, number=1, entered_by=UserFactory(), published_at=timezone.now(), **said)
    published(letter)
    return letter


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def wrong_with(page):
    """What axe finds, where, and what sticks out."""
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} is wider than {width} pixels")
    return found


def test_public_pages_are_fit_for_all(page, live_server, letter):
    for path in ("", "press/", "embed/"):
        page.goto(f"{live_server.url}{letter.get_absolute_url()}{path}")
        assert wrong_with(page) == []


def test_arabic_letter_is_fit_for_all(page, live_server):
    letter = over(7, text={"language": "ar", "title": "من أجل الجسر", "body": "<p>نطلب إليكم أن يبقى الجسر.</p>"})
    published(letter, words={"ar": ARABIC})
    for path in ("", "press/"):
        page.goto(f"{live_server.url}/ar{letter.get_absolute_url()}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text("أكثر من ٥+ منظمات تطلب جسرا")
        assert wrong_with(page) == []


def test_update_leads_to_the_reply(page, live_server, letter):
    page.goto(f"{live_server.url}{letter.get_absolute_url()}")
    page.get_by_role("link", name="UPDATE: read the reply").click()
    expect(page.get_by_text("We read it.")).to_be_in_viewport()


def test_press_kit_copies_its_words(browser, live_server, letter):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{live_server.url}{letter.get_absolute_url()}press/")
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("status").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("30 organizations ask for a heron bridge\nhttp")
    context.close()


def test_printing_prints_headline_line_and_day(page, live_server, letter):
    page.goto(f"{live_server.url}{letter.get_absolute_url()}")
    page.emulate_media(media="print")
    for words in ("30 organizations ask for a heron bridge", "Joint plover letter to the Commissioner – "):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_text("Letter and signatories as a PDF")).to_be_hidden()


def test_desk_pages_are_fit_for_all(page, live_server, client, letter):
    user = MembershipFactory(campaign=letter.campaign).user
    sign_in(client, user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    prepared(letter, edition=letter.editions.get(), words={"en": WORDS}, comes_at=timezone.now() + timedelta(days=1))
    for path in ("", "words/", "preview/", "take-back/"):
        page.goto(f"{live_server.url}/desk/letters/{letter.slug}/publish/{path}")
        assert wrong_with(page) == []
