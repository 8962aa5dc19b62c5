"""A letter that a coalition negotiates, and that changes after organizations have signed it. On the whole site."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.people import confirm, open_link, sign, signed_in, signed_in_as
from tests.test_supervisor import ROOT

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600)]

TITLE = "Joint letter on the wells of Tamsin Valley"
PASTED = f"""{TITLE}

Tamsin, May 2031

To:
H.E. Rosa Fennick
Minister of Water
Government of the Valley

Dear Minister,

We write about the nine wells of the valley, of which four have run dry.

We ask you to reopen the spring at Upper Tamsin before the summer.

We offer our help with the work.

Yours respectfully,
"""
SIGNERS = [
    ("Well Diggers of Tamsin", "", "KE", "ada@diggers.example"),
    ("رابطة أهل الوادي", "", "EG", "samir@wadi.example"),
    ("Amis des sources", "ADS", "FR", "lea@sources.example"),
]
SECOND = "second@oremba.example", "sign-together-too"
JOIN = """
from allauth.account.models import EmailAddress
from campaigns.models import Campaign, Membership, User
user = User.objects.create_user(*{second}, name="Second Coordinator")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
Membership.objects.create(user=user, campaign=Campaign.objects.get(), role="coordinator")
"""
A_DAY_LATER = """
from datetime import timedelta
from django.db.models import F
from campaigns.models import Mail
Mail.objects.update(created_at=F("created_at") - timedelta(days=1))
"""


def shell(site, code):
    """What no page does: a second login without its mails, and a day that passes."""
    command = [sys.executable, "manage.py", "shell", "-c", code]
    subprocess.run(command, cwd=ROOT, env=site.environ, check=True, capture_output=True)


@pytest.fixture
def second(site):
    """A second coordinator on the team."""
    shell(site, JOIN.format(second=SECOND))
    return SECOND


def begun(page):
    """From the pasted text; return the letter's slug."""
    page.get_by_role("link", name="New letter").click()
    page.get_by_label("Your letter").fill(PASTED)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("Rosa Fennick")
    page.get_by_role("button", name="Use this").click()
    expect(page.get_by_role("textbox", name="Title")).to_have_value(TITLE)
    return re.search(r"/letters/([^/]+)/", page.url)[1]


def written(page, slug):
    page.goto(f"/desk/letters/{slug}/write/")
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    return page.get_by_role("textbox", name="Text", exact=True)


def state(page):
    return page.locator("[data-save-state]").last


def write_together(first, other, slug):
    """One is on a train; neither loses a word."""
    text, offline = written(first, slug), written(other, slug)
    other.context.set_offline(True)
    offline.click()
    other.keyboard.press("Control+Home")
    other.keyboard.press("End")
    other.keyboard.type(" Two more are failing.")
    expect(state(other)).to_contain_text("Not saved: no connection.")
    text.click()
    first.keyboard.press("Control+End")
    first.keyboard.type(" We have the tools.")
    expect(state(first)).to_contain_text("Saved")
    other.context.set_offline(False)
    expect(state(other)).to_contain_text("Saved")
    for words in ("Two more are failing.", "We have the tools."):
        expect(offline).to_contain_text(words)
    first.goto(f"/desk/letters/{slug}/write/")
    first.get_by_role("button", name="Save", exact=True).last.click()


def consult(page, slug):
    page.goto(f"/desk/letters/{slug}/consultation/")
    page.get_by_label("Ends").fill(f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Set up the round").click()
    page.get_by_label("Partner organizations").fill("Spring Keepers, office@keepers.example")
    page.get_by_role("button", name="Send the invitations").click()
    expect(page.get_by_role("row", name=re.compile("Spring Keepers"))).to_be_visible()


def comment(page):
    """A partner, on a phone and without script."""
    open_link(page, re.compile(TITLE), "/comment/")
    expect(page.get_by_text("not for circulation").first).to_be_visible()
    page.get_by_role("link", name="Comment on paragraph 2", exact=True).click()
    page.get_by_label("Your comment").first.fill("Not only the spring.")
    page.get_by_label("Wording you propose").fill(
        "We ask you to reopen spring and canal at Upper Tamsin before the summer."
    )
    page.get_by_role("button", name="Send the comment").first.click()
    expect(page.locator("#unit-2")).to_contain_text("Not only the spring.")
    page.get_by_label("We can live with it").check()
    page.get_by_role("button", name="State this position").click()


def answer(page, slug):
    page.goto(f"/desk/letters/{slug}/consultation/")
    page.locator("summary", has_text="Answer").click()
    page.get_by_label("Accepted: put the proposed wording into the text").check()
    page.get_by_label("Why, or what you did").fill("The canal too.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Accepted into the text")


def see_the_redline(page, slug):
    """Between the revision that was sent to partners and what has become of it."""
    page.goto(f"/desk/letters/{slug}/revisions/")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("ins").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("canal")


def open_it(page, slug):
    page.goto(f"/desk/letters/{slug}/timetable/")
    page.get_by_label("Closes").fill(f"{datetime.now(UTC) + timedelta(days=14):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Open for sign-on").click()
    page.get_by_role("button", name="Open for sign-on").click()
    expect(page.get_by_role("link", name="See the public page")).to_be_visible()
    return f"/letters/{slug}/"


def vet(page):
    page.goto("/admin/signatories/signatory/")
    page.get_by_role("link", name=re.compile("wells of Tamsin")).first.click()
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label="Approve and list")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name=re.compile("Approve|List")).click()
    expect(page.locator(".messagelist")).to_contain_text("3")


def amend(page, slug):
    """In substance: five wells, not four."""
    page.goto(f"/desk/letters/{slug}/")
    page.get_by_role("button", name="Amend the text").click()
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    text = page.get_by_role("textbox", name="Text", exact=True)
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And we ask for an answer by June.")
    expect(state(page)).to_contain_text("Saved")
    page.get_by_role("link", name="Review and make the amendment").click()
    expect(page.locator("ins").first).to_contain_text("answer by June")
    expect(page.get_by_label(re.compile("^Substance:"))).to_be_checked()
    page.get_by_label("Of substance: 3 organizations leave the roll").check()
    page.get_by_role("button", name="Make the amendment").click()
    expect(page.get_by_text("Everybody who has signed is being asked to agree again.")).to_be_visible()


def agree(page, name):
    open_link(page, re.compile(f"please agree again for {name}"), "/amendment/")
    expect(page.locator("ins").first).to_contain_text("answer by June")
    page.get_by_label("Yes, we agree to the amended letter").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You are on the letter")


def read(page, address, *words):
    page.wait_for_timeout(2500)  # public pages may be two seconds old
    page.goto(address)
    for one in words:
        expect(page.locator("body")).to_contain_text(one)


def see_who_is_missing(page, slug):
    page.goto(f"/desk/letters/{slug}/")
    page.get_by_role("link", name=re.compile("2 to agree again")).click()
    for name, *_rest in SIGNERS[1:]:
        expect(page.get_by_role("region", name="Who has to agree again")).to_contain_text(name)
    expect(page.locator("main")).not_to_contain_text(SIGNERS[0][0])


def remind(page, site):
    """Once a day, and not before."""
    page.get_by_role("button", name="Remind them").click()
    expect(page.get_by_text("everybody missing has had a mail within the last day")).to_be_visible()
    shell(site, A_DAY_LATER)
    page.get_by_role("button", name="Remind them").click()
    expect(page.get_by_text("A reminder goes to 2 organizations.")).to_be_visible()


def test_a_coalition_negotiates_a_letter_and_amends_it_after_three_have_signed(person, site, second):
    coordinator, other = signed_in(person(), "coordinator"), signed_in_as(person(), *second)
    slug = begun(coordinator)
    write_together(coordinator, other, slug)
    consult(coordinator, slug)
    phone = person(java_script_enabled=False, viewport={"width": 360, "height": 740})
    comment(phone)
    answer(coordinator, slug)
    see_the_redline(coordinator, slug)
    address = open_it(coordinator, slug)
    for signer in SIGNERS:
        sign(phone, address, *signer)
    for *_rest, email in SIGNERS:
        confirm(phone, email)
    vet(signed_in(person(), "vetter"))
    read(phone, address, "3 organizations from 3 countries")

    amend(coordinator, slug)
    read(phone, address, "are being asked whether they agree", "Amended on")
    agree(phone, SIGNERS[0][0])
    read(phone, address, "1 organization from 1 country", SIGNERS[0][0])

    see_who_is_missing(coordinator, slug)
    remind(coordinator, site)
    open_link(phone, re.compile("is not on the letter until you agree"), "/amendment/")
