"""Failures, several workers at once, and workers that are killed."""

import os
import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connections
from django.utils import timezone

from letters import tasks
from letters.models import Letter, Rendering, StaticCopy
from letters.services import static_copies
from letters.services.static_copies import folder as shelf
from letters.services.static_copies import keeping
from tests.letters.publishing.published import over, published
from tests.letters.static_copies.copied import at, contents, copied, grow_old, names, row, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_failure_is_put_off_longer_each_time_and_told(later, folder, clock):
    letter = published(over(3)).letter
    folder.write_text("a file stands where the folder should be")
    waits = []
    for _ in range(4):
        assert later(timedelta(hours=2)) == 0
        waits.append(row(letter).look_after - timezone.now())
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert (row(letter).failures, row(letter).error) == (4, f"Not a directory: {folder}/.staged")
    folder.unlink()
    assert later(timedelta(hours=2)) == 1
    assert (row(letter).failures, row(letter).error) == (0, "")


def test_failure_of_one_does_not_hold_up_the_next(later, monkeypatch):
    letter, other = published(over(3)).letter, published(over(3)).letter
    Letter.objects.filter(pk=letter.pk).update(slug=f"{letter.slug}-{'x' * 60}")
    at("letters").mkdir(parents=True)
    at(f"letters/{letter.slug}-{'x' * 60}").symlink_to("/nowhere")
    assert later() == 1
    assert row(letter).error.endswith(" is a link")
    assert row(other).error == ""


def test_page_with_a_fault_leaves_the_copy_as_it_was(later, settings):
    letter = copied()
    before = contents()
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    assert later() == 0
    assert row(letter).error == f"the site answers 400 at /letters/{letter.slug}/"
    assert contents() == before


def test_address_with_a_fault_holds_up_no_other_and_keeps_its_file(later):
    letter = copied()
    document = Rendering.objects.public().get()
    content = at(f"letters/{letter.slug}/1.pdf").read_bytes()
    document.file.storage.delete(document.file.name)
    letter.signatories.get(name="Org 1").move_to("withdrawn", withdrawn_at=timezone.now())
    assert later() == 1
    assert "Org 1" not in at(f"letters/{letter.slug}/signatories.csv").read_text()
    assert at(f"letters/{letter.slug}/1.pdf").read_bytes() == content
    assert shelf.is_whole(letter.slug, row(letter).digest)
    assert (row(letter).failures, row(letter).error) == (1, f"the site answers 500 at /letters/{letter.slug}/1.pdf")
    document.file.storage.save(document.file.name, ContentFile(content))
    assert later() == 0
    assert (row(letter).failures, row(letter).error) == (0, "")


def test_page_with_a_fault_is_left_out_since_it_may_name_who_has_withdrawn(later, monkeypatch):
    letter = copied()
    kit = at(f"letters/{letter.slug}/press/index.html")
    letter.signatories.get(name="Org 1").move_to("withdrawn", withdrawn_at=timezone.now())
    with monkeypatch.context() as faulty:
        faulty.setattr("letters.views.press._figures", lambda roll: 1 / 0)
        assert later() == 1
    assert not kit.exists()
    assert shelf.is_whole(letter.slug, row(letter).digest)
    assert row(letter).error.startswith("the site answers 500 at /")
    assert later() == 1
    assert kit.is_file()
    assert row(letter).error == ""


def test_address_with_a_fault_is_tried_again_later_each_time(later):
    letter = copied()
    document = Rendering.objects.public().get()
    document.file.storage.delete(document.file.name)
    later(static_copies.COMPARED)
    asked = [row(letter).compared_at]
    for _minute in range(16):
        later()
        asked.append(row(letter).compared_at)
    assert [asked.count(one) for one in sorted(set(asked))] == [1, 2, 4, 8, 2]
    assert row(letter).error == f"the site answers 500 at /letters/{letter.slug}/1.pdf"


def test_style_sheets_of_a_copy_that_is_being_written_stay(monkeypatch, clock):
    letter = published(over(3)).letter
    put, tidied = shelf.put, []

    def put_while_another_tidies(staged, name):
        put(staged, name)
        shelf.tidy()
        tidied.append(name)

    monkeypatch.setattr(shelf, "put", put_while_another_tidies)
    assert tasks.keep_static_copies() == 1
    assert any(name.startswith("static/") for name in tidied)
    assert shelf.is_whole(letter.slug, row(letter).digest)


def test_style_sheets_that_stood_there_stay_for_a_copy_that_is_being_written(monkeypatch, clock):
    first = copied()
    letter = published(over(3)).letter
    grow_old()
    put = shelf.put

    def put_while_another_takes_the_first_away(staged, name):
        put(staged, name)
        shelf.take_away(first.slug)
        shelf.tidy()

    monkeypatch.setattr(shelf, "put", put_while_another_takes_the_first_away)
    tasks.keep_static_copies()
    assert shelf.is_whole(letter.slug, row(letter).digest)


def test_copy_that_another_worker_has_is_left_to_it(clock):
    letter = published(over(3)).letter
    StaticCopy.objects.create(letter=letter, leased_until=timezone.now() + static_copies.LEASE)
    assert tasks.keep_static_copies() == 0
    assert names() == set()
    clock.shift(static_copies.LEASE + timedelta(seconds=1))  # that one was killed
    assert tasks.keep_static_copies() == 1


def test_who_lost_the_lease_writes_no_more(monkeypatch, clock):
    letter = published(over(3)).letter
    put, standing = shelf.put, []

    def put_slowly(staged, name):
        put(staged, name)
        if not standing:
            standing.append(name)
            clock.shift(static_copies.LEASE * 2)
            StaticCopy.objects.update(leased_until=timezone.now() + static_copies.LEASE)  # another has it now

    monkeypatch.setattr(keeping, "RENEWED_EVERY", 0.0)
    monkeypatch.setattr(shelf, "put", put_slowly)
    assert tasks.keep_static_copies() == 0
    assert names() == set(standing)
    assert row(letter).digest == ""


@pytest.mark.parametrize("after", [0, 1, 7, 12])
def test_kill_between_two_files_leaves_each_old_or_new_and_the_next_sweep_finishes(after, monkeypatch, clock):
    letter = copied()
    before = contents()
    letter.signatories.get(name="Org 1").move_to("withdrawn", withdrawn_at=timezone.now())
    clock.shift(static_copies.EVERY * 2)
    put, done = shelf.put, []

    class Killed(BaseException):
        """Nothing catches it, as nothing catches -9."""

    def put_until_killed(staged, name):
        if len(done) == after:
            raise Killed
        put(staged, name)
        done.append(name)

    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(shelf, "put", put_until_killed)
        tasks.keep_static_copies()
    half = contents()
    clock.shift(static_copies.LEASE + timedelta(seconds=1))
    assert tasks.keep_static_copies() == 1
    assert shelf.is_whole(letter.slug, row(letter).digest)
    assert len(done) == after
    assert {name for name in half if half[name] != before.get(name)} == set(done)
    assert "Org 1" not in at(f"letters/{letter.slug}/signatories.csv").read_text()


def test_what_a_killed_worker_staged_goes(later, folder):
    letter = published(over(3)).letter
    left = folder / ".staged" / f"{letter.slug}.abc"
    left.mkdir(parents=True)
    (left / "0").write_text("half")
    os.utime(left, (0, 0))  # long ago
    later()
    assert not left.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one_copy_once(folder):
    letters = [published(over(3)).letter for _ in range(3)]
    written, start = [], threading.Barrier(2)

    def work():
        start.wait()
        try:
            written.append(tasks.keep_static_copies())
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(written) == 3
    assert all(shelf.is_whole(letter.slug, row(letter).digest) for letter in letters)
    assert [verbs(letter) for letter in letters] == [["static copy written"]] * 3
