"""The sign-on form in a browser, without script: by keyboard, on a narrow screen, back and forth, on a bad line."""

import pytest
from playwright.sync_api import expect

from signatories.models import Line, Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.journeys.accessible import violations

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("plain_static_files"),
]

LONG = {
    "Latin": "Observatoire " * 15,
    "one word": "W" * 200,
    "Arabic": "جمعية أصدقاء النهر والبحيرة " * 7,
    "Han": "海岸灯塔之友" * 33,
}


@pytest.fixture
def phone(browser, live_server):
    """320 px wide, no script, and no memory of others."""
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    assert context.cookies() == []
    context.close()


def fill_in(page, letter, name="River Watch"):
    page.goto(f"/letters/{letter.slug}/sign/")
    page.get_by_role("textbox", name="Organization").fill(name)
    page.get_by_label("Country").select_option("KE")
    page.get_by_label("nationally", exact=True).check()
    page.get_by_label("Your name").fill("Ama Mensah")
    page.get_by_label("Your role there").fill("Director")
    page.get_by_label("Your work e-mail").fill("ama@river.example")
    page.get_by_label("I am authorized").check()


def go_on(page):
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def is_as_wide_as_the_screen(page):
    """Measured by the browser's own command, since the page may run no script."""
    return page.locator("html").bounding_box()["width"] == 320 and page.locator("main").bounding_box()["width"] <= 320


def test_keyboard_alone_signs(phone):
    letter = OpenLetterFactory(open_to="both")
    phone.goto(f"/letters/{letter.slug}/sign/")
    phone.get_by_role("link", name="A person, in a personal capacity").focus()

    def tab(words="", key=""):
        phone.keyboard.press("Tab")
        phone.keyboard.type(words)
        if key:
            phone.keyboard.press(key)

    tab("River Watch")
    tab("Kenya")
    tab(key="Space")  # the first of the radio buttons
    phone.keyboard.press("ArrowDown")
    tab(key="Enter")  # unfolds
    tab("RW")
    for _ in range(4):
        tab()
    tab("Ama Mensah")
    tab("Director")
    tab("ama@river.example")
    tab(key="ArrowDown")  # from "print our name" to the next
    tab(key="Space")
    tab(key="Enter")
    expect(phone.locator(".printed-line")).to_have_text("River Watch (RW), Kenya")
    phone.get_by_role("button", name="Change How should it be listed?").focus()
    tab(key="Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("look in your mailbox")
    signatory = Signatory.objects.get()
    assert (signatory.line.name, signatory.scope, signatory.visibility) == ("River Watch", "national", "recipient")


def test_back_button_loses_nothing(phone):
    fill_in(phone, OpenLetterFactory())
    go_on(phone)
    phone.go_back()
    expect(phone.get_by_role("textbox", name="Organization")).to_have_value("River Watch")
    expect(phone.get_by_label("Your work e-mail")).to_have_value("ama@river.example")
    expect(phone.get_by_label("nationally", exact=True)).to_be_checked()
    expect(phone.get_by_label("Country")).to_have_value("KE")


def test_change_leads_to_the_field_with_everything_kept(phone):
    fill_in(phone, OpenLetterFactory())
    go_on(phone)
    phone.get_by_role("button", name="Change Your name").click()
    expect(phone.get_by_label("Your name")).to_be_focused()
    phone.keyboard.press("ControlOrMeta+A")
    phone.keyboard.type("Kofi Mensah")
    go_on(phone)
    expect(phone.locator("dl.facts")).to_contain_text("Kofi Mensah")
    expect(phone.locator("dl.facts")).to_contain_text("ama@river.example")


def test_a_dropped_line_and_impatience_are_harmless(phone):
    fill_in(phone, OpenLetterFactory())
    go_on(phone)

    def lose_the_answer(route):
        route.fetch(max_redirects=0)
        route.abort()

    phone.route("**/sign/", lose_the_answer)
    phone.get_by_role("button", name="Send").click()
    phone.wait_for_url("chrome-error://**")
    phone.unroute("**/sign/")
    assert Signatory.objects.count() == 1
    phone.go_back()
    go_on(phone)  # the form is as it was
    phone.get_by_role("button", name="Send").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("look in your mailbox")
    assert Signatory.objects.count() == 1


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
def test_long_names_in_any_direction_fit_a_narrow_screen(phone, name):
    fill_in(phone, OpenLetterFactory(), name[:200].strip())
    go_on(phone)
    assert is_as_wide_as_the_screen(phone)
    line = phone.locator(".printed-line").bounding_box()
    written = phone.locator(".printed-line bdi").first.bounding_box()
    assert written["x"] >= line["x"]
    assert written["x"] + written["width"] <= line["x"] + line["width"]


def test_every_page_is_accessible(browser, live_server):
    letter = OpenLetterFactory(open_to="both")
    SignatoryFactory(letter=letter, line=Line("River Watch", "", "KE"), listed=True)
    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    found = {}

    def look(where):
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found[where] = violations(page)

    page.goto(f"/letters/{letter.slug}/sign/individual/")
    look("individual")
    page.goto(f"/letters/{letter.slug}/sign/")
    look("form")
    page.get_by_role("button", name="Continue").click()
    look("errors")
    fill_in(page, letter)
    page.get_by_label("Your work e-mail").fill("ama@gmial.com")
    page.get_by_label("Withhold our name").check()
    go_on(page)
    look("answers")
    page.get_by_role("button", name="Send").click()
    look("sent")
    page.goto(f"/letters/{letter.slug}/sign/already/")
    look("already")
    context.close()
    assert {where: broken for where, broken in found.items() if broken} == {}
    assert len(found) == 6


def test_one_already_listed_is_told_that_there_is_nothing_to_do(phone):
    letter = OpenLetterFactory()
    SignatoryFactory(letter=letter, line=Line("River Watch", "", "KE"), listed=True)
    fill_in(phone, letter)
    go_on(phone)
    phone.get_by_role("link", name="It is us").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("no need to sign again")
    assert Signatory.objects.count() == 1
