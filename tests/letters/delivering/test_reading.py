"""What is read of an edition, whose roll may be long: no more than is needed, and in no lock what is not."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox
from letters import services, tasks
from letters.models import Delivery
from tests.letters.delivering import pages, parcels

pytestmark = pytest.mark.django_db
LONG = ('"roll"', '"held"', '"record"', '"canonical"', '"proof"', '"file"')


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def asked():
    with CaptureQueriesContext(connection) as queries:
        yield queries


def read(asked):
    """Which long columns the queries named."""
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert '"number"' in said or "letters_delivery" in said  # something was asked
    said = re.sub(r'"letters_rendering"\."file"', "", said)  # the name of a file
    said = re.sub(r'NOT \("letters_\w+"\."(proof|file)" = \S+', "", said)  # whether there is one
    return [column for column in LONG if column in said]


def asks(view):
    with CaptureQueriesContext(connection) as queries:
        assert view().status_code == 200
    return read(queries)


def test_sweep_holds_no_letter_up_whose_mail_waits(prepared, coordinator):
    parcels.released(prepared, coordinator)
    with CaptureQueriesContext(connection) as queries:
        assert tasks.note_deliveries() == 0
    assert len(queries.captured_queries) == 3
    assert read(queries) == []
    assert not [one for one in queries.captured_queries if '"letters_letter"' in one["sql"]]


def test_sweep_reads_nothing_long_under_the_lock(prepared, coordinator):
    parcels.released(prepared, coordinator)
    outbox.send_due()
    with CaptureQueriesContext(connection) as queries:
        assert tasks.note_deliveries() == 1
    assert read(queries) == []
    Delivery.objects.update(follow_up_at=timezone.now() - timedelta(minutes=1))
    with CaptureQueriesContext(connection) as queries:
        assert tasks.note_deliveries() == 1
    assert read(queries) == []


def test_mail_reads_the_roll_and_nothing_else_that_is_long(prepared, coordinator):
    """The control: what needs the numbers of the roll asks for it."""
    parcels.released(prepared, coordinator)
    with CaptureQueriesContext(connection) as queries:
        outbox.send_due()
    assert read(queries) == ['"roll"']


def test_what_came_back_is_noted_without_the_roll(prepared, coordinator):
    delivery = parcels.sent(prepared, coordinator)
    with CaptureQueriesContext(connection) as queries:
        services.note_bounce(delivery, words="Full", by=coordinator)
    assert read(queries) == []


def test_pages_read_nothing_that_is_long(desk, edition, prepared, coordinator):
    by_post = services.prepare_delivery(edition, 1, parcels.post(), by=coordinator)
    received = services.Received("Ada", timezone.now().date(), "Yes", ("a.pdf", b"%PDF-"))
    services.enter_reply(edition.letter, received, by=coordinator, delivery=prepared)
    shown = services.dry_run(by_post).shown
    paths = [
        pages.of(prepared),
        pages.of(prepared, "change_delivery"),
        pages.prepare(edition, channel="portal"),
        pages.of(by_post, "release_delivery"),
        f"{pages.of(by_post, 'hand_over')}?shown={shown}",
        reverse("letters:kept_replies", args=["bridge"]),
        f"{reverse('letters:enter_reply', args=['bridge'])}?delivery={prepared.pk}",
    ]
    found = {path: asks(lambda path=path: desk.get(path)) for path in paths}
    assert {path: columns for path, columns in found.items() if columns} == {}
