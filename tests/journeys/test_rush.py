"""The form in a rush: with script a sum is done meanwhile, without it one waits; both see the same pages."""

import time

import pytest
from playwright.sync_api import expect

from signatories import guarding
from signatories.models import Signatory
from signatories.services import holding
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.journeys.accessible import violations
from tests.journeys.test_form import fill_in, go_on

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _rush(settings):
    """Ten are one; and everybody here has one address, from which the first few have come already."""
    settings.SIGN_ON_RUSH = 10
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def letter(monkeypatch):
    monkeypatch.setattr(holding, "FIRST_FEW", 0)
    letter = OpenLetterFactory()
    SignatoryFactory.create_batch(10, letter=letter)
    holding.forget()
    return letter


@pytest.mark.parametrize("script", [True, False])
def test_sum_is_done_while_one_types(browser, live_server, letter, script):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=script)
    page = context.new_page()
    started_at = time.monotonic()
    fill_in(page, letter, name="River Watch")
    if script:
        expect(page.locator("[name=proof]")).not_to_have_value("", timeout=30_000)
        assert violations(page) == []
    go_on(page)
    time.sleep(max(0, guarding.LEAST + 0.2 - (time.monotonic() - started_at)))
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step: look in your mailbox")
    row = Signatory.objects.get(name="River Watch")
    assert row.held_because == ("" if script else Signatory.HeldBecause.PRESSURE)
    context.close()


def test_hidden_field_is_out_of_the_way(browser, live_server, letter):
    """It is no stop of the keyboard, and takes no space."""
    page = browser.new_page(base_url=live_server.url)
    fill_in(page, letter)
    trap = page.locator(f"[name={guarding.TRAP}]")
    assert (trap.get_attribute("tabindex"), trap.get_attribute("autocomplete")) == ("-1", "off")
    box = page.locator("p", has=trap).bounding_box()
    assert (box["width"], box["height"]) == (1, 1)
    page.close()
