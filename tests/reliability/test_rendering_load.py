"""Documents that are many, and documents that never end: neither holds up a mail, nor the document after it."""

import pytest
from django.db import transaction
from django.utils import timezone

from campaigns.models import Mail
from letters import services
from letters.models import Letter, Rendering
from tests.factories import OpenLetterFactory, UserFactory
from tests.reliability import signers

pytestmark = pytest.mark.processes

QUEUED = 20
ENDLESS = f'<p>River<sup data-footnote="">{"w" * 60_000}</sup></p>'  # minutes, in little memory
GREEDY = "<ul>" + "<li><p>x</p></li>" * 20_000 + "</ul>"


def frozen(**text):
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now(), text=text)
    return services.freeze(letter, by=UserFactory()).renderings.get()


def unfinished():
    return Rendering.objects.filter(edition__isnull=False).exclude(state=Rendering.State.DONE).count()


def test_twenty_documents_hold_up_no_mail(house, sink):
    """Workers as they are deployed, one for mail and one for documents. All is queued at one instant, and every mail is
    out while documents still wait."""
    with transaction.atomic():
        for _document in range(QUEUED):
            frozen()
        letter = OpenLetterFactory()
        for number in range(QUEUED):
            signers.sign_on(letter, number)
    house.worker(queues="documents", concurrency=1)
    house.beat()
    house.wait(lambda: Rendering.objects.filter(state=Rendering.State.RENDERING).exists())  # they go first
    house.worker(queues="mail", concurrency=4)
    house.wait(lambda: not Mail.objects.unsent().exists())
    assert unfinished() > 0
    assert sorted(sink.addresses()) == sorted(signers.address(number) for number in range(QUEUED))
    house.wait(lambda: not unfinished())


def test_control_mail_behind_documents_waits_for_them(house, sink):
    """One worker of one thread for both: it sets what it was told of first, and the mail waits."""
    for _document in range(3):
        frozen()
    house.beat()
    house.worker(concurrency=1)
    house.wait(lambda: Rendering.objects.filter(state=Rendering.State.RENDERING).exists())
    signers.sign_on(OpenLetterFactory(), 1)
    house.wait(lambda: sink.arrivals)
    assert unfinished() == 0


def test_bombs_are_stopped_and_the_next_document_is_set(house):
    bombs = [frozen(body=ENDLESS), frozen(body=GREEDY)]
    house.beat()
    house.worker(queues="documents", concurrency=1, RENDER_SECONDS="15", RENDER_MEGABYTES="250")
    house.wait(lambda: Rendering.objects.filter(pk=bombs[0].pk, state=Rendering.State.RENDERING).exists())
    plain = frozen()
    house.wait(lambda: Rendering.objects.get(pk=plain.pk).state == Rendering.State.DONE)
    for bomb in bombs:
        bomb.refresh_from_db()
    assert [(bomb.state, bomb.attempts) for bomb in bombs] == [("failed", 1), ("failed", 1)]
    assert bombs[0].error == "Rendering took longer than 15 seconds and was stopped."
    assert "more than 250 MB of memory" in bombs[1].error  # a library that got none may crash, which is told as well
