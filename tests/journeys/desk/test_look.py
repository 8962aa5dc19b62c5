"""The look of the document, chosen beside the pages that change with it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from letters.models import Letter
from tests.factories import LetterFactory
from tests.journeys.accessible import problems

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
    pytest.mark.usefixtures("plain_static_files"),
]
SET = 60_000  # ms, of a busy machine, for a document


def pages(page):
    return page.frame_locator("iframe[name=look]").locator("img")


def test_pages_follow_what_is_chosen_and_saving_keeps_it(visit):
    letter = LetterFactory()
    page = visit(letter, "Ana")
    page.goto(reverse("letters:look", args=[letter.slug]))
    expect(pages(page).first).to_have_attribute("height", "1273", timeout=SET)
    page.get_by_label("US Letter").check()
    expect(pages(page).first).to_have_attribute("height", "1165", timeout=SET)
    assert Letter.objects.get().look == {}
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Documents look like this from now on")).to_be_visible()
    assert Letter.objects.get().look == {"paper": "letter"}
    expect(pages(page).first).to_have_attribute("height", "1165", timeout=SET)


def test_look_can_be_tried_without_script_and_on_a_phone(visit):
    letter = LetterFactory()
    page = visit(letter, "Ana", java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(reverse("letters:look", args=[letter.slug]))
    page.get_by_label("Running on").check()
    page.get_by_role("button", name="Try it, without saving").click()
    expect(page.get_by_text("which is not saved")).to_be_visible()
    expect(page.get_by_label("Running on")).to_be_checked()
    assert Letter.objects.get().look == {}


def test_page_is_accessible_and_fits_a_phone(visit):
    letter = LetterFactory()
    page = visit(letter, "Ana")
    page.goto(reverse("letters:look", args=[letter.slug]))
    expect(pages(page).first).to_be_visible(timeout=SET)
    assert problems(page) == []
