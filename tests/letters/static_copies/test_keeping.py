"""When copies are written anew, and how they go."""

import errno
import json
import shutil
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from letters import services, tasks
from letters.models import Letter, Publication, StaticCopy
from letters.services import publications, static_copies
from letters.services.static_copies import folder as shelf
from signatories.models import Line
from tests.factories import SignatoryFactory, UserFactory
from tests.letters.publishing.published import frozen, over, prepared, published, release
from tests.letters.static_copies.copied import at, contents, copied, grow_old, names, of_letters, row, swept, verbs

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page(letter):
    return at(f"letters/{letter.slug}/index.html").read_text()


def take_back(letter):
    publication = Publication.objects.public().get(letter=letter)
    publications.take_back(publication, reason="A mistake.", by=UserFactory())


# --- Kept true ---


def test_nothing_is_written_while_only_the_time_passes(later, clock):
    letter = copied()
    before = contents()
    assert later() == 0
    assert later(static_copies.COMPARED) == 0  # every file was asked for again
    assert row(letter).compared_at == timezone.now()
    assert contents() == before


def test_pages_do_change_while_only_the_time_passes(client, clock):
    """The control: they say of when they are."""
    letter = copied()
    clock.shift(timedelta(minutes=5))
    assert client.get(letter.get_absolute_url()).content.decode() != page(letter)


def test_withdrawal_is_on_no_page_a_minute_later(later, clock):
    letter = copied()
    assert "Org 1<" in page(letter)
    clock.shift(timedelta(seconds=1))
    letter.signatories.get(name="Org 1").move_to("withdrawn", withdrawn_at=timezone.now())
    assert later() == 1
    assert "Org 1" not in at(f"letters/{letter.slug}/signatories.csv").read_text()
    assert json.loads(at(f"letters/{letter.slug}/signatories.json").read_text())["count"]["organizations"] == 2
    assert "printed in edition 1, withdrawn on" in page(letter)


def test_late_signatory_is_on_it_a_minute_later(later):
    letter = copied()
    Letter.objects.update(status="open", closed_at=None)
    SignatoryFactory(letter=letter, listed=True, line=Line("Late Heron", "", "KE"))
    assert later() == 1
    assert "Late Heron" in page(letter)


def test_what_another_page_alone_says_is_written_a_minute_later(later):
    letter = copied()
    Letter.objects.update(criteria="By the feathers alone.")
    assert later() == 1
    assert "By the feathers alone." in at(f"letters/{letter.slug}/checks/index.html").read_text()


def test_card_that_is_drawn_later_is_written_a_minute_later(later):
    letter = copied()
    blank = at(f"letters/{letter.slug}/card.png").read_bytes()
    tasks.draw_cards()
    assert later() == 1
    assert at(f"letters/{letter.slug}/card.png").read_bytes() != blank


def test_what_the_page_does_not_tell_is_written_within_an_hour(later):
    letter = copied()
    StaticCopy.objects.update(said="another")
    before = row(letter).written_at
    later()
    assert row(letter).written_at == before
    later(static_copies.COMPARED)
    assert row(letter).written_at > before


def test_it_is_looked_after_once_a_minute(clock):
    letter = copied()
    letter.signatories.first().move_to("withdrawn")
    clock.shift(static_copies.EVERY - timedelta(seconds=1))
    assert tasks.keep_static_copies() == 0
    clock.shift(timedelta(seconds=2))
    assert tasks.keep_static_copies() == 1


def test_publishing_another_edition_does_not_wait_for_the_minute(clock):
    letter = copied()
    release(prepared(letter, edition=frozen(letter)))
    assert tasks.keep_static_copies() == 1
    assert at(f"letters/{letter.slug}/2.pdf").is_file()


@pytest.mark.parametrize("spoil", ["index.html", "SHA256SUMS", "1.pdf", "../../static/css/undersigned.css"])
def test_what_is_lost_or_altered_on_the_disk_is_written_again(spoil, later):
    letter = copied()
    before = {name: content for name, content in contents().items() if "SUMS" not in name}
    spoilt = at(f"letters/{letter.slug}") / spoil
    spoilt.write_bytes(b"nonsense")
    assert later() == 1
    spoilt.unlink()
    assert later() == 1
    assert set(contents()) >= set(before)
    assert spoilt.read_bytes() != b"nonsense"
    assert shelf.is_whole(letter.slug, row(letter).digest)


def test_file_that_is_no_part_of_it_any_more_goes(later):
    letter = copied()
    assert at(f"letters/{letter.slug}/signatories.csv").is_file()
    Letter.objects.update(shares_list=False)
    later()
    assert not at(f"letters/{letter.slug}/signatories.csv").exists()
    assert b"signatories.csv" not in at(f"letters/{letter.slug}/SHA256SUMS").read_bytes()


def test_style_sheet_that_no_copy_has_any_more_goes(later):
    copied()
    old = at("static/css/undersigned.0123456789ab.css")
    old.write_text("p { }")
    later()
    assert old.is_file()  # by another worker, perhaps, for a copy that is not whole yet
    grow_old()
    later()
    assert not old.exists()
    assert at("static/css/undersigned.css").is_file()


# --- Taken back ---


def test_taking_back_removes_all_in_the_same_process(django_capture_on_commit_callbacks, clock):
    letter = copied()
    assert len(of_letters()) > 20
    with django_capture_on_commit_callbacks(execute=True):
        take_back(letter)
    assert of_letters() == set()
    assert not StaticCopy.objects.exists()
    assert verbs(letter) == ["static copy written", "static copy removed"]


def test_taking_back_removes_nothing_if_it_is_rolled_back(django_capture_on_commit_callbacks, clock):
    letter = copied()
    before = contents()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        take_back(letter)
        raise RuntimeError
    tasks.keep_static_copies()
    assert contents() == before


def test_sweep_removes_what_the_process_could_not(clock):
    letter = copied()
    take_back(letter)  # its process ended before it came to it
    assert at(f"letters/{letter.slug}/index.html").exists()
    grow_old()
    assert tasks.keep_static_copies() == 0
    assert names() == set()
    assert verbs(letter) == ["static copy written", "static copy removed"]


def test_taking_back_one_letter_leaves_the_others(clock):
    letter, other = copied(), copied()
    take_back(letter)
    tasks.keep_static_copies()
    assert {name.split("letters/")[1].split("/")[0] for name in of_letters()} == {other.slug}
    assert at("static/css/undersigned.css").is_file()


def test_files_without_a_row_are_swept(clock):
    letter = copied()
    Publication.objects.all().delete()
    StaticCopy.objects.all().delete()
    assert len(of_letters()) > 20
    grow_old()
    tasks.keep_static_copies()
    assert names() == set()
    assert verbs(letter) == ["static copy written", "static copy removed"]


def test_files_of_no_letter_are_swept(clock):
    letter = copied()
    for name in ("letters/gone/index.html", "de/letters/gone/index.html", f"de/letters/{letter.slug}/index.html"):
        at(name).parent.mkdir(parents=True)
        at(name).write_text("once")
    tasks.keep_static_copies()
    assert {name for name in of_letters() if "gone" in name} == set()
    assert at(f"letters/{letter.slug}/index.html").is_file()


@pytest.mark.parametrize("after", [1, 5])
def test_what_is_taken_back_while_it_is_written_is_written_no_further(after, monkeypatch, clock):
    letter = published(over(3)).letter
    put, done = shelf.put, []

    def put_until_taken_back(staged, name):
        put(staged, name)
        done.append(name)
        if len(done) == after:
            take_back(letter)

    monkeypatch.setattr(shelf, "put", put_until_taken_back)
    assert tasks.keep_static_copies() == 0
    assert not Publication.objects.public().exists()
    assert len(done) == after
    assert of_letters() == set()


def test_leftovers_that_cannot_be_deleted_are_shown_and_tried_again(later, folder, monkeypatch):
    letter = copied()
    take_back(letter)
    with monkeypatch.context() as stuck:
        stuck.setattr(shutil, "rmtree", _refused)
        later()
        assert of_letters() != set()  # out of the way, but there
        assert {name.partition("/")[0] for name in of_letters()} == {".gone"}
        copy = row(letter)
        assert (copy.failures, copy.error.partition(":")[0]) == (1, "Permission denied")
        assert "static copy removed" not in verbs(letter)
    later()
    assert of_letters() == set()
    assert not StaticCopy.objects.exists()


def _refused(at, ignore_errors=False):
    if not ignore_errors:
        raise PermissionError(errno.EACCES, "Permission denied", str(at))


def test_removal_that_fails_is_shown_and_tried_again(later, folder):
    letter = copied()
    take_back(letter)
    (folder / ".gone").rmdir() if (folder / ".gone").is_dir() else None
    (folder / ".gone").symlink_to("/nowhere")
    tasks.keep_static_copies()
    copy = row(letter)
    assert (copy.failures, copy.error) == (1, f"{folder}/.gone is a link")
    assert "static copy removed" not in verbs(letter)
    (folder / ".gone").unlink()
    later()
    assert of_letters() == set()


def test_reply_stands_in_the_copy_and_goes_without_waiting_for_the_minute(clock):
    letter, by = copied(), UserFactory()
    received = services.Received("The Commissioner", timezone.now().date(), "Thank you.", ("reply.pdf", b"%PDF-1.7"))
    reply = services.enter_reply(letter, received, by=by)
    services.publish_reply(reply, by=by)
    swept(letter)
    file = f"letters/{letter.slug}/replies/{reply.number}.pdf"
    assert file in names()
    services.hide_reply(reply, by=by)
    swept(letter)
    assert file not in names()
    assert "Thank you." not in page(letter)
