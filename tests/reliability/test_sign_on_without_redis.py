"""The broker may be gone: organizations sign on all the same, and their mails leave when it is back."""

import statistics
from concurrent.futures import ThreadPoolExecutor

import pytest
from celery import Celery
from django.db import transaction
from kombu.exceptions import OperationalError

from letters.models import Letter
from signatories.models import Signatory, Submission
from tests.factories import OpenLetterFactory
from tests.reliability import signers

pytestmark = pytest.mark.processes

SIGN_ONS, VISITORS = 200, 4


def test_sign_on_needs_no_broker(house, redis, sink):
    letter = OpenLetterFactory()
    house.web()
    worker = house.worker()
    worker.restarts = 3  # Celery 5.7 gives up when the broker goes while it holds a message
    house.beat()
    signers.sign_on(letter, "before")
    house.wait(lambda: sink.arrivals)  # worker and scheduler are at work
    redis.kill()

    page = f"/letters/{letter.slug}/sign/"
    with ThreadPoolExecutor(VISITORS) as visitors:
        told = list(visitors.map(lambda number: house.request("POST", page, signers.answers(number)), range(SIGN_ONS)))
    assert {(answer.status, answer.location) for answer in told} == {(302, f"{page}sent/")}
    assert (Submission.objects.count(), Signatory.objects.count()) == (SIGN_ONS, 1)
    p95 = statistics.quantiles([answer.seconds for answer in told], n=20)[-1]
    print(f"95 % of sign-ons without a broker within {p95 * 1000:.0f} ms, {VISITORS} at a time")

    redis.start()
    house.wait(lambda: len(sink.arrivals) > SIGN_ONS)
    assert sorted(sink.addresses()) == sorted(signers.address(number) for number in ["before", *range(SIGN_ONS)])
    link = f"/confirm/{sink.arrivals[-1].token}/"
    assert house.request("POST", link, {"choice": "confirm"}).location.startswith("/mine/")
    assert Signatory.objects.filter(status="confirmed").count() == 1


def test_publishing_in_the_request_fails_without_a_broker(postgres, redis):
    """The control: what Celery's `delay` on commit would make of it. The sign-on stands, the visitor gets a 500."""
    plain = Celery("plain", broker=redis.url)
    redis.kill()

    @transaction.atomic
    def sign_on_and_publish(letter: Letter) -> None:
        signers.sign_on(letter, 1)
        transaction.on_commit(lambda: plain.send_task("campaigns.tasks.send_due"))

    with pytest.raises(OperationalError):
        sign_on_and_publish(OpenLetterFactory())
    assert Signatory.objects.count() == 1
