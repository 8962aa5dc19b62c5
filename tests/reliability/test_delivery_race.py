"""Two people at the same delivery, and workers meanwhile: one mail, and each is told how it stands."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from campaigns import outbox
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail
from letters import services
from letters.models import Delivery
from tests.factories import UserFactory
from tests.letters.delivering import parcels
from tests.letters.filed import file_documents
from tests.reliability import signers

pytestmark = pytest.mark.processes

ROUNDS = 8


@pytest.fixture
def people(postgres):
    return UserFactory.create_batch(4)


def prepared(by):
    edition = services.freeze(parcels.closed_letter(), by=by)
    file_documents(edition)
    return services.prepare_delivery(edition, 0, parcels.mail(), by=by)


def mail_of(delivery):
    return Mail.objects.about(delivery).filter(kind="letters.delivery")


def kinds(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


def test_two_who_release_at_once_send_one_mail(people, mailoutbox):
    for number in range(1, ROUNDS + 1):
        delivery = prepared(people[0])
        shown = services.dry_run(delivery).shown
        done = signers.at_once(partial(services.release_delivery, delivery, by=one, shown=shown) for one in people)
        assert kinds(done) == ["Delivery", "ForbiddenMove", "ForbiddenMove", "ForbiddenMove"]
        assert mail_of(delivery).count() == 1
        signers.at_once([outbox.send_due] * 3)
        assert len(mailoutbox) == number
        assert JournalEntry.objects.about(delivery).filter(data__now="released").count() == 1


def test_two_who_prepare_at_once_prepare_one(people):
    edition = prepared(people[0]).edition
    deeds = [partial(services.prepare_delivery, edition, 1, parcels.mail(), by=one) for one in people]
    assert kinds(signers.at_once(deeds)) == ["AlreadyDelivering"] * 3 + ["Delivery"]


def test_what_is_changed_while_it_is_released_is_released_as_it_was_or_not_at_all(people):
    for _ in range(ROUNDS):
        delivery = prepared(people[0])
        dry = services.dry_run(delivery)
        changed = parcels.mail(note="Other words")
        released, altered = signers.at_once(
            [
                partial(services.release_delivery, delivery, by=people[1], shown=dry.shown),
                partial(services.change_delivery, delivery, changed, by=people[0], known=delivery.touched_at),
            ]
        )
        assert kinds([released, altered]) == ["ChangedSince", "Delivery"]
        now = parcels.fresh(delivery)
        assert (now.status, now.note == "Other words") in {("released", False), ("prepared", True)}


def test_cancelling_while_it_is_released_leaves_no_mail_behind(people):
    for _ in range(ROUNDS):
        delivery = prepared(people[0])
        shown = services.dry_run(delivery).shown
        deeds = [
            partial(services.release_delivery, delivery, by=people[1], shown=shown),
            partial(services.cancel_delivery, delivery, by=people[0]),
        ]
        done = signers.at_once(deeds)
        assert parcels.fresh(delivery).status == "cancelled"
        assert set(mail_of(delivery).values_list("state", flat=True)) <= {"dropped"}
        assert all(one is True or isinstance(one, (Delivery, ForbiddenMove)) for one in done)


def test_what_is_held_back_while_it_is_sent_is_either(people, mailoutbox):
    for _ in range(ROUNDS):
        mailoutbox.clear()
        delivery = prepared(people[0])
        parcels.released(delivery, people[1])
        cancelled, sent = signers.at_once([partial(services.cancel_delivery, delivery, by=people[0]), outbox.send_due])
        if cancelled is True:
            assert (sent, len(mailoutbox), parcels.fresh(delivery).status) == (0, 0, "cancelled")
        else:
            assert (type(cancelled), sent, len(mailoutbox)) == (services.OnItsWay, 1, 1)


def test_sweeps_at_once_note_and_remind_once(people, mailoutbox):
    delivery = prepared(people[0])
    parcels.released(delivery, people[1])
    outbox.send_due()
    assert sum(signers.at_once([services.note_deliveries] * 4)) == 1
    assert JournalEntry.objects.about(delivery).filter(data__now="sent").count() == 1
    Delivery.objects.update(follow_up_at=timezone.now() - timedelta(minutes=1))
    assert sum(signers.at_once([services.note_deliveries] * 4)) == 1
    outbox.send_due()
    assert len(mailoutbox) == 2


def test_acknowledging_while_the_outbox_is_noted_blocks_nobody(people):
    for _ in range(ROUNDS):
        delivery = prepared(people[0])
        parcels.sent(delivery, people[1])
        today = timezone.now().date()
        acknowledge = partial(services.acknowledge, delivery, on=today, by=people[0])
        bounce = partial(services.note_bounce, delivery, words="Full", by=people[1])
        done = signers.at_once([acknowledge, bounce, services.note_deliveries])
        assert [one for one in done if isinstance(one, Exception) and not isinstance(one, ForbiddenMove)] == []
        assert parcels.fresh(delivery).status == "acknowledged"
