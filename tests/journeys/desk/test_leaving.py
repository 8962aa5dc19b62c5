"""The writing page is left, or the session ends: what was typed is kept."""

import pytest
from playwright.sync_api import expect

from letters import services
from letters.models import Letter
from letters.services import drafting
from tests.factories import LetterFactory, OpenLetterFactory, UserFactory
from tests.journeys.desk.writing_page import append, body_of, come_back, state, text_of, url, written

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]


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
