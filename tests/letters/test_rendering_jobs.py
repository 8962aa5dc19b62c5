"""A document is a job in the database first. What a kill does to it: tests/reliability/test_rendering_kill.py."""

import errno
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.utils import timezone

from letters import services
from letters.models import Letter, Rendering
from letters.services import renderings
from tests.factories import OpenLetterFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60  # seconds; only how long a broken test takes to say so


class FullDisk(FileSystemStorage):
    def _save(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")


class HeldUp(FileSystemStorage):
    """Writes when it is let."""

    def __init__(self, **options):
        super().__init__(**options)
        self.reached, self.let = threading.Event(), threading.Event()

    def _save(self, name, content):
        self.reached.set()
        assert self.let.wait(PATIENCE)
        return super()._save(name, content)


@pytest.fixture
def keep_in(monkeypatch, tmp_path):
    """Keep documents in a storage of this kind from here on."""

    def keep(kind):
        storage = kind(location=tmp_path)
        monkeypatch.setattr(Rendering._meta.get_field("file"), "storage", storage)
        return storage

    return keep


def frozen(**text):
    closed = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now(), text=text)
    services.freeze(closed, by=UserFactory())
    return Rendering.objects.get()


def in_thread(results):
    """Another worker; what it has done goes to `results`."""

    def work():
        try:
            results.append(renderings.render_due())
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    return worker


def test_two_workers_set_one_document_once():
    rendering, done = frozen(), []
    for worker in [in_thread(done), in_thread(done)]:
        worker.join()
    rendering.refresh_from_db()
    assert (sorted(done), rendering.state, rendering.attempts) == ([0, 1], "done", 1)


def test_lease_is_kept_while_the_work_goes_on(monkeypatch, keep_in):
    monkeypatch.setattr(renderings, "RENEWED_EVERY", 0.1)
    rendering, done, storage = frozen(), [], keep_in(HeldUp)
    worker = in_thread(done)
    assert storage.reached.wait(PATIENCE)
    rendering.refresh_from_db()
    first = rendering.leased_until
    deadline = timezone.now() + timedelta(seconds=PATIENCE)
    while rendering.leased_until <= first and timezone.now() < deadline:
        rendering.refresh_from_db()
    assert rendering.leased_until > first
    assert renderings.render_due() == 0  # another worker leaves it alone
    storage.let.set()
    worker.join()
    rendering.refresh_from_db()
    assert (done, rendering.state, rendering.leased_until, rendering.attempts) == ([1], "done", None, 1)


def test_lease_that_ran_out_lets_the_next_worker_in_and_shuts_the_first_out(keep_in):
    rendering, done, storage = frozen(), [], keep_in(HeldUp)
    slow = in_thread(done)
    assert storage.reached.wait(PATIENCE)
    Rendering.objects.update(leased_until=timezone.now() - timedelta(seconds=1))  # as if it had been stopped dead
    keep_in(FileSystemStorage)
    assert renderings.render_due() == 1
    by_the_next = Rendering.objects.values().get()
    storage.let.set()
    slow.join()
    assert done == [0]
    assert Rendering.objects.values().get() == by_the_next
    assert (by_the_next["state"], by_the_next["attempts"]) == ("done", 2)
    assert by_the_next["id"] == rendering.pk


def test_document_that_cannot_be_set_says_why_and_is_not_tried_again():
    rendering = frozen(title="A sign nobody has: \ue000")
    assert renderings.render_due() == 0
    rendering.refresh_from_db()
    assert (rendering.state, rendering.attempts, rendering.leased_until) == ("failed", 1, None)
    assert "U+E000" in rendering.error
    Rendering.objects.update(run_after=timezone.now() - timedelta(days=1))
    assert renderings.render_due() == 0
    rendering.refresh_from_db()
    assert rendering.attempts == 1


def test_bomb_is_stopped_and_the_next_document_is_set(settings):
    """The control is the second: with the same limits it is done, by the same worker, right after."""
    settings.RENDER_MEGABYTES = 250
    bomb = frozen(body="<ul>" + "<li><p>x</p></li>" * 20_000 + "</ul>")
    Rendering.objects.update(run_after=timezone.now() - timedelta(hours=1))  # it stands first
    closed = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    after = services.freeze(closed, by=UserFactory()).renderings.get()
    assert renderings.render_due() == 1
    bomb.refresh_from_db()
    after.refresh_from_db()
    assert (bomb.state, bomb.attempts, after.state) == ("failed", 1, "done")
    assert "more than 250 MB of memory" in bomb.error


def test_full_disk_is_tried_again_then_shown_then_done_by_hand(keep_in):
    rendering = frozen()
    keep_in(FullDisk)
    assert renderings.render_due() == 0
    rendering.refresh_from_db()
    assert (rendering.state, rendering.error, rendering.attempts) == ("queued", "OSError", 1)
    assert rendering.run_after > timezone.now()

    Rendering.objects.update(attempts=renderings.TRIES - 1, run_after=timezone.now())
    assert renderings.render_due() == 0
    rendering.refresh_from_db()
    assert (rendering.state, rendering.error, rendering.file.name) == ("failed", "OSError", "")

    keep_in(FileSystemStorage)
    services.render_again(rendering, by=UserFactory())
    assert renderings.render_due() == 1
    rendering.refresh_from_db()
    assert (rendering.state, rendering.error, rendering.file.read()[:5]) == ("done", "", b"%PDF-")


def test_whoever_waits_sees_how_far_it_is_and_then_how_long_it_took(monkeypatch, keep_in):
    """A letter of many pages, held up once it is laid out: at which page it is, then pages and seconds."""
    monkeypatch.setattr(renderings, "NOTED_EVERY", 0.1)
    rendering, done, storage = frozen(body="<p>Said again and again. </p>" * 900), [], keep_in(HeldUp)
    worker = in_thread(done)
    deadline = timezone.now() + timedelta(seconds=PATIENCE)
    while not rendering.pages and timezone.now() < deadline:
        rendering.refresh_from_db()
    assert rendering.pages > 0
    assert (rendering.state, rendering.seconds) == ("rendering", None)
    storage.let.set()
    worker.join()
    rendering.refresh_from_db()
    assert rendering.pages > 10
    assert rendering.seconds > 0


def test_a_new_try_begins_at_no_page():
    rendering = frozen()
    Rendering.objects.update(pages=7)
    renderings.render_due()
    rendering.refresh_from_db()
    assert (rendering.state, rendering.pages) == ("done", 1)
