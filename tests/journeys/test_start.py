"""From a text in hand to a letter to be written on, in a browser: pasted with and without script, and from a file."""

from datetime import timedelta

import docx as python_docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from letters import docx, services
from letters.models import Letter
from letters.services import editions
from tests.factories import LetterFactory, MembershipFactory
from tests.journeys.accessible import problems
from tests.letters.starting.in_hand import PASTED, RICH, found

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]


@pytest.fixture
def visit(browser, live_server):
    """A browser signed in as a new coordinator with one campaign, on the page for a new letter."""
    complaints, contexts = [], []

    def signed_in(**options):
        membership = MembershipFactory(role="coordinator")
        client = Client()
        client.force_login(membership.user)
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.campaign = membership.campaign
        page.goto(reverse("letters:new"))
        return page

    yield signed_in
    for context in contexts:
        context.close()
    assert complaints == []


def paste(page, html, text):
    """As from the clipboard; a browser puts the plain words into the box by itself, for a real paste only."""
    page.get_by_label("Your letter").evaluate(
        """(box, [html, text]) => {
            const data = new DataTransfer()
            data.setData("text/html", html)
            data.setData("text/plain", text)
            box.focus()
            box.select()
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
            document.execCommand("insertText", false, text)
        }""",
        [html, text],
    )


def docx_text(path):
    return "\n".join(paragraph.text for paragraph in python_docx.Document(path).paragraphs)


def test_start_pastes_with_formatting(visit):
    page = visit()
    state = page.locator("[data-paste-state]")
    paste(page, "<meta charset='utf-8'><style>p { color: red }</style>" + RICH, "Joint letter\n\nDear Minister,")
    expect(state).to_contain_text("come along")
    assert problems(page) == []
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is what we recognized")
    page.get_by_text("Read the text as it will stand").click()
    expect(page.locator(".letter-body strong")).to_have_text("not")
    assert problems(page) == []
    page.get_by_role("button", name="Use this").click()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Joint letter on the ferry of Ostrel")
    body = Letter.objects.get().text.body
    assert '<a href="https://ferry.example/">spring</a>' in body


def test_start_takes_two_fields_and_eight_buttons_to_an_open_letter(visit):
    """The promise of ten minutes: the letter and the closing time are all that has to be entered."""
    page = visit()
    page.goto(reverse("campaigns:desk"))
    page.get_by_role("link", name="New letter").click()
    page.get_by_label("Your letter").fill(PASTED)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Use this").click()
    page.get_by_role("link", name="Back to the overview").click()
    page.get_by_role("link", name="Timetable and address").click()
    page.get_by_label("Closes").fill(f"{timezone.now() + timedelta(days=14):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Open for sign-on").click()
    page.get_by_role("button", name="Open for sign-on").click()
    expect(page.get_by_role("link", name="See the public page")).to_be_visible()
    letter = Letter.objects.get()
    assert (letter.status, letter.revision.cause) == ("open", "opened")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word file for boards").click()
    assert letter.revision.digest in docx_text(download.value.path())


def test_start_says_when_the_formatting_is_lost(visit):
    page = visit()
    state = page.locator("[data-paste-state]")
    paste(page, RICH, "Joint letter")
    expect(state).to_contain_text("come along")
    page.get_by_label("Your letter").press_sequentially(" and more")
    expect(state).to_contain_text("only its words come along")
    paste(page, "<p>" + "x" * 1_000_001 + "</p>", "Joint letter")
    expect(state).to_contain_text("only its words come along")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("dl.facts").first).to_contain_text("Joint letter")
    page.get_by_role("button", name="Back to the box").click()
    expect(page.get_by_label("Your letter")).to_have_value("Joint letter")


def test_start_goes_without_script_on_a_phone(visit):
    page = visit(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.get_by_label("Your letter").fill(PASTED)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("A list of 4 names stands at the end.")
    expect(page.locator("main")).to_contain_text("2 straight quotes")
    page.get_by_label("This is: Re: The night boat").select_option("Leave out")
    page.get_by_role("button", name="Recognize again").click()
    expect(page.get_by_label("This is: Re: The night boat")).to_have_value("dropped")
    page.get_by_role("button", name="Use this").click()
    letter = Letter.objects.get()
    assert (letter.text.re_line, letter.pasted_roll.count("\n")) == ("", 3)
    page.goto(reverse("letters:overview", args=[letter.slug]))
    page.get_by_text("See the list").click()
    expect(page.get_by_text("Bakers of Ostrel")).to_be_visible()
    page.get_by_role("button", name="Throw the list away").click()
    expect(page.get_by_role("status")).to_contain_text("The list is thrown away.")


def test_start_reads_a_word_file_and_takes_it_away_again(visit, tmp_path):
    page = visit()
    letter = services.start_from(page.campaign, found(), by=page.campaign.members.get())
    file = tmp_path / "letter.docx"
    file.write_bytes(docx.write(editions.previewed(letter, timezone.now())))
    page.get_by_label("Or a Word file").set_input_files(file)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is what we recognized")
    assert problems(page) == []
    page.get_by_role("button", name="Back to the box").click()
    expect(page.locator("[data-paste-state]")).to_contain_text("come along")
    page.goto(reverse("letters:overview", args=[letter.slug]))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Word file").click()
    assert "The night boat of Ostrel" in docx_text(download.value.path())
    assert download.value.suggested_filename == f"{letter.slug}-draft-en.docx"


@pytest.mark.parametrize("way", ["new_like", "new_empty"])
def test_start_has_other_ways_on_sound_pages(visit, way):
    page = visit()
    LetterFactory(campaign=page.campaign)
    page.goto(reverse("letters:new"))
    link = {"new_like": "From an earlier letter", "new_empty": "With an empty page"}[way]
    page.get_by_role("link", name=link).click()
    assert page.url.endswith(reverse(f"letters:{way}"))
    assert problems(page) == []
