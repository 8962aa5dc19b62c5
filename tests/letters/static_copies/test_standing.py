"""How copies stand: on the desk, and for who runs the site."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from campaigns import tasks as campaigns_tasks
from letters.models import Publication, StaticCopy
from letters.services import publications, static_copies
from tests.campaigns.test_health import doctor
from tests.factories import OpenLetterFactory, UserFactory
from tests.letters.desk import team_member, words
from tests.letters.publishing.published import over, prepared, published
from tests.letters.static_copies.copied import copied, row

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def shown(letter):
    context = {"letter": letter, **static_copies.context(letter)}
    return " ".join(render_to_string("letters/static_copy.html", context).split())


def lines(name):
    return [line.removeprefix("well  ") for line in doctor()[1].splitlines() if line[6:].startswith(f"{name}:")]


def test_desk_says_when_and_how_much_was_written(clock):
    letter = copied()
    page = shown(letter)
    assert f"{row(letter).files} files" in page
    assert f"letters/{letter.slug}/SHA256SUMS" in page
    assert "notice" not in page


def test_desk_says_that_it_is_being_written(clock):
    assert "It is being written" in shown(published(over(3)).letter)


def test_desk_says_in_words_what_failed(clock, later, folder):
    letter = published(over(3)).letter
    folder.write_text("in the way")
    later()
    page = shown(letter)
    assert "The static copy could not be written." in page
    assert "Not a directory" in page
    folder.unlink()
    later(timedelta(hours=1))
    StaticCopy.objects.update(error="No space left on device", failures=1)
    assert "The static copy is not up to date.</b> No space left on device." in shown(letter)


def test_desk_says_that_what_was_taken_back_is_still_there(clock):
    letter = copied()
    publications.take_back(Publication.objects.get(), reason="A mistake.", by=UserFactory())
    assert "its static copy is still there" in shown(letter)


@pytest.mark.parametrize("make", [OpenLetterFactory, lambda: prepared().letter])
def test_desk_says_nothing_of_a_letter_that_is_not_published(make):
    assert shown(make()) == ""


def test_doctor_says_that_the_folder_can_be_written(clock, folder, settings):
    assert lines("folder of static copies") == ["folder of static copies: can be written"]
    folder.mkdir()
    assert lines("folder of static copies") == ["folder of static copies: can be written"]
    folder.rmdir()
    folder.write_text("in the way")
    assert lines("folder of static copies") == [
        f"LOOK  folder of static copies: cannot be written: {folder} (PUBLISHED_DIR)"
    ]


def test_doctor_says_how_many_copies_are_behind(clock):
    campaigns_tasks.beat()
    copied()
    copied()
    assert lines("static copies") == ["static copies: 2, none behind"]
    StaticCopy.objects.filter(pk=StaticCopy.objects.first().pk).update(failures=2, error="No space left on device")
    assert lines("static copies") == ["LOOK  static copies: 1 behind; No space left on device"]


def test_doctor_finds_copies_that_nobody_looks_after(clock):
    copied()
    clock.shift(timedelta(minutes=7))
    assert lines("static copies") == ["LOOK  static copies: 1 behind"]


def test_doctor_finds_letters_that_have_no_copy(clock):
    published(over(3))
    assert lines("static copies") == ["static copies: 0, none behind"]
    clock.shift(timedelta(minutes=7))
    assert lines("static copies") == ["LOOK  static copies: 1 behind"]


def test_copies_behind_keep_no_machine_from_visitors(client, clock):
    copied()
    StaticCopy.objects.update(failures=2, look_after=timezone.now() - timedelta(days=1))
    assert "static copies" not in client.get("/healthz/ready").json()


def test_page_that_publishes_shows_how_the_copy_stands(client, clock):
    letter = copied()
    team_member(client, letter)
    assert f"<dd>{row(letter).files} files" in words(client.get(f"/desk/letters/{letter.slug}/publish/"))
