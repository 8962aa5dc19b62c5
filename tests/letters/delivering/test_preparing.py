"""Preparing: to whom, which way, with what; and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail
from letters import services
from letters.models import AddresseeNames, Delivery, Letter, Publication
from letters.services import delivering
from tests.factories import RecipientFactory
from tests.letters.delivering import parcels

pytestmark = pytest.mark.django_db


def test_prepare_keeps_what_goes_to_whom_and_sends_nothing(edition, coordinator):
    delivery = services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)
    assert (delivery.status, delivery.recipient_signed["name"]) == ("prepared", "Ada Example")
    assert (delivery.email, delivery.needs_second, delivery.follow_up_days) == (parcels.SIGNED, False, 14)
    entry = JournalEntry.objects.get(verb="delivery prepared")
    assert entry.actor_id == coordinator.pk
    assert parcels.SIGNED not in str(entry.data)
    assert not Mail.objects.exists()


def test_prepare_refuses_whoever_is_not_on_the_signed_list(edition, coordinator):
    """A recipient that the draft has got since is not one that was signed."""
    RecipientFactory(letter=edition.letter, name="Somebody Else")
    for place in (2, 99, -1):
        with pytest.raises(services.NotSigned):
            services.prepare_delivery(edition, place, parcels.mail(), by=coordinator)
    assert services.prepare_delivery(edition, 1, parcels.mail(), by=coordinator).recipient == 1  # the control


def test_prepare_refuses_a_second_by_the_same_channel(prepared, edition, coordinator):
    with pytest.raises(services.AlreadyDelivering) as refusal:
        services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)
    assert refusal.value.standing == prepared
    assert services.prepare_delivery(edition, 0, parcels.post(), by=coordinator).channel == "post"


def test_database_refuses_a_second_by_the_same_channel(prepared):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            edition=prepared.edition, recipient=0, channel="email", language="en", prepared_by=prepared.prepared_by
        )


def test_prepare_refuses_a_document_that_is_not_there(edition, coordinator):
    for parcel in (parcels.mail(language="fr"), parcels.mail(variant="other")):
        with pytest.raises(services.NotDeliverable):
            services.prepare_delivery(edition, 0, parcel, by=coordinator)
    being_set = services.freeze(edition.letter, by=coordinator)
    with pytest.raises(services.NotDeliverable):
        services.prepare_delivery(being_set, 0, parcels.mail(), by=coordinator)


def test_addressees_copy_goes_to_the_addressee_and_not_to_a_copy_reader(edition, coordinator):
    confidential = parcels.mail(variant="addressee")
    with pytest.raises(services.NotDeliverable):
        services.prepare_delivery(edition, 1, confidential, by=coordinator)
    assert services.prepare_delivery(edition, 0, confidential, by=coordinator).variant == "addressee"


def test_addressees_copy_is_not_offered_once_its_names_are_deleted(edition, coordinator):
    assert [one.variant for one in delivering.documents(edition, 0)] == ["public", "addressee"]
    services.forget_names(edition.letter)
    edition = type(edition).objects.get(pk=edition.pk)
    assert [one.variant for one in delivering.documents(edition, 0)] == ["public"]
    assert AddresseeNames.objects.exists()


def test_link_needs_a_published_edition(edition, coordinator):
    linked = parcels.mail(is_attached=False)
    with pytest.raises(services.NotDeliverable):
        services.prepare_delivery(edition, 0, linked, by=coordinator)
    publish(edition, coordinator)
    assert not services.prepare_delivery(edition, 0, linked, by=coordinator).is_attached
    with pytest.raises(services.NotDeliverable):
        services.prepare_delivery(edition, 1, parcels.mail(is_attached=False, variant="addressee"), by=coordinator)


def publish(edition, by):
    now = timezone.now()
    facts = {"comes_at": now, "came_at": now, "released_at": now, "released_by": by, "prepared_by": by}
    return Publication.objects.create(letter=edition.letter, edition=edition, status="public", **facts)


def test_what_belongs_to_mails_is_not_kept_of_other_ways(edition, coordinator):
    by_post = parcels.mail(channel="post")
    delivery = services.prepare_delivery(edition, 0, by_post, by=coordinator)
    assert [delivery.email, delivery.from_name, delivery.reply_to, delivery.subject] == [""] * 4


def test_change_makes_who_changes_it_the_one_who_prepared_it(prepared, owner):
    changed = services.change_delivery(prepared, parcels.mail(subject="Another"), by=owner, known=prepared.touched_at)
    assert (changed.subject, changed.prepared_by) == ("Another", owner)
    assert parcels.fresh(prepared).subject == "Another"


def test_change_refuses_what_somebody_changed_meanwhile(prepared, owner, coordinator):
    known = prepared.touched_at
    services.change_delivery(prepared, parcels.mail(subject="First"), by=owner, known=known)
    with pytest.raises(services.ChangedSince):
        services.change_delivery(prepared, parcels.mail(subject="Second"), by=coordinator, known=known)
    assert parcels.fresh(prepared).subject == "First"


def test_change_refuses_what_is_released(prepared, coordinator):
    delivery = parcels.released(prepared, coordinator)
    with pytest.raises(services.ChangedSince):
        services.change_delivery(delivery, parcels.mail(), by=coordinator, known=delivery.touched_at)


def test_cancel_leaves_it_and_another_can_be_prepared(prepared, edition, coordinator):
    services.cancel_delivery(prepared, by=coordinator)
    assert parcels.fresh(prepared).status == "cancelled"
    assert services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator).pk != prepared.pk
    with pytest.raises(ForbiddenMove):
        services.cancel_delivery(prepared, by=coordinator)


def test_deliveries_of_a_letter_that_is_open_again_go_on(edition, coordinator):
    later = timezone.now() + timedelta(days=2)
    services.reopen(edition.letter, closes_at=later, reason="late groups", by=coordinator)
    assert services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator).status == "prepared"
    assert Letter.objects.get().status == "open"
