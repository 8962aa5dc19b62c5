"""Mail gateways that open links in a browser, run their scripts and press what can be pressed: none of it confirms."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error, expect

from signatories.models import Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, confirmation_token
from tests.signatories import test_links_battery as battery
from tests.signatories.test_confirm_page import everything

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PRESSABLE = "button, a, summary, input[type=submit], input[type=button], [role=button], [onclick]"  # no label: a choice
SCRIPTED = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def site(live_server, settings):
    settings.ROOT_URLCONF = "tests.signatories.naive_confirmation"  # the site's own pages, and two naive ones
    return live_server.url


@pytest.fixture
def visit(browser, site):
    contexts = []

    def somebody(scripts=True):
        contexts.append(browser.new_context(base_url=site, java_script_enabled=scripts))
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        return page

    yield somebody
    for context in contexts:
        context.close()


def link_to(name):
    return reverse(name, args=[confirmation_token(SignatoryFactory())])


def scan(page, address, stay=3000):
    """Open it and stay a while; then, opening it anew each time, press one thing after the other; how many."""
    page.goto(address)
    page.wait_for_timeout(stay)
    count = page.locator(PRESSABLE).count()
    for place in range(count):
        page.goto(address)
        press(page, page.locator(PRESSABLE).nth(place))
    return count


def press(page, thing):
    try:
        thing.click(force=True, timeout=2000)  # scanners do not care what a person could see or reach
    except Error:
        thing.dispatch_event("click")  # outside the window, as the skip link is
    page.wait_for_load_state("networkidle")


@SCRIPTED
def test_scanner_that_presses_everything_changes_nothing(visit, scripts):
    link = link_to("signatories:confirm")
    before = everything()
    assert scan(visit(scripts), link) >= 3
    assert everything() == before


def test_scanner_that_presses_everything_behind_every_link_changes_nothing(visit):
    """Five links of all purposes, or fifty with LINKS=1000; of one's own page, the pages behind it as well."""
    links = battery.some(max(5, battery.LINKS // 20), OpenLetterFactory())
    before, page = battery.everything(), visit()
    for kind, _signatory, link in links:
        for more in ("", "correct/", "visibility/", "withdraw/", "mails/", "data/") if kind == "mine" else ("",):
            assert scan(page, link + more, stay=300) >= 3
    assert battery.everything() == before
    for kind, _signatory, link in links:
        battery.answer(Client(), kind, link)
    assert [kind for kind, one, _link in links if not battery.HEARD[kind](Signatory.objects.get(pk=one.pk))] == []


def test_scanner_that_sends_every_form_changes_nothing(visit):
    link = link_to("signatories:confirm")
    before, page = everything(), visit()
    page.goto(link)
    with page.expect_navigation():
        page.evaluate("document.querySelectorAll('form').forEach(form => form.submit())")
    expect(page.get_by_role("link", name="Choose one of them.")).to_be_visible()
    assert everything() == before


@SCRIPTED
@pytest.mark.parametrize("name", ["by_get", "by_button"])
def test_scanner_confirms_a_naive_page(visit, name, scripts):
    """The control: the same scanner on the links that most sites send."""
    scan(visit(scripts), link_to(name))
    assert Signatory.objects.get().status == "confirmed"


@SCRIPTED
@pytest.mark.parametrize(
    ("choice", "heading", "status"),
    [
        ("Yes, we sign this letter", "Thank you: your sign-on is confirmed", "confirmed"),
        ("No, we did not ask for this", "Nothing was signed", "withdrawn"),
    ],
)
def test_choosing_and_sending_works(visit, scripts, choice, heading, status):
    page = visit(scripts)
    page.goto(link_to("signatories:confirm"))
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert Signatory.objects.get().status == status


def test_choosing_needs_no_cookies(visit):
    page = visit()
    page.goto(link_to("signatories:confirm"))
    page.context.clear_cookies()
    page.get_by_label("Yes, we sign this letter").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("heading", name="your sign-on is confirmed")).to_be_visible()
    assert page.context.cookies() == []
    assert Signatory.objects.get().status == "confirmed"
