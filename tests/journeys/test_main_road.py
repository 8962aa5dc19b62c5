"""The main road, on the site as `make run` starts it: from an empty page to the PDF, as the three people go it."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from campaigns.demonstration import LOGINS
from tests.test_supervisor import Up

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

PASSWORDS = {role: (email, password) for role, email, password in LOGINS}
PARAGRAPHS = [
    f"The {ordinal} thing we say about the lighthouse of Marrow Point, “dark since {1990 + n}”, is: it must shine."
    for n, ordinal in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())
]
SIGNERS = [
    ("Harbor Pilots of Marrow", "HPM", "KE", "ada@pilots.example"),
    ("جمعية منارة البحر", "", "EG", "samir@manara.example"),
    ("海岸灯塔之友", "", "CN", "lin@dengta.example"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """`manage.py up` in a folder of its own: web, workers, scheduler, mail page, demonstration logins."""
    up = Up(tmp_path_factory.mktemp("site"))
    up.start_and_wait()
    yield up
    up.process.terminate()
    up.process.wait(30)


@pytest.fixture
def visit(browser, site):
    """A fresh browser for one person; complains about anything the console complains about."""
    complaints = []

    def somebody(**options):
        context = browser.new_context(base_url=site.environ["SITE_URL"], **options)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield somebody
    assert complaints == []


def signed_in(page, role):
    email, password = PASSWORDS[role]
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/desk/$"))
    return page


def paste(page, text):
    """As from the clipboard: plain text into the editor."""
    page.locator(".editor-text").first.evaluate(
        """(element, text) => {
            const data = new DataTransfer()
            data.setData("text/plain", text)
            element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        text,
    )


def draft(page):
    """Write the letter and set its time; return its public address."""
    page.get_by_role("link", name="New letter").click()
    page.get_by_role("link", name="With an empty page").click()
    page.get_by_label("Title").fill("Joint letter for the lighthouse of Marrow Point")
    page.get_by_role("button", name="Start writing").click()
    page.get_by_label("Place").fill("Marrow")
    page.get_by_label("Date", exact=False).first.fill("2026-09-05")
    page.get_by_label("Month and year", exact=True).check()
    page.get_by_role("button", name="Add a recipient").click()
    expect(page.get_by_label("Place")).to_have_value("Marrow")  # pressing a button loses nothing
    page.get_by_label("Honorific").fill("H.E.")
    page.get_by_label("Name").fill("Ottoline Brack")
    page.get_by_label("Office").fill("Commissioner for Lights")
    page.get_by_label("Salutation").fill("Dear Commissioner,")
    page.get_by_label("Closing").fill("With the expression of our respect,")
    paste(page, "\n\n".join(PARAGRAPHS))
    expect(page.locator(".editor-text p")).to_have_count(10)
    expect(page.locator("p[data-save-state]")).to_contain_text("Saved", timeout=20_000)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("link", name="Timetable and address").click()
    closes = datetime.now(UTC) + timedelta(days=14)
    page.get_by_label("Time zone").select_option("Africa/Nairobi")
    page.get_by_label("Closes").fill(closes.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Open for sign-on").click()
    page.get_by_role("button", name="Open for sign-on").click()
    page.get_by_role("link", name="See the public page").click()
    return page.url


def sign(page, address, name, acronym, country, email):
    """An organization, on a phone and without script."""
    page.goto(address)
    page.get_by_role("link", name="Sign for your organization").first.click()
    page.get_by_role("textbox", name="Organization").fill(name)
    page.get_by_label("Acronym").fill(acronym)
    page.get_by_label("Country").select_option(country)
    page.get_by_label("nationally", exact=True).check()
    page.get_by_label("Your name").fill("Somebody There")
    page.get_by_label("Your role there").fill("Director")
    page.get_by_label("Your work e-mail").fill(email)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")  # kept, and said what to do
    page.get_by_label("I am authorized").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".printed-line")).to_contain_text(name)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("look in your mailbox")


def confirm(page, name):
    """From the mail page, as from a mailbox."""
    for _ in range(40):
        page.goto("/mail/")
        mail = page.get_by_role("link", name=f"Please confirm: {name}")
        if mail.count():
            break
        page.wait_for_timeout(500)
    mail.first.click()
    page.locator("a[href*='/confirm/']").first.click()
    page.get_by_label("Yes, we sign this letter").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("confirmed")


def vet(page):
    """Everybody who waits on this letter, at once."""
    page.get_by_role("link", name="Vetting desk", exact=True).click()
    page.goto("/admin/signatories/signatory/")
    page.get_by_role("link", name=re.compile("lighthouse")).first.click()
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label="Approve and list")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name=re.compile("Approve|List")).click()
    expect(page.locator(".messagelist")).to_contain_text("3")


def freeze(page, address):
    """Close, freeze, and take the PDF home."""
    slug = address.rstrip("/").rsplit("/", 1)[1]
    page.goto(f"/desk/letters/{slug}/")
    page.get_by_role("link", name="Close now").click()
    page.get_by_role("button", name="Close now").click()
    page.get_by_role("link", name="Freeze an edition").click()
    page.get_by_role("button", name="Freeze").click()
    link = page.get_by_role("link", name="Download the PDF")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_bytes()


def test_main_road_leads_from_an_empty_page_to_the_pdf(visit):
    coordinator = signed_in(visit(), "coordinator")
    address = draft(coordinator)
    phone = visit(java_script_enabled=False, viewport={"width": 360, "height": 740})
    for signer in SIGNERS:
        sign(phone, address, *signer)
    for name, *_rest in SIGNERS:
        confirm(phone, name)
    phone.goto(address)
    expect(phone.locator("body")).not_to_contain_text("Harbor Pilots")  # confirmed is not listed
    vet(signed_in(visit(), "vetter"))
    content = freeze(coordinator, address)
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
    for expected in ("Harbor Pilots of Marrow (HPM)", "海岸灯塔之友", "Ottoline Brack", "September 2026"):
        assert expected in words
    for paragraph in PARAGRAPHS:
        assert paragraph[:30] in words
    phone.wait_for_timeout(2500)  # public pages may be two seconds old
    phone.goto(address)
    for name, *_rest in SIGNERS:
        expect(phone.locator("body")).to_contain_text(name)
    expect(phone.locator("body")).to_contain_text("3 organizations from 3 countries")
