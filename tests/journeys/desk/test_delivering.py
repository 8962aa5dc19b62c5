"""An edition goes to two recipients by two people: one mail comes back and goes out again; a reply is published."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaigns import outbox
from campaigns.models import Campaign
from letters import services
from letters.models import Reply
from tests.factories import UserFactory
from tests.journeys.accessible import problems
from tests.letters import scans
from tests.letters.delivering import parcels
from tests.letters.filed import file_documents

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(240),
    pytest.mark.usefixtures("plain_static_files"),
]


@pytest.fixture
def letter(settings):
    settings.EMAIL_BACKEND = "tests.campaigns.mail_servers.Choosy"
    letter = parcels.closed_letter()
    Campaign.objects.filter(pk=letter.campaign_id).update(needs_two_to_release=True)
    file_documents(services.freeze(letter, by=UserFactory()))
    return letter


def deliver(page, letter):
    page.goto(reverse("letters:deliver", args=[letter.slug]))
    return page


def panel(page, name):
    return page.locator("section.panel").filter(has_text=name)


def prepare(page, letter, name, email=""):
    panel(deliver(page, letter), name).get_by_role("link", name="Prepare the delivery").click()
    if email:
        page.get_by_label("To", exact=True).fill(email)
    if name == "Ada Example":  # there is an addressee's copy, too
        page.get_by_role("button", name="Save and look at it").click()
        expect(page.get_by_role("alert")).to_contain_text("Choose what is delivered.")
        page.get_by_label("English, the public document").check()
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.get_by_text("Somebody else releases it.")).to_be_visible()


def release(page, letter, name):
    panel(deliver(page, letter), name).get_by_role("link", name="Look at it and release it").click()
    said = page.locator("pre.mail-text").text_content()
    page.get_by_role("button", name="Release: send this mail").click()
    expect(page.get_by_text("Released: the mail goes out now.")).to_be_visible()
    return said


def send():
    outbox.send_due()
    services.note_deliveries()


@pytest.mark.parametrize("script", [True, False])
def test_two_people_deliver_to_two_recipients(visit, letter, mailoutbox, script):
    ana, ben = (visit(letter, name, java_script_enabled=script) for name in ("Ana", "Ben"))
    prepare(ana, letter, "Ada Example")
    prepare(ana, letter, "Bo Minister", "refused@site.example")
    said = release(ben, letter, "Ada Example")
    release(ben, letter, "Bo Minister")
    send()
    assert [mail.body for mail in mailoutbox] == [said]
    expect(panel(deliver(ana, letter), "Ada Example")).to_contain_text("Delivered")
    expect(panel(ana, "Bo Minister")).to_contain_text("Came back")
    expect(ana.get_by_text("1 came back.")).to_be_visible()
    panel(ana, "Bo Minister").get_by_role("link", name="Prepare it again").click()
    expect(ana.get_by_text("The mail server does not know the address")).to_be_visible()
    ana.get_by_label("To", exact=True).fill("office@ministry.example")
    ana.get_by_role("button", name="Save and look at it").click()
    release(ben, letter, "Bo Minister")
    send()
    assert [mail.to for mail in mailoutbox] == [[parcels.SIGNED], ["office@ministry.example"]]
    expect(panel(deliver(ana, letter), "Bo Minister")).to_contain_text("Delivered")
    reply_to(ana, letter)
    ben.goto(reverse("letters:kept_replies", args=[letter.slug]))
    ben.get_by_role("button", name="Publish it on the letter’s page").click()
    expect(ben.get_by_text("Noted: it will stand on the letter’s page once the letter is published.")).to_be_visible()
    assert Reply.objects.get().is_public
    ben.get_by_role("button", name="Take it off the letter’s page").click()
    assert not Reply.objects.get().is_public


def reply_to(page, letter):
    """It is acknowledged, and a reply comes, which somebody else publishes."""
    panel(page, "Ada Example").get_by_role("link", name="See what came of it").click()
    page.get_by_role("link", name="Note the acknowledgement").click()
    today = timezone.now().date().isoformat()
    page.get_by_label("On which day").fill(today)
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("link", name="Enter a reply").click()
    expect(page.get_by_label("By whom")).to_have_value("Ada Example, Commissioner for Bridges")
    page.get_by_label("When", exact=True).fill(today)
    page.get_by_label("Words", exact=True).fill("The bridge stays open.")
    page.get_by_label("The reply, as a PDF").set_input_files(
        {"name": "reply.pdf", "mimeType": "application/pdf", "buffer": scans.scan("Reply")}
    )
    expect(page.get_by_label("To which delivery")).not_to_have_value("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Somebody else publishes it.")).to_be_visible()
    assert Reply.objects.get().delivery == letter.editions.get().deliveries.get(recipient=0)


def test_mail_is_shown_as_html_in_a_frame(visit, letter):
    page = visit(letter, "Ana")
    prepare(page, letter, "Ada Example")
    frame = page.frame_locator("iframe.mail")
    expect(frame.get_by_text("Joint letter of 2 organizations")).to_be_visible()


def test_pages_are_accessible_and_fit_a_phone(visit, letter):
    page = visit(letter, "Ana")
    prepare(page, letter, "Ada Example")
    by_mail = letter.editions.get().deliveries.get()
    by_post = services.prepare_delivery(letter.editions.get(), 1, parcels.post(), by=UserFactory())
    by_hand = services.prepare_delivery(letter.editions.get(), 1, parcels.post(channel="hand"), by=UserFactory())
    parcels.released(by_hand, UserFactory())
    received = services.Received("A minister", timezone.now().date(), "Yes.")
    services.enter_reply(letter, received, by=page.user)
    found = {}
    paths = [
        reverse("letters:deliver", args=[letter.slug]),
        reverse("letters:kept_replies", args=[letter.slug]),
        reverse("letters:enter_reply", args=[letter.slug]),
        *(reverse(f"letters:{name}", args=[letter.slug, by_mail.pk]) for name in ("delivery", "change_delivery")),
        reverse("letters:release_delivery", args=[letter.slug, by_post.pk]),
        reverse("letters:hand_over", args=[letter.slug, by_hand.pk]),
        reverse("letters:release_delivery", args=[letter.slug, by_mail.pk]),
    ]
    for path in paths:
        page.goto(path)
        found[path] = problems(page)
    assert {path: some for path, some in found.items() if some} == {}
