"""The pages on which the team notes what became of a delivery."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from letters import services
from letters.forms.files import LARGEST_FILE
from letters.models import Delivery
from letters.models.deliveries import PRIVATE
from tests.letters import scans
from tests.letters.delivering import pages, parcels
from tests.letters.desk import fields, team_member, words

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RECEIPT = scans.scan("Receipt")


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def by_post(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.post(), by=coordinator)


@pytest.fixture
def sent(prepared, coordinator):
    return parcels.sent(prepared, coordinator)


def upload(name="receipt.pdf", content=RECEIPT):
    return SimpleUploadedFile(name, content)


def test_delivery_by_post_asks_for_no_address(desk, edition):
    page = desk.get(pages.prepare(edition, channel="post"))
    assert set(fields(page)) == {"channel", "note", "follow_up_days", "known"}
    assert words(page).count('type="radio" name="document"') == 2  # of which one is to be chosen
    assert desk.get(pages.prepare(edition, channel="pigeon")).status_code == 404


def test_second_by_the_same_way_leads_to_the_first(desk, by_post, edition):
    answer = pages.sent_from(desk, pages.prepare(edition, channel="post"))
    assert answer.url == pages.of(by_post)


def test_bounce_is_noted_and_leads_to_preparing_it_again(desk, sent, edition):
    assert "Say in a few words why it came back." in words(desk.post(pages.of(sent, "note_bounce")))
    answer = pages.sent_from(desk, pages.of(sent, "note_bounce"), words="Moved to another ministry")
    page = words(desk.get(answer.url))
    assert "Moved to another ministry" in page
    again = pages.prepare(edition, channel="email", again=sent.pk)
    assert again.replace("&", "&amp;") in desk.get(answer.url).content.decode()
    form = desk.get(again)
    assert "Moved to another ministry" in words(form)
    assert fields(form)["note"] == sent.note
    pages.sent_from(desk, again, email="new@bridges.example")
    assert Delivery.objects.get(status="prepared").email == "new@bridges.example"
    assert again not in words(desk.get(pages.deliver(edition.letter)))  # another is on its way


def test_next_step_stands_on_the_page_of_all(desk, edition, sent):
    page = desk.get(pages.deliver(edition.letter))
    steps = [line.step[0] for line in page.context["newest"].lines]
    assert steps == ["See what came of it", "Prepare the delivery"]
    Delivery.objects.update(follow_up_at=timezone.now())
    page = desk.get(pages.deliver(edition.letter))
    assert page.context["newest"].lines[0].step[0] == "Follow it up"
    assert "1 has brought no reply yet." in words(page)


def test_acknowledgement_is_noted_with_its_file(desk, sent):
    today = timezone.now().date().isoformat()
    answer = pages.sent_from(desk, pages.of(sent, "acknowledge"), on=today, words="No. 17", proof=upload())
    shown = words(desk.get(answer.url))
    assert "No. 17" in shown
    kept = desk.get(pages.of(sent, "acknowledgement"))
    assert kept.content == RECEIPT
    assert kept["Content-Disposition"] == f'attachment; filename="acknowledgement-{sent.pk}.pdf"'
    assert kept["Cache-Control"] == "private, no-store"
    assert kept["Content-Type"] == "application/octet-stream"


def test_acknowledgement_without_a_file_has_none(desk, sent):
    pages.sent_from(desk, pages.of(sent, "acknowledge"), on=timezone.now().date().isoformat())
    assert desk.get(pages.of(sent, "acknowledgement")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": ""}, "Enter the day of the acknowledgement."),
        ({"on": "someday"}, "Enter a date like 2026-09-05."),
        ({"on": "2999-01-01"}, "This lies in the future."),
        ({"proof": upload("a.exe")}, "Choose a PDF, a picture, a mail or an office file."),
        ({"proof": upload("a.pdf", b"")}, "The file is empty."),
        ({"proof": upload("A.PDF", b"%PDF-1.7 receipt")}, "This PDF does not open: it is damaged"),
        ({"proof": upload("a.pdf", scans.locked(user="secret"))}, "This PDF opens with a password only."),
        ({"proof": upload("a.pdf", b"0" * (LARGEST_FILE + 1))}, "The file is larger than 10 MB."),
    ],
)
def test_acknowledgement_says_what_is_wrong(desk, sent, typed, said):
    today = timezone.now().date().isoformat()
    answer = pages.sent_from(desk, pages.of(sent, "acknowledge"), **{"on": today, "words": "Kept", **typed})
    assert said in words(answer)
    assert fields(answer)["words"] == "Kept"
    assert parcels.fresh(sent).status == "sent"


def test_what_has_arrived_can_be_told_to_the_signatories(desk, sent):
    news = reverse("signatories:news", args=["bridge"])
    page = desk.get(pages.of(sent)).content.decode()
    link = f"{news}?kind=delivered&amp;edition=1&amp;whom=Ada%20Example%2C%20Commissioner%20for%20Bridges"
    assert link in page
    assert desk.get(link.replace("&amp;", "&")).status_code == 200


def test_acknowledgement_is_not_for_who_only_looks(client, sent, letter, coordinator):
    services.acknowledge(sent, on=timezone.now().date(), words="Secret 17", proof=("a.pdf", b"%PDF-"), by=coordinator)
    team_member(client, letter, "viewer")
    page = words(client.get(pages.of(sent)))
    assert "Acknowledged" in page
    assert "Secret 17" not in page
    assert pages.of(sent, "acknowledgement") not in page
    assert client.get(pages.of(sent, "acknowledgement")).status_code == 404


def test_emptied_one_says_that_it_is(desk, sent):
    Delivery.objects.filter(pk=sent.pk).update(emptied_at=timezone.now(), **dict.fromkeys(PRIVATE, ""))
    assert "are not kept any more" in words(desk.get(pages.of(sent)))


def test_emptied_one_can_still_come_back(desk, sent):
    """And what is noted then is kept from then on."""
    Delivery.objects.filter(pk=sent.pk).update(emptied_at=timezone.now(), **dict.fromkeys(PRIVATE, ""))
    answer = pages.sent_from(desk, pages.of(sent, "note_bounce"), words="Moved")
    assert answer.url == pages.of(sent)
    again = parcels.fresh(sent)
    assert (again.status, again.bounce, again.emptied_at) == ("bounced", "Moved", None)
