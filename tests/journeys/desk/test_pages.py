"""The pages of the desk in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from letters import services
from letters.models import Letter
from letters.services import renderings
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.journeys.accessible import problems
from tests.journeys.desk.writing_page import both_versions, state, url, written

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]


def test_arranging_recipients_is_saved_without_a_question(visit):
    letter = LetterFactory()
    page = written(visit(letter, "Ana"), letter)
    page.get_by_label("Place").fill("Geneva")
    page.get_by_role("button", name="Add another recipient").click()
    expect(page.get_by_label("Place")).to_have_value("Geneva")
    expect(page.locator("[data-save-restore]")).to_be_hidden()
    page.get_by_label("Name").last.fill("Second Person")
    expect(state(page)).to_contain_text("Saved")
    assert list(letter.recipients.values_list("name", flat=True)) == ["Ada Example", "Second Person"]
    assert Letter.objects.get().place == "Geneva"


def test_desk_pages_are_accessible_and_fit_a_phone(visit):
    draft = LetterFactory()
    opened, closed = OpenLetterFactory(campaign=draft.campaign), OpenLetterFactory(campaign=draft.campaign)
    for letter in (opened, closed):
        SignatoryFactory(letter=letter, listed=True)
        SignatoryFactory(letter=letter)
    services.close(closed, by=UserFactory())
    page = visit(draft, "Ana")
    pages = [
        reverse("campaigns:desk"),
        reverse("letters:new"),
        *(url(draft, name) for name in ("overview", "write", "timetable", "open_for_signing")),
        url(draft, "write") + "?as=text",
        *(url(opened, name) for name in ("overview", "signatories", "close")),
        *(url(closed, name) for name in ("overview", "freeze", "reopen")),
    ]
    for address in pages:
        page.goto(address)
        assert problems(page) == [], address
    services.freeze(closed, by=UserFactory())
    page.goto(url(closed, "overview"))
    assert problems(page) == []
    both_versions(page, draft)
    assert problems(page) == []


def test_document_appears_by_itself(visit):
    letter = OpenLetterFactory()
    services.close(letter, by=UserFactory())
    page = visit(letter, "Ana")
    page.goto(url(letter, "freeze"))
    page.get_by_role("button", name="Freeze").click()
    expect(page.get_by_text("The PDF waits to be set.")).to_be_visible()
    renderings.render_due()
    expect(page.get_by_role("link", name="Download the PDF")).to_be_visible()
