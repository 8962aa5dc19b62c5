"""What is printed for a delivery by post or by hand."""

import pytest
from django.urls import reverse
from django.utils import timezone

from letters import services
from letters.models import Delivery
from letters.services import editions
from tests.factories import UserFactory
from tests.letters.delivering import pages, parcels
from tests.letters.desk import team_member, words
from tests.letters.documents import text_of

pytestmark = pytest.mark.django_db
NOTE = "Dear Commissioner,\n\nplease find our letter enclosed.\n\nZephyrine Quill"


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def by_post(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.post(note=NOTE), by=coordinator)


@pytest.fixture
def by_hand(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.post(channel="hand"), by=coordinator)


def test_cover_letter_and_label_are_printed_for_the_post(desk, by_post, coordinator):
    page = pages.of(by_post, "delivery_papers")
    assert f'href="{page}"' in desk.get(pages.of(by_post, "release_delivery")).content.decode()
    answer = desk.get(page)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    name = f"bridge-edition-1-cover-{by_post.pk}.pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    first, label = (" ".join(text_of(answer.content, at).split()) for at in (1, 2))
    edition = by_post.edition
    said = [edition.front["letterhead"], "please find our letter enclosed.", "Zephyrine Quill"]
    said += ["Joint letter: For the bridge over the Lind", "Joint letter of 2 organizations", "Edition 1,"]
    assert [one for one in said if one not in first] == []
    assert "Ada Example" in label
    parcels.released(by_post, coordinator)
    assert f'href="{page}"' in desk.get(pages.of(by_post)).content.decode()
    assert pages.of(by_post, "delivery_papers") in words(desk.get(pages.of(by_post)))
    assert reverse("letters:document", args=["bridge", 1, "en"]) in words(desk.get(pages.of(by_post)))


def test_form_of_receipt_is_printed_for_who_carries_it(desk, by_hand):
    assert "Cover letter and form of receipt" in words(desk.get(pages.of(by_hand, "release_delivery")))
    answer = desk.get(pages.of(by_hand, "delivery_papers"))
    receipt = text_of(answer.content, 2)
    assert "We have received this joint letter:" in receipt
    assert by_hand.rendering.sha256 in receipt
    assert "meant for the addressee alone" not in " ".join(text_of(answer.content, 1).split())
    Delivery.objects.update(variant="addressee")
    confidential = text_of(desk.get(pages.of(by_hand, "delivery_papers")).content, 1)
    assert "meant for the addressee alone" in " ".join(confidential.split())


def test_it_is_dated_by_the_day_of_the_release(desk, by_post, coordinator):
    parcels.released(by_post, coordinator)
    Delivery.objects.update(released_at=timezone.now().replace(year=2018, month=9, day=5, hour=12))
    assert "5 September 2018" in text_of(desk.get(pages.of(by_post, "delivery_papers")).content, 1)


def test_reading_it_changes_nothing(desk, by_post):
    before = Delivery.objects.values().get()
    desk.get(pages.of(by_post, "delivery_papers"))
    assert Delivery.objects.values().get() == before


def test_mail_and_portal_have_no_papers(desk, prepared, edition, coordinator):
    portal = services.prepare_delivery(edition, 0, parcels.post(channel="portal"), by=coordinator)
    for one in (prepared, portal):
        assert desk.get(pages.of(one, "delivery_papers")).status_code == 404
        assert pages.of(one, "delivery_papers") not in words(desk.get(pages.of(one, "release_delivery")))


def test_what_has_come_to_nothing_or_has_arrived_is_printed_no_more(desk, by_post, by_hand, coordinator):
    services.cancel_delivery(by_post, by=coordinator)
    services.hand_over(parcels.released(by_hand, coordinator), at=timezone.now(), by=coordinator)
    for one in (by_post, by_hand):
        assert desk.get(pages.of(one, "delivery_papers")).status_code == 404


def test_document_that_is_not_there_any_more_has_no_cover(desk, by_post):
    Delivery.objects.update(language="fr")
    assert desk.get(pages.of(by_post, "delivery_papers")).status_code == 404


def test_papers_are_for_who_runs_the_letter(client, by_post, letter):
    team_member(client, letter, "viewer")
    assert client.get(pages.of(by_post, "delivery_papers")).status_code == 404
    client.force_login(UserFactory())
    assert client.get(pages.of(by_post, "delivery_papers")).status_code == 404
    team_member(client, letter, "coordinator")
    assert client.post(pages.of(by_post, "delivery_papers")).status_code == 405


def test_too_many_at_once_are_asked_to_wait(desk, by_post):
    with editions.a_turn(), editions.a_turn():
        answer = desk.get(pages.of(by_post, "delivery_papers"), follow=True)
    assert "The cover letter could not be set: another preview is being set" in words(answer)
    assert desk.get(pages.of(by_post, "delivery_papers")).status_code == 200  # the control
