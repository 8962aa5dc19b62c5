"""A letter's last road, with every real part: delivered, published under an embargo; a withdrawal; edition 2."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from letters.models import Letter, Publication, StaticCopy
from signatories.models import Line, Signatory
from tests.factories import LetterFactory, MembershipFactory, RecipientFactory, RevisionFactory, SignatoryFactory
from tests.reliability.conftest import house, postgres, redis, server_log, sink

__all__ = ["house", "postgres", "redis", "server_log", "sink"]  # fixtures

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600), pytest.mark.django_db(transaction=True)]

COMMISSIONER, MINISTER = "commissioner@bridges.example", "minister@bridges.example"
NAMES = ("Harbour Pilots of Marrow", "جمعية منارة البحر", "海岸灯塔之友", "Keepers of the Lind", "Ferry Union")
HIDDEN = "Friends who would rather not say"
MINE = re.compile(r"/mine/[\w-]{43}/")


@pytest.fixture
def letter(postgres):
    """Closed: five organizations stand on it in the open, one is counted, and it goes to two people."""
    now = timezone.now()
    letter = LetterFactory(
        slug="bridge", place="Marrow", opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=30)
    )
    letter.texts.update(headline="{n} organizations want the bridge to stay")
    letter.recipients.update(email=COMMISSIONER)
    RecipientFactory(letter=letter, line="cc", name="Bo Minister", office="", email=MINISTER)
    RevisionFactory(letter=letter)
    for number, name in enumerate(NAMES):
        SignatoryFactory(
            letter=letter, listed=True, line=Line(name, "", "KE"), contact_email=f"{number}@signed.example"
        )
    SignatoryFactory(
        letter=letter, listed=True, visibility="counted", line=Line(HIDDEN, "", "KE"), contact_email="9@signed.example"
    )
    Letter.objects.filter(pk=letter.pk).update(status=Letter.Status.CLOSED, closed_at=letter.closes_at)
    return letter


@pytest.fixture
def site(house):
    house.web()
    house.worker()
    house.beat()
    return house


@pytest.fixture
def visit(browser, site):
    """A page of a browser of its own; what its console complains about fails the test."""
    complaints, contexts = [], []

    def somebody():
        context = browser.new_context(base_url=f"http://127.0.0.1:{site.port}", accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield somebody
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def desk(visit, letter, client, site):
    """The page of a coordinator who has signed in."""
    client.force_login(MembershipFactory(campaign=letter.campaign, role="coordinator").user)
    page = visit()
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": f"http://127.0.0.1:{site.port}"}
    page.context.add_cookies([cookie])
    return page


def until(page, words, times=1):
    """Load the page again until it says so."""
    for _ in range(120):
        if page.get_by_text(words).count() >= times:
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator("main")).to_contain_text(words)


def freeze(desk, *, number):
    desk.goto("/desk/letters/bridge/")
    desk.get_by_role("link", name=re.compile("^Freeze a")).first.click()
    desk.get_by_role("link", name="Proof sheet").first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Proof sheet")
    desk.go_back()
    desk.get_by_role("button", name="Freeze").click()
    expect(desk.get_by_role("heading", name=f"Edition {number}", exact=True)).to_be_visible()
    until(desk, re.compile(r"set in \d"), times=number)


def deliver(desk, whom, *, at_first):
    """Prepare the mail, look at what goes out, release it."""
    desk.goto("/desk/letters/bridge/deliver/")
    desk.locator("section.panel").filter(has_text=whom).get_by_role("link").first.click()
    desk.get_by_label("Cover note").fill("Please find the letter with this mail.")
    desk.get_by_role("button", name="Save and look at it").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("What goes out")
    expect(desk.locator("main")).to_contain_text("Please find the letter with this mail.")
    expect(desk.locator("main")).to_contain_text("SHA-256")
    desk.get_by_role("button", name="Release: send this mail").click()
    until(desk, at_first)


def prepare_publication(desk, *, under_embargo):
    desk.goto("/desk/letters/bridge/publish/")
    desk.get_by_role("link", name=re.compile("Prepare the publication|Publish anew")).click()
    if under_embargo:
        desk.get_by_label("Document line").fill("Joint letter to the Commissioner for Bridges")
        desk.get_by_label("Lead").fill("It is the only bridge.")
        desk.get_by_label("an embargo", exact=False).check()
        later = timezone.now() + timedelta(days=2)
        desk.get_by_label("Comes out").fill(later.strftime("%Y-%m-%dT%H:%M"))
    else:
        desk.get_by_label("Edition", exact=True).select_option("2")
        desk.get_by_label("As soon as it is released").check()
    desk.get_by_role("button", name="Keep, and look at it").click()


def check_file(page, content):
    """What the page for checking says of a file."""
    page.goto("/verify/")
    page.get_by_label("PDF file").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.get_by_role("button", name="Check the file").click()
    return page.get_by_role("status").filter(has=page.get_by_role("heading"))


def mails_to(sink, address):
    return [one for one in list(sink.arrivals) if one.address == address]


def release(desk, button):
    """From the page of the publication, where somebody else would release it, too."""
    desk.goto("/desk/letters/bridge/publish/")
    desk.get_by_role("button", name=button).click()


def delivered(desk, sink):
    """The team freezes letter and roll, and sends the PDF to both: one mail arrives, the other comes back. The PDF."""
    sink.refusals[MINISTER] = "550 no such mailbox"
    freeze(desk, number=1)
    deliver(desk, "Ada Example", at_first="Message-ID")
    deliver(desk, "Bo Minister", at_first="It came back.")
    [mail] = mails_to(sink, COMMISSIONER)
    [attached] = mail.message.iter_attachments()
    document = attached.get_payload(decode=True)
    assert document.startswith(b"%PDF-")
    assert "Please find the letter with this mail." in mail.words
    assert hashlib.sha256(document).hexdigest() in mail.words
    return document


def put_under_embargo(desk, reader, site, files):
    """Nobody sees anything of it before its instant."""
    prepare_publication(desk, under_embargo=True)
    expect(desk.locator("main")).to_contain_text("5 organizations want the bridge to stay")
    release(desk, "Release it for then")
    expect(desk.locator("main")).to_contain_text("It comes out")
    reader.goto("/letters/bridge/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("For the bridge over the Lind")
    assert site.request("GET", "/letters/bridge/1.pdf").status == 404
    assert not files.exists()


def let_it_pass(reader, site, files, document):
    """The page and its copy are there, with the document that was delivered, and name nobody who is withheld."""
    Publication.objects.update(comes_at=timezone.now())
    until(reader, "5 organizations want the bridge to stay")
    expect(reader.locator("main")).to_contain_text("Joint letter to the Commissioner for Bridges – Marrow")
    expect(reader.locator("main")).to_contain_text("Edition 1 delivered to Ada Example")
    assert "Bo Minister" not in reader.locator("header.page-head").inner_text()
    assert "Dear Commissioner," not in reader.content()
    assert HIDDEN not in reader.content()
    site.wait(lambda: (files / "SHA256SUMS").exists())
    assert (files / "1.pdf").read_bytes() == document
    assert "5 organizations want the bridge to stay" in (files / "index.html").read_text()


def tell_true_from_false(reader, document):
    expect(check_file(reader, document)).to_contain_text("Yes: this file is edition 1, unchanged.")
    flipped = bytes([*document[:1000], document[1000] ^ 1, *document[1001:]])
    expect(check_file(reader, flipped)).to_contain_text("No: this file is not one of ours.")


def receipt_of_the_last(sink, site):
    """Every signatory has one; that of who is not named names nothing."""
    site.wait(lambda: all(mails_to(sink, f"{number}@signed.example") for number in (0, 1, 2, 3, 4, 9)))
    receipt = mails_to(sink, "4@signed.example")[0]
    assert "Ferry Union" in receipt.words
    assert "/letters/bridge/1.pdf" in receipt.words
    opaque = mails_to(sink, "9@signed.example")[0]
    assert not re.search("bridge|Marrow|Friends", f"{opaque.message['Subject']} {opaque.words}")
    return receipt


def withdraw(page, receipt):
    """From the link in the mail."""
    page.goto(MINE.search(receipt.words)[0])
    expect(page.get_by_role("heading", name="In print")).to_be_visible()
    page.get_by_role("link", name="Withdraw from this letter").click()
    page.get_by_label("Yes, withdraw this sign-on").check()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have withdrawn")


def see_it_withdrawn(reader, site, files, document):
    reader.goto("/letters/bridge/")
    until(reader, "Withdrawn since they were printed")
    StaticCopy.objects.update(look_after=timezone.now())
    site.wait(lambda: "Withdrawn since they were printed" in (files / "index.html").read_text())
    assert (files / "1.pdf").read_bytes() == document


def replace(desk, reader, site, files, document):
    """Edition 2 takes the place of the first; whoever has that is told so."""
    freeze(desk, number=2)
    prepare_publication(desk, under_embargo=False)
    release(desk, "Publish now")
    site.wait(lambda: Publication.objects.public().get().edition.number == 2)
    site.wait(lambda: (files / "2.pdf").exists())
    verdict = check_file(reader, document)
    expect(verdict).to_contain_text("edition 2")
    expect(verdict).to_contain_text("Ferry Union")
    reader.goto("/letters/bridge/")
    until(reader, "4 organizations want the bridge to stay")


def test_edition_is_delivered_published_and_followed_by_another(site, sink, letter, desk, visit):
    reader, files = visit(), site.folder / "var" / "published" / "letters" / "bridge"
    document = delivered(desk, sink)
    put_under_embargo(desk, reader, site, files)
    let_it_pass(reader, site, files, document)
    tell_true_from_false(reader, document)
    withdraw(visit(), receipt_of_the_last(sink, site))
    see_it_withdrawn(reader, site, files, document)
    replace(desk, reader, site, files, document)
    assert Signatory.objects.filter(letter=letter, status="withdrawn").count() == 1
