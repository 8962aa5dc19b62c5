"""The mail server may be down, busy, rude, or refuse one address: everything that can go out goes out."""

import pytest
from django.utils import timezone

from campaigns import outbox
from campaigns.models import Mail
from tests.factories import OpenLetterFactory
from tests.reliability import signers

pytestmark = pytest.mark.processes

BUSY = "421 4.3.2 Service not available"
LATER = "451 4.3.0 Try again later"
UNKNOWN = "550 5.1.1 No such user here"


def signed_on(count):
    letter = OpenLetterFactory()
    for number in range(count):
        signers.sign_on(letter, number)
    return [signers.address(number) for number in range(count)]


def postponed(error):
    return Mail.objects.filter(state=Mail.State.QUEUED, error__endswith=error).count()


def test_mail_waits_for_the_server_to_come_back(house, sink):
    sink.down()
    addresses = signed_on(100)
    house.beat()
    house.worker()
    house.wait(lambda: postponed("ConnectionRefusedError") >= 4)
    assert sink.arrivals == []
    sink.answer = BUSY
    sink.up()
    house.wait(lambda: postponed("421") >= 4)
    sink.answer = LATER
    house.wait(lambda: postponed("451") >= 40)
    assert sink.arrivals == []
    sink.answer = ""
    house.wait(lambda: not Mail.objects.unsent().exists())
    assert sorted(sink.addresses()) == sorted(addresses)
    assert Mail.objects.failed().count() == 0


def test_busy_server_costs_one_attempt_a_sweep(settings, postgres, sink):
    """RFC 5321: 421 is the server's own trouble; asking on for every mail that waits would make it worse."""
    send_through(settings, sink)
    signed_on(5)
    sink.answer = BUSY
    assert outbox.send_due() == 0
    assert sum(sink.asked.values()) == 1


def test_mail_cut_off_before_the_receipt_goes_out_again_and_equal(house, sink):
    sink.drops = 3
    addresses = signed_on(30)
    house.beat()
    house.worker()
    house.wait(lambda: not Mail.objects.unsent().exists())
    assert set(sink.addresses()) == set(addresses)
    assert len(sink.arrivals) == 30 + 3
    assert len({(arrival.message["Message-ID"], arrival.token) for arrival in sink.arrivals}) == 30


def test_one_refused_address_stops_no_other_and_is_shown(house, sink):
    addresses = signed_on(100)
    poison = addresses[50]
    sink.refusals[poison] = UNKNOWN
    house.beat()
    house.worker()
    house.wait(lambda: not Mail.objects.unsent().exists())
    assert sorted([*sink.addresses(), poison]) == sorted(addresses)
    failed = Mail.objects.failed().get()
    assert (failed.to_hash, failed.error) == (outbox.mailbox_hash(poison), "SMTPRecipientsRefused 550")
    signers.sign_on(OpenLetterFactory(), "later")
    house.wait(lambda: signers.address("later") in sink.addresses())
    assert sink.asked[poison] == 1


def test_server_that_refuses_us_costs_no_mail(settings, postgres, sink):
    """A mistake in our own sender or credentials is repaired some day; until then the mails wait."""
    send_through(settings, sink)
    addresses = signed_on(3)
    sink.senders = "553 5.7.1 Sender address rejected"
    outbox.send_due()
    assert Mail.objects.failed().count() == 0
    sink.senders = ""
    Mail.objects.unsent().update(run_after=timezone.now())
    outbox.send_due()
    assert sorted(sink.addresses()) == sorted(addresses)


@pytest.mark.parametrize("defended", [True, False])
def test_mail_is_lost_where_every_error_is_final(settings, postgres, sink, monkeypatch, defended):
    """The control: without patience an outage of a minute loses what was due in it."""
    send_through(settings, sink)
    addresses = signed_on(3)
    if not defended:
        monkeypatch.setattr(
            outbox, "_postpone", lambda mail, reason: outbox._note(mail, state=Mail.State.FAILED, error=reason)
        )
    sink.down()
    for _ in addresses:
        outbox.send_due()
    sink.up()
    Mail.objects.unsent().update(run_after=timezone.now())
    outbox.send_due()
    assert sorted(sink.addresses()) == (sorted(addresses) if defended else [])


def send_through(settings, sink):
    """Let this very process send its mail to the sink."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
