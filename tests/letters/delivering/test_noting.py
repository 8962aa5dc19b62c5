"""What becomes of a delivery: by the outbox, by hand, and by nobody's reply."""

import base64
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from campaigns import outbox
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail
from letters import services, tasks
from letters.models import Delivery
from letters.services import noting
from tests.letters.delivering import parcels

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 5)


def test_sent_mail_is_noted_with_when_and_message_id(prepared, coordinator, mailoutbox):
    delivery = parcels.sent(prepared, coordinator)
    mail = Mail.objects.get(kind="letters.delivery")
    assert (delivery.status, delivery.sent_at) == ("sent", mail.sent_at)
    assert delivery.message_id == mailoutbox[0].extra_headers["Message-ID"]
    assert delivery.follow_up_at == mail.sent_at + timedelta(days=14)


def test_noting_twice_is_noting_once(prepared, coordinator):
    parcels.sent(prepared, coordinator)
    assert tasks.note_deliveries() == 0
    moves = JournalEntry.objects.about(prepared).filter(verb="moved")
    assert [entry.data["now"] for entry in moves] == ["released", "sent"]


def test_mail_that_waits_is_not_noted(prepared, coordinator, settings):
    settings.EMAIL_BACKEND = "tests.campaigns.mail_servers.Gone"
    assert parcels.sent(prepared, coordinator).status == "released"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Mail.objects.update(run_after=timezone.now())
    outbox.send_due()
    services.note_deliveries()
    assert parcels.fresh(prepared).status == "sent"


def test_mail_that_is_refused_came_back_with_the_reason_in_our_words(edition, coordinator, settings):
    settings.EMAIL_BACKEND = "tests.campaigns.mail_servers.Choosy"
    refused = parcels.mail(email="refused@site.example")
    delivery = parcels.sent(services.prepare_delivery(edition, 0, refused, by=coordinator), coordinator)
    assert delivery.status == "bounced"
    assert delivery.bounce == "The mail server does not know the address, or takes no mail for it (550)."
    assert delivery.bounced_at


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("SMTPRecipientsRefused 550", "does not know the address"),
        ("SMTPDataError 552", "mailbox is full"),
        ("SMTPRecipientsRefused 452", "mailbox is full"),
        ("SMTPSenderRefused, too large, 552", "too large for the mail server"),
        ("SMTPDataError 554", "refused the mail for good (554)"),
        ("SMTPRecipientsRefused 451", "No mail server took the mail"),
        ("SMTPServerDisconnected", "No mail server took the mail"),
        ("DocumentSpoiled while rendering", "could not make the mail"),
    ],
)
def test_reasons_are_told_apart(error, words):
    assert words in noting._refusal(error)


def test_one_that_cannot_be_noted_does_not_hold_up_the_next(edition, coordinator, monkeypatch):
    parcels.released(services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator), coordinator)
    other = services.prepare_delivery(edition, 1, parcels.mail(email="bo@m.example"), by=coordinator)
    parcels.released(other, coordinator)
    outbox.send_due()
    arrive = noting.releasing.arrive

    def failing(delivery, *args, **more):
        if delivery.pk != other.pk:
            raise ValueError
        arrive(delivery, *args, **more)

    monkeypatch.setattr(noting.releasing, "arrive", failing)
    assert services.note_deliveries() == 1
    monkeypatch.undo()
    assert services.note_deliveries() == 1


def test_it_is_prepared_again_with_another_address(edition, coordinator, settings, mailoutbox):
    settings.EMAIL_BACKEND = "tests.campaigns.mail_servers.Choosy"
    refused = services.prepare_delivery(edition, 0, parcels.mail(email="refused@site.example"), by=coordinator)
    parcels.sent(refused, coordinator)
    again = services.prepare_delivery(edition, 0, parcels.mail(email="office@site.example"), by=coordinator)
    assert parcels.sent(again, coordinator).status == "sent"
    assert [mail.to for mail in mailoutbox] == [["office@site.example"]]


def test_bounce_that_came_by_mail_is_noted_by_hand(prepared, coordinator):
    delivery = parcels.sent(prepared, coordinator)
    services.note_bounce(delivery, words="Mailbox full", by=coordinator)
    assert (parcels.fresh(delivery).status, parcels.fresh(delivery).bounce) == ("bounced", "Mailbox full")


def test_bounce_of_what_is_in_the_outbox_is_not_for_hands(prepared, coordinator):
    with pytest.raises(ForbiddenMove):
        services.note_bounce(parcels.released(prepared, coordinator), words="?", by=coordinator)


def test_acknowledgement_keeps_day_words_and_file_unreadably(prepared, coordinator):
    delivery = parcels.sent(prepared, coordinator)
    proof = ("receipt.pdf", b"%PDF-canary")
    services.acknowledge(delivery, on=TODAY, words="No. 17, canary", proof=proof, by=coordinator)
    delivery = parcels.fresh(delivery)
    assert (delivery.status, delivery.acknowledged_on, delivery.acknowledgement) == (
        "acknowledged",
        TODAY,
        "No. 17, canary",
    )
    assert services.decoded(delivery.proof) == b"%PDF-canary"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM letters_delivery")
        stored = repr(cursor.fetchall())
    assert "canary" not in stored
    assert base64.b64encode(b"%PDF-canary").decode() not in stored
    assert parcels.SIGNED not in stored
    assert parcels.FROM_NAME in stored  # the control: what is not encrypted can be read there


def test_acknowledgement_is_mended_and_keeps_its_file(prepared, coordinator):
    delivery = parcels.sent(prepared, coordinator)
    services.acknowledge(delivery, on=TODAY, proof=("a.pdf", b"%PDF-1"), by=coordinator)
    services.acknowledge(delivery, on=TODAY, words="No. 18", by=coordinator)
    delivery = parcels.fresh(delivery)
    assert (delivery.acknowledgement, services.decoded(delivery.proof)) == ("No. 18", b"%PDF-1")


def test_what_came_back_may_have_arrived_after_all(edition, coordinator, settings):
    settings.EMAIL_BACKEND = "tests.campaigns.mail_servers.Choosy"
    refused = services.prepare_delivery(edition, 0, parcels.mail(email="refused@site.example"), by=coordinator)
    delivery = parcels.sent(refused, coordinator)
    services.acknowledge(delivery, on=TODAY, by=coordinator)
    delivery = parcels.fresh(delivery)
    assert (delivery.status, delivery.sent_at) == ("acknowledged", delivery.released_at)


def test_what_another_has_replaced_did_not_arrive_after_all(prepared, edition, coordinator):
    first = parcels.sent(prepared, coordinator)
    services.note_bounce(first, words="Full", by=coordinator)
    second = services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)
    with pytest.raises(services.AlreadyDelivering) as refusal:
        services.acknowledge(first, on=TODAY, by=coordinator)
    assert refusal.value.standing == second


@pytest.fixture
def silent(prepared, coordinator):
    """Delivered, and its day for following up is over."""
    delivery = parcels.sent(prepared, coordinator)
    Delivery.objects.filter(pk=delivery.pk).update(follow_up_at=timezone.now() - timedelta(minutes=1))
    return delivery


def test_team_is_reminded_once(silent, mailoutbox, settings):
    for _ in range(2):
        tasks.note_deliveries()
        outbox.send_due()
    _delivered, reminder = mailoutbox
    assert reminder.to == [silent.edition.letter.campaign.contact_email]
    assert reminder.subject == (
        "No reply yet: “For the bridge over the Lind”, delivered to Ada Example, Commissioner for Bridges"
    )
    assert f"{settings.SITE_URL}/desk/letters/bridge/deliver/{silent.pk}/" in reminder.body.splitlines()
    assert parcels.SIGNED not in reminder.body
    assert parcels.fresh(silent).followed_up_at


def test_team_is_not_reminded_before_the_day(prepared, coordinator, mailoutbox, time_machine):
    delivery = parcels.sent(prepared, coordinator)
    time_machine.move_to(delivery.sent_at + timedelta(days=13, hours=23), tick=False)
    assert tasks.note_deliveries() == 0
    time_machine.move_to(delivery.sent_at + timedelta(days=14), tick=False)
    assert tasks.note_deliveries() == 1


@pytest.mark.parametrize("came", ["acknowledgement", "reply", "bounce"])
def test_team_is_not_reminded_of_what_has_come_to_something(silent, coordinator, mailoutbox, came):
    if came == "acknowledgement":
        services.acknowledge(silent, on=TODAY, by=coordinator)
    elif came == "reply":
        received = services.Received("The Commissioner", TODAY, "Thank you.")
        services.enter_reply(silent.edition.letter, received, by=coordinator, delivery=silent)
    else:
        services.note_bounce(silent, words="Full", by=coordinator)
    tasks.note_deliveries()
    outbox.send_due()
    assert [mail.to for mail in mailoutbox] == [[parcels.SIGNED]]


def test_reply_that_comes_while_the_reminder_waits_stops_it(silent, coordinator, mailoutbox):
    tasks.note_deliveries()
    received = services.Received("The Commissioner", TODAY, "Thank you.")
    services.enter_reply(silent.edition.letter, received, by=coordinator, delivery=silent)
    outbox.send_due()
    assert [mail.to for mail in mailoutbox] == [[parcels.SIGNED]]


def test_nobody_is_reminded_where_nobody_wants_to_be(edition, coordinator):
    never = services.prepare_delivery(edition, 0, parcels.mail(follow_up_days=0), by=coordinator)
    assert parcels.sent(never, coordinator).follow_up_at is None
