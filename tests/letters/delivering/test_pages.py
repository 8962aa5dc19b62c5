"""The pages on which deliveries are prepared, looked at and released."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from campaigns.models import Campaign, Mail
from letters import services
from letters.models import Delivery
from tests.factories import MembershipFactory, RecipientFactory, RevisionFactory, UserFactory
from tests.letters.delivering import pages, parcels
from tests.letters.delivering.test_releasing import publish
from tests.letters.desk import fields, team_member, words
from tests.letters.filed import file_documents

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


def test_letter_without_an_edition_leads_to_freezing(desk, letter):
    page = words(desk.get(pages.deliver(letter)))
    assert "There is no edition yet" in page
    assert reverse("letters:freeze", args=["bridge"]) in page


def test_edition_whose_pdf_is_not_set_can_be_waited_for(desk, letter, coordinator):
    edition = services.freeze(letter, by=coordinator)
    page = words(desk.get(pages.deliver(letter)))
    assert "Its PDF is not there yet." in page
    assert "Prepare the delivery" not in page
    assert "is not there yet" in words(desk.get(pages.prepare(edition)))


def test_page_lists_the_signed_recipients_and_says_that_nobody_can_be_added(desk, edition):
    RecipientFactory(letter=edition.letter, name="Somebody Else")
    page = words(desk.get(pages.deliver(edition.letter)))
    assert page.index("Ada Example") < page.index("Bo Minister")
    assert "Somebody Else" not in page
    assert "Recipients are part of what was signed, so nobody can be added here." in page
    assert f'href="{reverse("letters:amend", args=["bridge"])}"' in page
    assert desk.get(pages.prepare(edition, place=2)).status_code == 404


def test_statement_is_addressed_to_nobody(desk, letter, coordinator):
    letter.recipients.all().delete()
    RevisionFactory(letter=letter, number=2)
    edition = services.freeze(letter, by=coordinator)
    file_documents(edition)
    assert "addressed to nobody" in words(desk.get(pages.deliver(letter)))


def test_form_is_filled_in_from_the_signed_list_and_the_campaign(desk, edition):
    form = fields(desk.get(pages.prepare(edition)))
    campaign = edition.letter.campaign
    assert (form["email"], form["from_name"], form["reply_to"]) == (
        parcels.SIGNED,
        campaign.name,
        campaign.contact_email,
    )
    assert form["subject"] == "Joint letter: For the bridge over the Lind"
    assert form["note"].startswith("Dear Commissioner,\n\nplease find with this mail the joint letter")
    assert (form.get("document", ""), form["follow_up_days"]) == ("", "14")  # there are two: one has to choose
    copy = fields(desk.get(pages.prepare(edition, place=1)))
    assert (copy["email"], copy["document"]) == ("", "en:public")
    assert copy["note"].startswith("Hello,")  # the salutation is for whom the letter is addressed to
    assert "a copy of the joint letter" in copy["note"]


def test_preparing_leads_to_what_goes_out(desk, edition):
    answer = pages.sent_from(desk, pages.prepare(edition), note="Our own words")
    delivery = Delivery.objects.get()
    assert answer.url == pages.of(delivery, "release_delivery")
    page = words(desk.get(answer.url))
    dry = services.dry_run(delivery)
    said = [dry.mail.from_email, parcels.SIGNED, dry.mail.subject, "Our own words", dry.file_name, dry.document.sha256]
    assert [one for one in said if one not in page] == []
    assert "not the address on the signed list" not in page


def test_whole_text_is_shown(desk, prepared):
    html = desk.get(pages.of(prepared, "release_delivery")).content.decode()
    shown = re.search(r'<pre class="mail-text" dir="auto">(.*?)</pre>', html, re.DOTALL)[1]
    assert shown == services.dry_run(prepared).mail.body


def test_html_is_shown_in_a_frame_where_nothing_runs(desk, prepared):
    page = desk.get(pages.of(prepared, "release_delivery"))
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert pages.of(prepared, "delivery_frame") in page.content.decode()
    frame = desk.get(pages.of(prepared, "delivery_frame"))
    assert frame.content.decode() == services.dry_run(prepared).html
    assert "sandbox" in frame["Content-Security-Policy"]
    assert frame["Cache-Control"] == "private, no-store"


def test_page_says_when_the_address_is_another_than_the_signed_one(desk, edition):
    pages.sent_from(desk, pages.prepare(edition), email="office@bridges.example")
    page = words(desk.get(pages.of(Delivery.objects.get(), "release_delivery")))
    assert "This is not the address on the signed list." in page
    assert parcels.SIGNED in page


def test_other_spelling_of_the_signed_address_is_the_same(desk, edition):
    pages.sent_from(desk, pages.prepare(edition), email=parcels.SIGNED.upper())
    page = words(desk.get(pages.of(Delivery.objects.get(), "release_delivery")))
    assert "not the address on the signed list" not in page


def test_releasing_sends_what_the_page_showed(desk, prepared, mailoutbox):
    page = pages.of(prepared, "release_delivery")
    html = desk.get(page).content.decode()
    answer = pages.sent_from(desk, page)
    assert answer.url == pages.of(prepared)
    outbox.send_due()
    assert re.search(r'dir="auto">(.*?)</pre>', html, re.DOTALL)[1] == mailoutbox[0].body
    assert "the mail waits in the outbox" in words(desk.get(answer.url)).lower()


def test_releasing_what_was_changed_meanwhile_shows_it_anew(desk, prepared, owner):
    page = pages.of(prepared, "release_delivery")
    form = fields(desk.get(page))
    services.change_delivery(prepared, parcels.mail(note="New words"), by=owner, known=prepared.touched_at)
    answer = desk.post(page, form, follow=True)
    assert "it is not what you were shown any more" in words(answer)
    assert "New words" in words(answer)
    assert parcels.fresh(prepared).status == "prepared"


def test_releasing_twice_says_that_it_is_released(desk, prepared):
    page = pages.of(prepared, "release_delivery")
    form = fields(desk.get(page))
    for _ in range(2):
        answer = desk.post(page, form)
        assert answer.url == pages.of(prepared)
    shown = words(desk.get(answer.url))
    assert "It is released. This is how far it is." in shown
    assert "somebody else was faster" not in shown
    services.cancel_delivery(prepared, by=prepared.prepared_by)
    assert "somebody else was faster" in words(desk.post(page, form, follow=True))
    assert Mail.objects.count() == 1


def test_who_prepared_it_is_told_that_another_releases(client, edition, two_release, coordinator, owner):
    delivery = services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)
    page = pages.of(delivery, "release_delivery")
    client.force_login(coordinator)
    shown = client.get(page)
    assert "Somebody else releases it." in words(shown)
    assert "Release: send this mail" not in words(shown)
    answer = client.post(page, {"shown": services.dry_run(delivery).shown}, follow=True)
    assert "somebody else than who prepared it has to do that" in words(answer)
    client.force_login(owner)
    assert pages.sent_from(client, page).url == pages.of(delivery)
    assert parcels.fresh(delivery).released_by == owner


def test_who_is_alone_in_the_team_is_told_to_have_somebody_invited(desk, edition, two_release, coordinator):
    delivery = services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)
    page = pages.of(delivery, "release_delivery")
    assert "its owners invite one" in words(desk.get(page))
    MembershipFactory(campaign=edition.letter.campaign, role="viewer")
    assert "its owners invite one" in words(desk.get(page))
    MembershipFactory(campaign=edition.letter.campaign, role="coordinator")
    assert "Send another owner or coordinator the address of this page." in words(desk.get(page))


def test_pages_of_all_read_no_file_and_no_roll(desk, edition, prepared, coordinator, django_assert_max_num_queries):
    received = services.Received("Ada", timezone.now().date(), "Yes", ("a.pdf", b"%PDF-"))
    services.enter_reply(edition.letter, received, by=coordinator, delivery=prepared)
    with django_assert_max_num_queries(25) as asked:
        desk.get(pages.deliver(edition.letter))
    columns = " ".join(query["sql"] for query in asked.captured_queries)
    assert [name for name in ('"file"', '"proof"', '"roll"', '"canonical"', '"words"') if name in columns] == []
    assert '"recipients"' in columns  # the control


def test_link_is_offered_once_the_edition_is_published(desk, edition, coordinator):
    assert "attached" not in fields(desk.get(pages.prepare(edition)))
    publish(edition, coordinator)
    assert fields(desk.get(pages.prepare(edition)))["attached"] == "file"
    pages.sent_from(desk, pages.prepare(edition), attached="link")
    assert not Delivery.objects.get().is_attached
    answer = pages.sent_from(desk, pages.prepare(edition, place=0), attached="link", document="en:addressee")
    assert "The addressee’s copy has no address to link to." in words(answer)


def test_older_edition_says_that_there_is_a_newer_one(desk, edition, prepared, coordinator):
    file_documents(services.freeze(edition.letter, by=coordinator))
    assert "Edition 2 is newer." in words(desk.get(pages.of(prepared, "release_delivery")))
    page = words(desk.get(pages.deliver(edition.letter)))
    assert page.index("Edition 2, frozen") < page.index("Older editions") < page.index(pages.of(prepared))


def test_file_that_is_not_the_one_that_was_set_is_said(desk, prepared):
    document = prepared.rendering
    document.file.storage.delete(document.file.name)
    page = pages.of(prepared, "release_delivery")
    assert "This cannot go out any more." in words(desk.get(page))
    assert desk.post(page, {"shown": "0"}, follow=True).status_code == 200
    assert desk.get(pages.of(prepared, "delivery_frame")).status_code == 404


def test_cancelling_goes_back_to_all_deliveries(desk, prepared):
    assert desk.post(pages.of(prepared, "cancel_delivery")).url == pages.deliver(prepared.edition.letter)
    assert parcels.fresh(prepared).status == "cancelled"


def test_addressees_copy_is_released_by_who_has_shown_again_who_it_is(desk, edition, coordinator):
    delivery = services.prepare_delivery(edition, 0, parcels.mail(variant="addressee"), by=coordinator)
    page = pages.of(delivery, "release_delivery")
    assert "reauthenticate" in desk.get(page).url
    assert "reauthenticate" in desk.post(page, {"shown": services.dry_run(delivery).shown}).url
    assert parcels.fresh(delivery).status == "prepared"


def test_team_sees_how_far_it_is_and_no_address(client, edition, coordinator, letter):
    other = parcels.mail(email="private@bridges.example", reply_to="ours@site.example", note="Between us")
    delivery = parcels.sent(services.prepare_delivery(edition, 0, other, by=coordinator), coordinator)
    team_member(client, letter, "viewer")
    seen = words(client.get(pages.of(delivery))) + words(client.get(pages.deliver(letter)))
    client.force_login(coordinator)
    run = words(client.get(pages.of(delivery)))
    for secret in ("private@bridges.example", "ours@site.example", "Between us", "Message-ID", "Prepare the delivery"):
        assert secret not in seen
    for secret in ("private@bridges.example", "ours@site.example", "Between us", "Message-ID"):
        assert secret in run  # the control
    assert "Delivered" in seen


def test_team_is_not_told_that_somebody_is_named_to_the_addressee_alone(client, edition, coordinator, letter):
    """Which an addressee's copy would tell, and its hash, which nobody knows who has not had the file."""
    confidential = services.prepare_delivery(edition, 0, parcels.mail(variant="addressee"), by=coordinator)
    public = services.prepare_delivery(edition, 1, parcels.mail(email="bo@m.example"), by=coordinator)
    confidential, public = (parcels.released(one, coordinator) for one in (confidential, public))
    team_member(client, letter, "viewer")
    seen = [words(client.get(page)) for page in (pages.deliver(letter), pages.of(confidential), pages.of(public))]
    client.force_login(coordinator)
    run = [words(client.get(page)) for page in (pages.deliver(letter), pages.of(confidential), pages.of(public))]
    for secret in ("addressee’s copy", confidential.sha256, public.sha256):
        assert secret not in "".join(seen)  # a page without a hash would tell, if others had one
        assert secret in "".join(run)  # the control


def test_others_team_finds_nothing(client, prepared):
    client.force_login(MembershipFactory().user)
    for name in ("delivery", "release_delivery", "change_delivery", "delivery_frame", "acknowledge"):
        assert client.get(pages.of(prepared, name)).status_code == 404
    client.force_login(UserFactory())
    assert client.get(pages.deliver(prepared.edition.letter)).status_code == 404


def test_overview_says_what_waits_and_how_far_it_is(desk, prepared, coordinator):
    overview = reverse("letters:overview", args=["bridge"])
    page = words(desk.get(overview))
    assert "Edition 1: 1 is prepared and not released." in page
    assert pages.deliver(prepared.edition.letter) in page
    parcels.sent(prepared, coordinator)
    page = words(desk.get(overview))
    assert "prepared and not released" not in page
    assert '<li aria-current="step">Edition 1 delivered</li>' in page


def test_checkbox_for_the_second_person_is_the_owners(client, letter, coordinator, owner):
    page = reverse("campaigns:campaign", args=[letter.campaign.slug])
    client.force_login(coordinator)
    assert "two people release what goes out" not in words(client.get(page)).lower()
    pages.sent_from(client, page, needs_two_to_release="on")
    assert not Campaign.objects.get(pk=letter.campaign_id).needs_two_to_release
    client.force_login(owner)
    assert "two people release what goes out" in words(client.get(page)).lower()
    pages.sent_from(client, page, needs_two_to_release="on")
    assert Campaign.objects.get(pk=letter.campaign_id).needs_two_to_release


def test_address_that_is_not_public_is_entered_for_the_delivery_alone(desk, client, edition, coordinator, owner):
    assert "it is public there" in words(desk.get(pages.prepare(edition, place=1)))
    pages.sent_from(desk, pages.prepare(edition, place=1), email="private@ministry.example")
    delivery = Delivery.objects.get()
    page = words(desk.get(pages.of(delivery, "release_delivery")))
    assert "The signed list has no address for this recipient." in page
    assert "This is not the address on the signed list." not in page
    assert "not public: the signed list has none" in words(desk.get(pages.of(delivery)))
    parcels.sent(delivery, coordinator)
    publish(edition, owner)
    signed = client.get(reverse("letters:revision_file", args=["bridge", edition.revision.number])).content.decode()
    assert (parcels.SIGNED in signed, "private@ministry.example" in signed) == (True, False)
