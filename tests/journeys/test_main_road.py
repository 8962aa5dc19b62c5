"""The main road, on the site as `make run` starts it: from an empty page to the PDF, as the three people go it."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.people import confirm, sign, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

PARAGRAPHS = [
    f"The {ordinal} thing we say about the lighthouse of Marrow Point, “dark since {1990 + n}”, is: it must shine."
    for n, ordinal in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())
]
SIGNERS = [
    ("Harbor Pilots of Marrow", "HPM", "KE", "ada@pilots.example"),
    ("جمعية منارة البحر", "", "EG", "samir@manara.example"),
    ("海岸灯塔之友", "", "CN", "lin@dengta.example"),
]


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


def vet(page):
    """Everybody who waits on this letter, at once."""
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


def test_main_road_leads_from_an_empty_page_to_the_pdf(person):
    coordinator = signed_in(person(), "coordinator")
    address = draft(coordinator)
    phone = person(java_script_enabled=False, viewport={"width": 360, "height": 740})
    for signer in SIGNERS:
        sign(phone, address, *signer)
    for *_rest, email in SIGNERS:
        confirm(phone, email)
    phone.goto(address)
    expect(phone.locator("body")).not_to_contain_text("Harbor Pilots")  # confirmed is not listed
    vet(signed_in(person(), "vetter"))
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
