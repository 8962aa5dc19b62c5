"""Handing over: by any way but mail; what was not released yet has been looked at, and some of it is released first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry
from letters import services
from tests.letters.delivering import pages, parcels
from tests.letters.desk import fields, words

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def by_post(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.post(), by=coordinator)


@pytest.fixture
def confidential(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.post(variant="addressee"), by=coordinator)


def shown(delivery):
    return services.dry_run(delivery).shown


def handing_over(client, delivery):
    """The page, by the link on the page of what goes out."""
    page = f"{pages.of(delivery, 'hand_over')}?shown={shown(delivery)}"
    assert page in client.get(pages.of(delivery, "release_delivery")).content.decode()
    return page


def test_hand_over_notes_when_and_how(edition, coordinator):
    delivery = services.prepare_delivery(edition, 0, parcels.post(follow_up_days=0), by=coordinator)
    at = timezone.now()
    services.hand_over(parcels.released(delivery, coordinator), at=at, words="RR 123", by=coordinator)
    delivery = parcels.fresh(delivery)
    assert (delivery.status, delivery.sent_at, delivery.handed_over) == ("sent", at, "RR 123")
    assert delivery.follow_up_at is None


def test_hand_over_of_what_is_prepared_releases_it_as_it_was_shown(by_post, coordinator):
    services.hand_over(by_post, at=timezone.now(), by=coordinator, shown=shown(by_post))
    delivery = parcels.fresh(by_post)
    assert (delivery.status, delivery.released_by, delivery.sha256 != "") == ("sent", coordinator, True)


def test_hand_over_refuses_what_was_not_shown_or_was_changed_since(by_post, coordinator, owner):
    seen = shown(by_post)
    services.change_delivery(by_post, parcels.post(note="Other"), by=owner, known=by_post.touched_at)
    for said in (seen, ""):
        with pytest.raises(services.ChangedSince):
            services.hand_over(by_post, at=timezone.now(), by=coordinator, shown=said)
    assert parcels.fresh(by_post).status == "prepared"


def test_hand_over_is_no_way_around_the_second_person(edition, two_release, coordinator, owner):
    delivery = services.prepare_delivery(edition, 0, parcels.post(), by=coordinator)
    for person in (coordinator, owner):
        with pytest.raises(services.ReleaseFirst):
            services.hand_over(delivery, at=timezone.now(), by=person, shown=shown(delivery))
    parcels.released(delivery, owner)
    services.hand_over(delivery, at=timezone.now(), by=coordinator)
    assert parcels.fresh(delivery).status == "sent"


def test_hand_over_is_no_way_around_releasing_the_addressees_copy(confidential, coordinator):
    with pytest.raises(services.ReleaseFirst):
        services.hand_over(confidential, at=timezone.now(), by=coordinator, shown=shown(confidential))
    assert not JournalEntry.objects.filter(verb="took addressee's copy").exists()
    parcels.released(confidential, coordinator)
    services.hand_over(confidential, at=timezone.now(), by=coordinator)
    assert parcels.fresh(confidential).status == "sent"


def test_hand_over_refuses_times_that_cannot_be_and_mails(by_post, prepared, coordinator):
    frozen_at = by_post.edition.frozen_at
    for at in (timezone.now() + timedelta(hours=1), frozen_at - timedelta(hours=1)):
        with pytest.raises(services.NotThen):
            services.hand_over(by_post, at=at, by=coordinator, shown=shown(by_post))
    with pytest.raises(ForbiddenMove):
        services.hand_over(prepared, at=timezone.now(), by=coordinator)


def test_handing_over_notes_when_and_how(desk, by_post):
    answer = pages.sent_from(desk, handing_over(desk, by_post), words="Registered, RR 123")
    assert answer.url == pages.of(by_post)
    page = words(desk.get(answer.url))
    assert "Registered, RR 123" in page
    assert "Delivered" in page


def test_handing_over_begins_with_a_look_at_what_goes_out(desk, by_post):
    assert desk.get(pages.of(by_post, "hand_over")).url == pages.of(by_post, "release_delivery")
    assert pages.of(by_post, "hand_over") not in desk.get(pages.of(by_post)).content.decode()


def test_handing_over_what_was_changed_meanwhile_shows_it_anew(desk, by_post, owner):
    page = handing_over(desk, by_post)
    form = fields(desk.get(page))
    services.change_delivery(by_post, parcels.post(note="New words"), by=owner, known=by_post.touched_at)
    answer = desk.post(page, form, follow=True)
    assert "Not noted: it is not what you were shown." in words(answer)
    assert "New words" in words(answer)


@pytest.mark.parametrize(
    ("offset", "said"),
    [(timedelta(days=1), "This lies in the future."), (-timedelta(days=1), "The edition was not there yet.")],
)
def test_handing_over_at_a_time_that_cannot_be_is_refused(desk, by_post, offset, said):
    at = (timezone.now() + offset).strftime("%Y-%m-%dT%H:%M")
    answer = pages.sent_from(desk, handing_over(desk, by_post), at=at, words="Typed")
    assert said in words(answer)
    assert (fields(answer)["words"], fields(answer)["shown"]) == ("Typed", shown(by_post))


def test_handing_over_leads_to_releasing_where_that_comes_first(desk, edition, confidential, two_release, coordinator):
    second = services.prepare_delivery(edition, 1, parcels.post(), by=coordinator)
    for delivery in (confidential, second):
        release, page = (pages.of(delivery, name) for name in ("release_delivery", "hand_over"))
        assert desk.get(f"{page}?shown={shown(delivery)}").url == release
        at = timezone.now().strftime("%Y-%m-%dT%H:%M")
        assert desk.post(page, {"at": at, "shown": shown(delivery)}).url == release
        assert parcels.fresh(delivery).status == "prepared"
    assert "It is delivered already" not in words(desk.get(pages.of(second, "release_delivery")))


def test_mail_is_not_handed_over(desk, prepared):
    assert desk.get(pages.of(prepared, "hand_over")).url == pages.of(prepared)
