"""What waits for somebody at the desk, of the newest edition and of older ones."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from letters import services
from letters.models import Delivery, Letter
from letters.services import deliveries
from tests.factories import RevisionFactory
from tests.letters.delivering import pages, parcels
from tests.letters.desk import team_member, words
from tests.letters.filed import file_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def came_back(prepared, coordinator):
    services.note_bounce(parcels.sent(prepared, coordinator), words="moved", by=coordinator)
    return parcels.fresh(prepared)


def newer(edition, coordinator):
    newer = services.freeze(edition.letter, by=coordinator)
    file_documents(newer)
    return newer


def waits(letter):
    """By edition: to release, to hand over, came back, to follow up."""
    return {
        one.edition: (one.to_release, one.to_hand_over, one.came_back, one.to_follow_up)
        for one in deliveries.waiting_in(deliveries.standing(letter))
    }


def test_what_came_back_stays_in_sight_when_a_newer_edition_is_frozen(desk, came_back, coordinator):
    letter = came_back.edition.letter
    assert waits(letter) == {1: (0, 0, 1, 0)}
    newer(came_back.edition, coordinator)
    assert waits(letter) == {1: (0, 0, 1, 0)}
    assert "Edition 1: 1 came back." in words(desk.get(reverse("letters:overview", args=["bridge"])))
    page = words(desk.get(pages.deliver(letter)))
    assert "Edition 1: 1 came back." in page
    assert page.index("Older editions") < page.index("Prepare it again")


@pytest.mark.parametrize("done", ["again", "arrived", "newer"])
def test_what_came_back_waits_until_somebody_has_dealt_with_it(came_back, coordinator, done):
    second = newer(came_back.edition, coordinator)
    letter = second.letter
    if done == "again":
        made = services.prepare_delivery(came_back.edition, 0, parcels.mail(), by=coordinator)
        assert waits(letter) == {1: (1, 0, 0, 0)}
        parcels.sent(made, coordinator)
    elif done == "arrived":
        services.acknowledge(came_back, on=timezone.now().date(), by=coordinator)
    else:
        parcels.sent(services.prepare_delivery(second, 0, parcels.mail(), by=coordinator), coordinator)
    assert waits(letter) == {}


def test_newer_edition_counts_for_its_own_recipient_and_not_while_it_is_cancelled(came_back, coordinator):
    second = newer(came_back.edition, coordinator)
    services.prepare_delivery(second, 1, parcels.post(), by=coordinator)  # to somebody else
    assert waits(second.letter) == {2: (1, 0, 0, 0), 1: (0, 0, 1, 0)}
    same = services.prepare_delivery(second, 0, parcels.post(), by=coordinator)
    assert waits(second.letter) == {2: (2, 0, 0, 0)}
    services.cancel_delivery(same, by=coordinator)
    assert waits(second.letter) == {2: (1, 0, 0, 0), 1: (0, 0, 1, 0)}


def test_recipient_is_known_again_at_another_place_and_address(came_back, coordinator):
    letter = came_back.edition.letter
    letter.recipients.filter(line="to").update(position=9, email="new@bridges.example", address="2 Bank Street")
    RevisionFactory(letter=letter, number=2)
    second = newer(Letter.objects.get(pk=letter.pk).editions.get(), coordinator)
    place = next(at for at, one in enumerate(second.revision.recipients) if one["name"] == "Ada Example")
    services.prepare_delivery(second, place, parcels.post(), by=coordinator)
    assert waits(letter) == {2: (1, 0, 0, 0)}


def test_what_is_prepared_or_to_be_handed_over_of_an_older_edition_waits(desk, edition, coordinator):
    first = services.prepare_delivery(edition, 0, parcels.post(), by=coordinator)
    second = newer(edition, coordinator)
    services.prepare_delivery(second, 0, parcels.mail(), by=coordinator)
    assert waits(second.letter) == {2: (1, 0, 0, 0), 1: (1, 0, 0, 0)}
    parcels.released(first, coordinator)
    assert waits(second.letter) == {2: (1, 0, 0, 0), 1: (0, 1, 0, 0)}
    page = words(desk.get(pages.deliver(second.letter)))
    assert "Edition 1: 1 is released, to be handed over and noted." in page
    assert page.index("Older editions") < page.index("Note that it was delivered")
    services.hand_over(parcels.fresh(first), at=timezone.now(), by=coordinator)
    assert waits(second.letter) == {2: (1, 0, 0, 0)}


def test_silence_about_an_older_edition_waits_until_the_newer_one_goes(desk, prepared, coordinator):
    letter = prepared.edition.letter
    parcels.sent(prepared, coordinator)
    second = newer(prepared.edition, coordinator)
    assert waits(letter) == {}
    Delivery.objects.update(follow_up_at=timezone.now() - timedelta(minutes=1))
    assert waits(letter) == {1: (0, 0, 0, 1)}
    assert "Follow it up" in words(desk.get(pages.deliver(letter)))
    parcels.sent(services.prepare_delivery(second, 0, parcels.mail(), by=coordinator), coordinator)
    assert waits(letter) == {}


def test_steps_of_older_editions_are_for_who_runs_the_letter(client, came_back, coordinator, letter):
    newer(came_back.edition, coordinator)
    client.force_login(coordinator)
    assert "Prepare it again" in words(client.get(pages.deliver(letter)))  # the control
    team_member(client, letter, "viewer")
    seen = words(client.get(pages.deliver(letter)))
    assert ("Prepare it again" in seen, "Edition 1: 1 came back." in seen) == (False, True)


def test_reading_what_waits_takes_as_many_questions_for_many_editions(
    came_back, coordinator, django_assert_max_num_queries
):
    letter = came_back.edition.letter
    for _more in range(3):
        newer(came_back.edition, coordinator)
    with django_assert_max_num_queries(3):
        assert waits(letter) == {1: (0, 0, 1, 0)}


def test_pages_say_which_edition_was_delivered(desk, prepared, coordinator):
    letter, overview = prepared.edition.letter, reverse("letters:overview", args=["bridge"])
    delivery = parcels.sent(prepared, coordinator)
    newer(delivery.edition, coordinator)
    page = words(desk.get(pages.deliver(letter)))
    assert page.count("Edition 2 is not delivered yet. Edition 1 was.") == 1  # to one; to the other neither was
    assert page.count("Edition 2 is not delivered yet.") == 2
    shown = words(desk.get(overview))
    assert "Edition 1 delivered" in shown
    assert "Delivered to 1 of 2 recipients." in shown
    assert "Delivery of edition 1 to Ada Example" in words(desk.get(pages.of(delivery)))
    assert "· Edition 1 ·" in words(desk.get(pages.of(delivery, "acknowledge")))
