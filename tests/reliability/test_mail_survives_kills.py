"""A worker may be killed at any moment: no mail is lost, and the copies this costs are few and equal."""

from collections import defaultdict

import pytest

from campaigns.models import Mail
from signatories.models import Purpose, Token
from tests.factories import OpenLetterFactory
from tests.reliability import signers
from tests.reliability.house import WORKER
from tests.reliability.plain_delivery import app as plain
from tests.reliability.plain_delivery import deliver

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]

CONCURRENCY = 2
BETWEEN_KILLS = 40  # mails; so the last kill, too, comes while they go out


@pytest.mark.parametrize(("mails", "kills"), [(200, 4), pytest.param(1000, 20, marks=pytest.mark.battery)])
def test_mail_survives_kills(house, sink, mails, kills):
    letters = [OpenLetterFactory() for _ in range(4)]
    for number in range(mails):
        signers.sign_on(letters[number % 4], number)
    house.beat()
    for _ in range(kills):
        worker, goal = house.worker(concurrency=CONCURRENCY), len(sink.arrivals) + BETWEEN_KILLS
        house.wait(lambda goal=goal: len(sink.arrivals) >= goal)
        worker.kill()
        assert Mail.objects.unsent().exists()
    house.worker(concurrency=CONCURRENCY)
    house.wait(lambda: not Mail.objects.unsent().exists())

    copies = defaultdict(list)
    for arrival in list(sink.arrivals):
        copies[arrival.address].append(arrival)
    assert set(copies) == {signers.address(number) for number in range(mails)}
    extras = sum(map(len, copies.values())) - mails
    print(f"{kills} kills, extra copies: {extras}")
    assert extras <= kills * CONCURRENCY
    for address, arrivals in copies.items():
        assert len({(arrival.message["Message-ID"], arrival.token) for arrival in arrivals}) == 1
        token = Token.objects.found(Purpose.CONFIRM, arrivals[0].token)
        assert token.signatory.contact_email == address


def test_mail_without_an_outbox_is_lost(house, sink):
    """The control: the message in the broker is the only copy, and it is gone with the worker that took it."""
    sent, kills = 120, 3
    sink.delay = 0.2  # nearly all the time both threads of a worker are in the middle of a mail
    plain.conf.broker_url = house.redis.url
    for number in range(sent):
        deliver.delay(signers.address(number))

    def worker():
        command = ["celery", "-A", "tests.reliability.plain_delivery", "worker", *WORKER]
        return house.start("plain", [*command, "--concurrency", str(CONCURRENCY)])

    for _ in range(kills):
        victim, goal = worker(), len(sink.arrivals) + 10
        house.wait(lambda goal=goal: len(sink.arrivals) >= goal)
        victim.kill()
    sink.delay = 0
    survivor = worker()
    deliver.delay("last@site.example")
    house.wait(lambda: "last@site.example" in sink.addresses())
    with plain.connection_for_read() as connection:
        assert connection.default_channel.client.llen("celery") == 0
    survivor.stop()  # it finishes what it has in hand
    lost = sent - len(set(sink.addresses()) - {"last@site.example"})
    print(f"{kills} kills, lost without an outbox: {lost} of {sent}")
    assert lost > 0


def test_mail_without_a_lease_goes_out_again_and_again(house, sink):
    """The control for the claim: with a lease that ends at once, each thread takes what the other is sending."""
    sink.delay = 0.2
    letter = OpenLetterFactory()
    for number in range(30):  # so that the next sweep finds the first one still at it
        signers.sign_on(letter, number)
    house.beat()
    house.worker(concurrency=CONCURRENCY, OUTBOX_LEASE_SECONDS="0")
    house.wait(lambda: len(sink.arrivals) > len(set(sink.addresses())))
