"""A renderer that is killed in the middle: the next one does its work."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from letters import services
from letters.models import Letter, Rendering
from tests.factories import OpenLetterFactory, UserFactory

pytestmark = pytest.mark.processes


def test_document_of_a_killed_worker_is_done_by_the_next(house):
    letter = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    services.freeze(letter, by=UserFactory())
    house.beat()
    worker = house.worker()
    house.wait(lambda: Rendering.objects.get(edition__isnull=False).state == Rendering.State.RENDERING)
    worker.kill()
    stuck = Rendering.objects.get(edition__isnull=False)
    assert (stuck.state, stuck.attempts) == ("rendering", 1)
    assert stuck.leased_until > timezone.now()

    Rendering.objects.update(leased_until=timezone.now() - timedelta(seconds=1))  # the minute passes
    house.worker()
    house.wait(lambda: Rendering.objects.get(edition__isnull=False).state == Rendering.State.DONE)
    done = Rendering.objects.get(edition__isnull=False)
    content = (house.folder / "var" / "documents" / done.file.name).read_bytes()
    assert (done.attempts, done.sha256, done.bytes) == (2, hashlib.sha256(content).hexdigest(), len(content))
    assert content.startswith(b"%PDF-")
