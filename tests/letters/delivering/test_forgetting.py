"""How long addresses, acknowledgements and replies are kept."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.models import JournalEntry
from letters import services, tasks
from letters.models import Delivery, Letter, Publication, Reply
from letters.models.deliveries import PRIVATE, PRIVATE_OF_REPLY
from signatories.services import keep_retention
from tests.letters.delivering import parcels
from tests.letters.delivering.test_releasing import publish

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 5)
DAY = timedelta(days=1)
KEPT = timedelta(days=settings.CONTACT_RETENTION_DAYS)


@pytest.fixture
def acknowledged(prepared, coordinator):
    delivery = parcels.sent(prepared, coordinator)
    services.acknowledge(delivery, on=TODAY, words="No. 17", proof=("a.pdf", b"%PDF-"), by=coordinator)
    return parcels.fresh(delivery)


@pytest.fixture
def reply(acknowledged, coordinator):
    received = services.Received("The Commissioner", TODAY, "Thank you.", ("b.pdf", b"%PDF-"))
    return services.enter_reply(acknowledged.edition.letter, received, by=coordinator, delivery=acknowledged)


def held(row, parts):
    return [part for part in parts if getattr(type(row).objects.get(pk=row.pk), part)]


def test_contacts_are_kept_from_the_last_delivery_on(edition, coordinator, time_machine):
    """Not from the freezing, where a letter was delivered later; a delivery that came back does not count."""
    time_machine.move_to(edition.frozen_at + 40 * DAY, tick=False)
    delivery = parcels.sent(services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator), coordinator)
    letter = Letter.objects.get()
    assert letter.contacts_kept_until == delivery.sent_at + KEPT
    services.note_bounce(delivery, words="Full", by=coordinator)
    assert letter.contacts_kept_until == edition.frozen_at + KEPT


def test_what_is_only_prepared_keeps_nothing_longer(edition, prepared, coordinator):
    parcels.released(prepared, coordinator)
    assert Letter.objects.get().contacts_kept_until == edition.frozen_at + KEPT


def test_delivery_after_the_day_was_told_puts_it_off_and_everybody_is_told_anew(edition, coordinator, time_machine):
    def told():
        return JournalEntry.objects.filter(verb="told of deleting").count()

    time_machine.move_to(edition.frozen_at + KEPT - 5 * DAY, tick=False)
    keep_retention()
    assert told() == 1
    parcels.sent(services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator), coordinator)
    time_machine.move_to(edition.frozen_at + KEPT + 30 * DAY, tick=False)
    assert keep_retention() == 0
    time_machine.move_to(edition.frozen_at + 2 * KEPT - 10 * DAY, tick=False)
    keep_retention()
    assert told() == 2
    time_machine.move_to(edition.frozen_at + 2 * KEPT + 10 * DAY, tick=False)
    assert keep_retention() == 2


def test_addresses_and_acknowledgements_go_when_contact_data_does(acknowledged, time_machine):
    until = Letter.objects.get().contacts_kept_until
    time_machine.move_to(until - timedelta(minutes=1), tick=False)
    assert tasks.forget_correspondence() == 0
    assert "email" in held(acknowledged, PRIVATE)
    time_machine.move_to(until + timedelta(minutes=1), tick=False)
    assert [tasks.forget_correspondence() for _ in range(2)] == [1, 0]
    assert held(acknowledged, PRIVATE) == []
    emptied = parcels.fresh(acknowledged)
    assert (emptied.status, emptied.acknowledged_on, emptied.sha256 != "") == ("acknowledged", TODAY, True)
    assert JournalEntry.objects.filter(verb="deleted correspondence", data__number=1).exists()


def test_replies_that_are_not_public_go_and_those_that_are_stay(reply, coordinator, time_machine):
    received = services.Received("The Minister", TODAY, "No.")
    public = services.enter_reply(reply.letter, received, by=coordinator)
    services.publish_reply(public, by=coordinator)
    publish(reply.letter.editions.get(), coordinator)
    time_machine.move_to(timezone.now() + KEPT + DAY, tick=False)
    tasks.forget_correspondence()
    assert held(reply, PRIVATE_OF_REPLY) == []
    assert held(public, ("by_whom", "words")) == ["by_whom", "words"]


@pytest.mark.parametrize("letter_was", ["never published", "taken back long ago"])
def test_published_reply_that_nobody_can_read_goes(reply, coordinator, time_machine, letter_was):
    services.publish_reply(reply, by=coordinator)
    if letter_was == "taken back long ago":
        publication = publish(reply.letter.editions.get(), coordinator)
        services.publications.take_back(publication, reason="an error", by=coordinator)
    time_machine.move_to(timezone.now() + KEPT + DAY, tick=False)
    tasks.forget_correspondence()
    assert held(reply, PRIVATE_OF_REPLY) == []
    assert not Reply.objects.get().is_public


def test_published_reply_of_a_letter_that_is_taken_back_is_kept_as_long_from_then_on(reply, coordinator, time_machine):
    services.publish_reply(reply, by=coordinator)
    publication = publish(reply.letter.editions.get(), coordinator)
    time_machine.move_to(timezone.now() + 2 * KEPT, tick=False)
    services.publications.take_back(publication, reason="an error", by=coordinator)
    tasks.forget_correspondence()
    assert held(reply, ("words",)) == ["words"]
    time_machine.move_to(timezone.now() + KEPT + DAY, tick=False)
    tasks.forget_correspondence()
    assert held(reply, PRIVATE_OF_REPLY) == []


def test_published_reply_is_kept_for_a_letter_that_is_going_to_be_public(reply, coordinator, time_machine):
    services.publish_reply(reply, by=coordinator)
    now = timezone.now()
    facts = {"status": "scheduled", "comes_at": now + 9 * KEPT, "released_at": now, "released_by": coordinator}
    edition = reply.letter.editions.get()
    Publication.objects.create(letter=reply.letter, edition=edition, prepared_by=coordinator, **facts)
    time_machine.move_to(now + 2 * KEPT, tick=False)
    tasks.forget_correspondence()
    assert held(reply, ("words",)) == ["words"]


def test_reply_that_came_late_is_kept_as_long_from_then_on(acknowledged, coordinator, time_machine):
    time_machine.move_to(timezone.now() + 2 * KEPT, tick=False)
    late = services.enter_reply(
        acknowledged.edition.letter, services.Received("The Commissioner", TODAY, "At last."), by=coordinator
    )
    tasks.forget_correspondence()
    assert held(late, ("words",)) == ["words"]
    time_machine.move_to(timezone.now() + KEPT + DAY, tick=False)
    tasks.forget_correspondence()
    assert held(late, PRIVATE_OF_REPLY) == []


def test_reply_that_is_taken_off_the_page_is_kept_as_long_from_then_on(reply, coordinator, time_machine):
    services.publish_reply(reply, by=coordinator)
    time_machine.move_to(timezone.now() + 2 * KEPT, tick=False)
    services.hide_reply(reply, by=coordinator)
    tasks.forget_correspondence()
    assert held(reply, ("words",)) == ["words"]


def test_what_was_prepared_and_left_is_cancelled_and_emptied(prepared, time_machine):
    time_machine.move_to(timezone.now() + KEPT + DAY, tick=False)
    assert tasks.forget_correspondence() == 1
    assert (parcels.fresh(prepared).status, held(prepared, PRIVATE)) == ("cancelled", [])


def test_command_says_what_is_due_and_empties_it(reply, acknowledged, time_machine):
    def said(**options):
        call_command("delete_contacts", stdout=(out := StringIO()), **options)
        return out.getvalue().splitlines()

    line = f"letter {reply.letter_id}: 2 deliveries and replies, to be emptied now"
    assert line not in said(dry_run=True)
    time_machine.move_to(timezone.now() + KEPT + DAY, tick=False)
    assert line in said(dry_run=True)
    assert held(reply, ("words",)) == ["words"]
    assert said()[-1] == "2 deliveries and replies emptied."
    assert held(reply, PRIVATE_OF_REPLY) + held(acknowledged, PRIVATE) == []
    assert line not in said(dry_run=True)


def test_letter_that_is_open_again_keeps_what_it_has(acknowledged, time_machine):
    time_machine.move_to(timezone.now() + KEPT + DAY, tick=False)
    Letter.objects.update(status=Letter.Status.OPEN, closed_at=None)
    assert tasks.forget_correspondence() == 0


def test_database_refuses_an_emptied_one_that_holds_something(acknowledged, reply):
    for rows in (Delivery.objects.all(), Reply.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(emptied_at=timezone.now())
