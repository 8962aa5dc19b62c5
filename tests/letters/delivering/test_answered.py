"""Which delivery a reply is to, and what counts as a reply: so that the team is not told of silence falsely."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from letters import services, tasks
from letters.models import Delivery, Reply
from letters.services import deliveries
from tests.factories import OpenLetterFactory
from tests.letters.delivering import pages, parcels
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def enter(letter):
    return reverse("letters:enter_reply", args=["bridge"])


@pytest.fixture
def silent(prepared, coordinator):
    delivery = parcels.sent(prepared, coordinator)
    Delivery.objects.filter(pk=delivery.pk).update(follow_up_at=timezone.now() - timedelta(minutes=1))
    return parcels.fresh(delivery)


def received(day, said="Thank you."):
    return services.Received("The Commissioner", day, said)


def day_of(delivery):
    return delivery.sent_at.date()  # the letter's clocks show UTC


def reminders(mailoutbox):
    tasks.note_deliveries()
    outbox.send_due()
    return len(mailoutbox) - 1


@pytest.mark.parametrize(("offset", "told"), [(0, 0), (1, 0), (-1, 1)])
def test_reply_to_the_letter_counts_from_the_day_of_the_delivery_on(silent, coordinator, mailoutbox, offset, told):
    assert silent.edition.letter.zone == "UTC"
    assert deliveries.is_to_follow_up(silent)
    services.enter_reply(silent.edition.letter, received(day_of(silent) + offset * DAY), by=coordinator)
    assert deliveries.is_to_follow_up(parcels.fresh(silent)) == bool(told)
    assert reminders(mailoutbox) == told


def test_day_is_the_one_on_the_letters_clocks(silent, coordinator):
    letter = silent.edition.letter
    type(letter).objects.update(zone="Pacific/Kiritimati")
    Delivery.objects.update(sent_at=silent.sent_at.replace(hour=20))
    services.enter_reply(letter, received(day_of(silent)), by=coordinator)
    assert not parcels.fresh(silent).is_replied_to  # there it was the next day already
    type(letter).objects.update(zone="UTC")
    assert parcels.fresh(silent).is_replied_to


def test_reply_to_the_letter_that_comes_while_the_reminder_waits_stops_it(silent, coordinator, mailoutbox):
    tasks.note_deliveries()
    services.enter_reply(silent.edition.letter, received(day_of(silent)), by=coordinator)
    assert reminders(mailoutbox) == 0


def test_reply_to_another_delivery_or_letter_does_not_count(silent, edition, coordinator, mailoutbox):
    other = services.prepare_delivery(edition, 1, parcels.mail(email="bo@m.example"), by=coordinator)
    services.enter_reply(silent.edition.letter, received(day_of(silent)), by=coordinator, delivery=other)
    services.enter_reply(OpenLetterFactory(), received(day_of(silent)), by=coordinator)
    assert reminders(mailoutbox) == 1


def test_form_offers_what_has_arrived(desk, silent, edition, coordinator, enter):
    services.prepare_delivery(edition, 1, parcels.mail(email="bo@m.example"), by=coordinator)
    choices = desk.get(enter).context["form"].fields["delivery"].choices
    said = "Ada Example, Commissioner for Bridges: by e-mail, edition 1"
    assert [(value, str(label)) for value, label in choices] == [("", "To the letter"), (silent.pk, said)]


def test_reply_is_to_the_delivery_that_was_chosen(desk, silent, enter):
    today = timezone.now().date().isoformat()
    pages.sent_from(desk, enter, by_whom="Ada", received_on=today, words="Yes.", delivery=str(silent.pk))
    reply = Reply.objects.get()
    assert reply.delivery == silent
    page = pages.reply(reply, "change_reply")
    assert fields(desk.get(page))["delivery"] == str(silent.pk)
    pages.sent_from(desk, page, words="Yes!")
    assert Reply.objects.get().delivery == silent
    pages.sent_from(desk, page, delivery="")
    assert Reply.objects.get().delivery is None


def test_delivery_that_came_back_since_stays_the_one_that_was_answered(desk, silent, coordinator):
    reply = services.enter_reply(silent.edition.letter, received(day_of(silent)), by=coordinator, delivery=silent)
    services.note_bounce(silent, words="Full", by=coordinator)
    pages.sent_from(desk, pages.reply(reply, "change_reply"), words="Yes!")
    assert Reply.objects.get().delivery == silent


def test_delivery_that_cannot_be_chosen_is_refused_and_words_are_kept(desk, silent, edition, coordinator, enter):
    prepared = services.prepare_delivery(edition, 1, parcels.mail(email="bo@m.example"), by=coordinator)
    today = timezone.now().date().isoformat()
    answer = pages.sent_from(
        desk, enter, by_whom="Ada", received_on=today, words="Long words", delivery=str(prepared.pk)
    )
    assert "Select a valid choice." in words(answer)
    assert fields(answer)["words"] == "Long words"
    assert not Reply.objects.exists()


def test_change_refuses_the_delivery_of_another_letter(silent, coordinator):
    reply = services.enter_reply(OpenLetterFactory(), received(day_of(silent)), by=coordinator)
    with pytest.raises(services.NotTheLetters):
        services.change_reply(reply, received(day_of(silent)), by=coordinator, delivery=silent)


def test_same_reply_within_a_minute_is_a_second_click(letter, coordinator, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    first = services.enter_reply(letter, received(now.date()), by=coordinator)
    time_machine.move_to(now + timedelta(seconds=59), tick=False)
    assert services.enter_reply(letter, received(now.date()), by=coordinator) == first
    time_machine.move_to(now + timedelta(seconds=61), tick=False)
    assert services.enter_reply(letter, received(now.date()), by=coordinator) != first


def test_other_replies_within_a_minute_are_replies(silent, coordinator):
    letter, day, file = silent.edition.letter, day_of(silent), ("a.pdf", b"%PDF-1")
    several = [
        received(day),
        received(day, "No."),
        received(day - DAY),
        services.Received("Somebody else", day, "Thank you."),
        services.Received("The Commissioner", day, "Thank you.", file),
    ]
    for one in several:
        services.enter_reply(letter, one, by=coordinator)
    services.enter_reply(letter, several[0], by=coordinator, delivery=silent)
    assert Reply.objects.count() == 6
