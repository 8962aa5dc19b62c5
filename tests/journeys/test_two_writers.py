"""Two coordinators at one letter, each in a browser of their own: nothing that anybody typed is lost."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from letters import services
from letters.models import Letter
from letters.services import drafting, renderings
from tests.factories import LetterFactory, MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXPECTED = ("409", "422", "302", "ERR_INTERNET_DISCONNECTED")  # answers the browser logs and the page deals with


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def visit(browser, live_server):
    """A browser signed in as a new coordinator of the letter's team."""
    complaints, contexts = [], []

    def signed_in(letter, name, **options):
        user = MembershipFactory(campaign=letter.campaign, role="coordinator", user__name=name).user
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.user = user
        come_back(page, live_server)
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(message):
    answered = message.text.startswith("Failed to load resource") and any(code in message.text for code in EXPECTED)
    return message.type in ("error", "warning") and not answered


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


def state(page):
    return page.locator("[data-save-state]").last


def text_of(letter):
    return Letter.objects.get(pk=letter.pk).text


def choose(page, part, label):
    page.get_by_role("region", name=part, exact=True).get_by_label(label).check()


def test_two_writers_see_both_versions_and_lose_nothing(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    append(ana, " Ana was here.")
    ana.get_by_label("Title").fill("Ana’s title")
    expect(state(ana)).to_contain_text("Saved")
    assert text_of(letter).title == "Ana’s title"
    bo.get_by_label("Place").fill("Bern")
    bo.get_by_label("Title").fill("Bo’s title")
    append(bo, " Bo was here.")
    expect(state(bo)).to_contain_text("Ana has changed this letter.")
    bo.get_by_label("Closing").fill("Bo’s closing,")  # goes on while nothing is saved
    bo.get_by_role("button", name="See both versions").click()
    expect(bo.get_by_role("heading", level=1)).to_have_text("Two versions")
    expect(bo.locator("main")).to_contain_text("Ana was here.")
    expect(bo.get_by_role("textbox", name="Title")).to_have_value("Bo’s title")
    choose(bo, "Title", "The one that is saved")
    append(bo, " Both were.")
    bo.get_by_role("button", name="Save", exact=True).click()
    expect(bo.get_by_text("Choose one of the two.")).to_be_visible()
    choose(bo, "Text", "Yours, as it stands above now")
    bo.get_by_role("button", name="Save", exact=True).click()
    bo.wait_for_url("**" + url(letter, "overview"))
    saved = text_of(letter)
    assert (saved.title, saved.closing) == ("Ana’s title", "Bo’s closing,")
    assert "Bo was here. Both were." in saved.body
    assert Letter.objects.get().place == "Bern"
    written(bo, letter)
    expect(bo.locator("[data-save-restore]")).to_be_hidden()


def test_writers_of_different_parts_do_not_notice_each_other(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    ana.get_by_label("Title").fill("Ana’s title")
    expect(state(ana)).to_contain_text("Saved")
    for words in (" Once.", " Twice."):
        append(bo, words)
        expect(state(bo)).to_contain_text("Changes not saved yet")
        expect(state(bo)).to_contain_text("Saved")
    saved = text_of(letter)
    assert saved.title == "Ana’s title"
    assert "Once. Twice." in saved.body


def begin(page, words):
    """Write at the end of the first paragraph."""
    body_of(page).locator("p").first.click()
    page.wait_for_timeout(100)  # a moment after it is focused, the editor sets the cursor where the click was
    page.keyboard.press("End")
    page.keyboard.type(words)


def test_writers_of_different_paragraphs_see_each_other_and_keep_the_cursor(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    append(ana, " Ana was here.")
    ana.keyboard.press("Enter")
    ana.keyboard.type("Ana wrote more.")
    expect(state(ana)).to_contain_text("Saved")
    begin(bo, " Bo is here.")
    expect(state(bo)).to_contain_text("Other paragraphs were changed meanwhile")
    expect(body_of(bo)).to_contain_text("Ana wrote more.")
    bo.keyboard.type(" And goes on.")
    expect(state(bo)).to_have_text(re.compile(r"^Saved \d\d:\d\d"))
    both = (
        "<p>We ask you to keep the bridge open. Bo is here. And goes on.</p>"
        "<p>It is the only one. Ana was here.</p><p>Ana wrote more.</p>"
    )
    assert text_of(letter).body == both
    bo.keyboard.press("Control+z")  # takes back what Bo typed, not what Ana did
    expect(body_of(bo)).not_to_contain_text("And goes on.")
    expect(body_of(bo)).to_contain_text("Ana wrote more.")


def test_a_writer_who_was_offline_is_merged(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    bo.context.set_offline(True)
    begin(bo, " Bo on the train.")
    expect(state(bo)).to_contain_text("Not saved: no connection.")
    append(ana, " Ana at the desk.")
    expect(state(ana)).to_contain_text("Saved")
    begin(bo, " Still there.")
    bo.context.set_offline(False)
    expect(state(bo)).to_contain_text("Saved")
    for words in ("Bo on the train.", "Still there.", "Ana at the desk."):
        expect(body_of(bo)).to_contain_text(words)
        assert words in text_of(letter).body


def test_a_writer_who_was_offline_in_the_same_paragraph_sees_both(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    bo.context.set_offline(True)
    append(bo, " Bo on the train.")
    expect(state(bo)).to_contain_text("Not saved: no connection.")
    append(ana, " Ana at the desk.")
    expect(state(ana)).to_contain_text("Saved")
    bo.context.set_offline(False)
    expect(state(bo)).to_contain_text("Ana has changed this letter.")
    bo.get_by_role("button", name="See both versions").click()
    expect(bo.locator("main")).to_contain_text("Ana at the desk.")
    expect(body_of(bo)).to_contain_text("Bo on the train.")


def test_writers_of_plain_text_are_merged(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), visit(letter, "Bo")
    bo.goto(url(letter, "write") + "?as=text")
    append(ana, " Ana was here.")
    expect(state(ana)).to_contain_text("Saved")
    text = bo.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("bridge open.", "bridge open. Bo was here."))
    bo.get_by_label("Place").focus()
    expect(state(bo)).to_contain_text("Other paragraphs were changed meanwhile")
    assert "Ana was here." in text.input_value()
    assert "Bo was here." in text_of(letter).body


def test_leaving_both_versions_keeps_ones_own(visit):
    letter = LetterFactory()
    ana, bo = written(visit(letter, "Ana"), letter), written(visit(letter, "Bo"), letter)
    ana.get_by_label("Title").fill("Ana’s title")
    expect(state(ana)).to_contain_text("Saved")
    bo.get_by_label("Title").fill("Bo’s title")
    expect(state(bo)).to_contain_text("Ana has changed this letter.")
    bo.get_by_role("button", name="See both versions").click()
    asked = []
    bo.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    body_of_title = bo.get_by_role("textbox", name="Title")
    body_of_title.fill("Bo’s better title")
    written(bo, letter)
    assert asked == ["beforeunload"]
    expect(bo.get_by_label("Title")).to_have_value("Ana’s title")
    bo.get_by_role("button", name="Put it back").click()
    expect(bo.get_by_label("Title")).to_have_value("Bo’s better title")
    expect(state(bo)).to_contain_text("Ana has changed this letter.")
    assert text_of(letter).title == "Ana’s title"


def test_leaving_with_unsaved_changes_warns(visit):
    letter = LetterFactory()
    page = written(visit(letter, "Ana"), letter)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Back to the overview").click()
    page.wait_for_url("**" + url(letter, "overview"))
    assert asked == []  # nothing changed, nothing asked
    written(page, letter)
    append(page, " Unsaved.")
    page.get_by_role("link", name="Back to the overview").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(body_of(page)).to_contain_text("Unsaved.")


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


def amended():
    """An open letter that prepares an amendment."""
    letter = OpenLetterFactory()
    services.prepare_amendment(letter, by=UserFactory())
    return letter


def long():
    """A text near the longest, in a script that takes three bytes for each character."""
    return LetterFactory(
        text={"body": "".join(f"<p>{n} {'海岸灯塔' * 60}</p>" for n in range(1_150)), "language": "zh-hans"}
    )


@pytest.mark.parametrize("make", [LetterFactory, amended, long])
@pytest.mark.parametrize("way", ["by itself", "by the button"])
def test_an_expired_session_keeps_what_was_typed(visit, live_server, way, make):
    letter = make()
    page = written(visit(letter, "Ana"), letter)
    page.get_by_role("button", name="Add another recipient").click()
    expect(page.frame_locator("iframe").get_by_role("article")).to_be_attached()
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Name").last.fill("Second Person")
    append(page, " After the end.")
    if way == "by itself":
        expect(state(page)).to_contain_text("Not saved: you have been signed out.")
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto("/")
    else:
        page.get_by_role("button", name="Save", exact=True).last.click()
        page.wait_for_url("**/accounts/login/**")
    come_back(page, live_server)
    written(page, letter)
    expect(body_of(page)).not_to_contain_text("After the end.")
    page.get_by_role("button", name="Put it back").click()
    expect(body_of(page)).to_contain_text("After the end.")
    expect(page.get_by_label("Name").last).to_have_value("Second Person")
    expect(state(page)).to_contain_text("Saved")
    saved = drafting.current(Letter.objects.get(pk=letter.pk))
    assert "After the end." in saved.body
    assert [one["name"] for one in saved.recipients] == ["Ada Example", "Second Person"]


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


def problems(page):
    """What axe finds, and what sticks out, on a desktop and on a phone."""
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += [one["id"] for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width} pixels")
    return found
