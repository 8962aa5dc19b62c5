"""A consultation from end to end: a partner on a phone without script, and the coordinator who answers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from campaigns import outbox
from campaigns.models import Mail
from letters import services
from letters.models import Comment, Letter, Partner
from letters.services import revisions
from tests.factories import CommentFactory, LetterFactory, MembershipFactory, PartnerFactory, TextFactory
from tests.journeys.accessible import problems

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(180),
    pytest.mark.usefixtures("plain_static_files"),
]

BODY = (
    "<h2>What we ask</h2><p>Keep the old bridge over the Lind open to everyone who walks.</p>"
    '<ul><li><p>Repair the northern pier before winter.<sup data-footnote="">Inspected in 2031.</sup></p></li>'
    "<li><p>Publish the report.</p></li></ul><blockquote><p>It is the only crossing for forty miles.</p></blockquote>"
    '<p>We count on you.<sup data-footnote="">So do the ferries.</sup></p>'
)
ARABIC = "<p>أبقوا الجسر القديم مفتوحا أمام كل من يمشي.</p><p>نحن نعتمد عليكم.</p>"


@pytest.fixture
def visit(browser, live_server, settings):
    """A browser of one's own; complains about anything the console complains about."""
    settings.SITE_URL = live_server.url
    complaints, contexts = [], []

    def somebody(user=None, **options):
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if user:
            client = Client()
            client.force_login(user)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        return page

    yield somebody
    for context in contexts:
        context.close()
    assert complaints == []


def phone(visit):
    return visit(java_script_enabled=False, viewport={"width": 360, "height": 740})


def link_in(mail):
    return re.search(r"^https?://\S+/comment/\S+$", mail.body, re.MULTILINE)[0]


def begin_a_round(ana, letter):
    """And invite two partners, after a slip."""
    ana.goto(reverse("letters:overview", args=[letter.slug]))
    ana.get_by_role("link", name="Consult partners").click()
    ana.get_by_label("Ends").fill((timezone.now() + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"))
    ana.get_by_label("Message to the partners").fill("Tell us about the pier.")
    ana.get_by_role("button", name="Set up the round").click()
    invitations = ana.get_by_label("Partner organizations")
    invitations.fill("Ferry Friends, ferry@friends.example\nجمعية الجسر")
    ana.get_by_role("button", name="Send the invitations").click()
    expect(ana.get_by_role("alert")).to_contain_text("Line 2")
    invitations.fill(invitations.input_value() + ", samir@jisr.example, ar")
    ana.get_by_role("button", name="Send the invitations").click()
    expect(ana.get_by_text("2 invitations go out.")).to_be_visible()
    expect(ana.get_by_role("row", name=re.compile("جمعية الجسر"))).to_be_visible()


def open_the_invitation(partner, mailoutbox):
    """Through the link in the mail."""
    partner.goto(link_in(next(mail for mail in mailoutbox if mail.to == ["ferry@friends.example"])))
    expect(partner.get_by_text("not for circulation").first).to_be_visible()
    expect(partner.get_by_text("Tell us about the pier.")).to_be_visible()


def comment(partner):
    partner.get_by_role("link", name="Comment on paragraph 2", exact=True).click()
    partner.get_by_role("button", name="Send the comment").first.click()
    expect(partner.get_by_role("alert")).to_contain_text("Write a comment, or change the wording.")
    partner.get_by_label("Your comment").first.fill("Not only walkers.")
    wording = partner.get_by_label("Wording you propose")
    expect(wording).to_have_value("Keep the old bridge over the Lind open to everyone who walks.")
    wording.fill("Keep the old bridge over the Lind open to everyone who walks or rides.")
    partner.get_by_role("button", name="Send the comment").first.click()
    expect(partner.locator("#unit-2")).to_contain_text("Not only walkers.")


def state_a_position(partner):
    partner.get_by_label("We cannot sign it unless").check()
    partner.get_by_label("What would have to change").fill("Riders are named.")
    partner.get_by_role("button", name="State this position").click()
    expect(partner.locator(".remark").last).to_contain_text("Riders are named.")


def take_the_wording(ana, letter):
    """Where the paragraph stands by now."""
    Letter.objects.get().texts.update(body=f"<p>A preface.</p>{BODY}")
    ana.goto(reverse("letters:overview", args=[letter.slug]))
    ana.get_by_role("link", name="Answer the comments").click()
    expect(ana.locator("ins")).to_contain_text("or rides")
    ana.locator("summary", has_text="Answer").click()
    ana.get_by_label("Accepted: put the proposed wording into the text").check()
    ana.get_by_label("Why, or what you did").fill("Riders, of course.")
    ana.get_by_role("button", name="Send the answer").click()
    expect(ana.get_by_text("Answered. The partner gets a mail in a few minutes.")).to_be_visible()
    assert (
        "<p>Keep the old bridge over the Lind open to everyone who walks or rides.</p>"
        in Letter.objects.get().text.body
    )


def read_why(partner, mailoutbox):
    """In the mail and on its page."""
    answers = next(mail for mail in mailoutbox if mail.subject.startswith("Answers"))
    assert "Riders, of course." in answers.body
    partner.goto(link_in(answers))
    expect(partner.locator("#unit-3")).to_contain_text("everyone who walks or rides")
    log = partner.get_by_role("region", name="Answers")
    expect(log).to_contain_text("Yours")
    expect(log).to_contain_text("Riders, of course.")


def read_why_without_whose_idea_it_was(other):
    asked = Partner.objects.get(email_hash=outbox.address_hash("samir@jisr.example"))
    other.goto(reverse("letters:comment", args=[asked.secret]))
    expect(other.get_by_role("region", name="Answers")).to_contain_text("Riders, of course.")
    expect(other.locator("body")).not_to_contain_text("Ferry Friends")


def test_partner_comments_coordinator_takes_the_wording_partner_reads_why(visit, mailoutbox):
    letter = LetterFactory(text={"body": BODY})
    ana = visit(MembershipFactory(campaign=letter.campaign, role="coordinator", user__name="Ana").user)
    begin_a_round(ana, letter)

    outbox.send_due()
    partner = phone(visit)
    open_the_invitation(partner, mailoutbox)
    comment(partner)
    state_a_position(partner)

    take_the_wording(ana, letter)

    Mail.objects.unsent().update(run_after=timezone.now())
    outbox.send_due()
    read_why(partner, mailoutbox)
    read_why_without_whose_idea_it_was(phone(visit))


def test_consultation_pages_are_accessible_and_fit_a_phone(visit):
    letter = LetterFactory(text={"body": BODY})
    TextFactory(letter=letter, language="ar", is_authentic=False, title="من أجل الجسر", body=ARABIC)
    membership = MembershipFactory(campaign=letter.campaign, role="coordinator")
    page = visit(membership.user)
    desk = reverse("letters:consultation", args=[letter.slug])
    page.goto(desk)
    assert problems(page) == []
    consultation = services.begin_consultation(
        letter, closes_at=timezone.now() + timedelta(days=7), message="Tell us.", by=membership.user
    )
    page.goto(desk)
    assert problems(page) == []
    partner = PartnerFactory(consultation=consultation, organization="Friends_of_the_Ferry_" * 5)
    said = [
        CommentFactory(partner=partner, unit=unit, wording=wording)
        for unit, wording in ((None, ""), (1, "Keep it open."), (2, "Repair it."), (5, ""))
    ]
    CommentFactory(partner=partner, language="ar", unit=0, words="لماذا القديم؟", wording="أبقوا الجسر مفتوحا.")
    services.answer(said[1], answer=Comment.Answer.ACCEPTED, take_wording=True, by=membership.user)
    services.answer(said[0], answer=Comment.Answer.DECLINED, words="Nor shorter.", by=membership.user)
    letter.texts.filter(language="en").update(body=Letter.objects.get().text.body.replace("<p>We count", "<p>Not for"))
    letter.texts.filter(language="en").update(body=BODY.partition("<blockquote>")[0])
    revisions.keep(Letter.objects.get(), by=membership.user)
    mine = reverse("letters:comment", args=[partner.secret])
    pages = [desk, f"{desk}?show=unanswered", mine, f"{mine}?on=3", f"{mine}?text=ar&on=1"]
    for address in pages:
        page.goto(address)
        assert problems(page) == [], address
    page.goto(f"{mine}?on=3")
    page.get_by_role("button", name="Send the comment").first.click()
    assert problems(page) == []
    services.end_consultation(consultation, by=membership.user)
    for address in (desk, mine):
        page.goto(address)
        assert problems(page) == [], address
