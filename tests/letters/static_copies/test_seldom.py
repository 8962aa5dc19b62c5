"""How little is asked for and written where nothing happens, and that other work has its turn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters import tasks
from letters.anybody import Site
from letters.models import Letter
from letters.services import cards, static_copies
from letters.services.static_copies import asking
from letters.services.static_copies import folder as shelf
from signatories.services import erasing
from tests.letters.publishing.published import over, published
from tests.letters.static_copies.copied import at, copied, row

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG_AGO = timedelta(days=3)


@pytest.fixture
def asked(monkeypatch):
    """The paths at which the site is asked."""
    answer, paths = Site.answer, []
    monkeypatch.setattr(Site, "answer", lambda site, path: (paths.append(path), answer(site, path))[1])
    return paths


@pytest.fixture
def settled(clock):
    letter = copied()
    Letter.objects.update(closed_at=timezone.now() - LONG_AGO, closes_at=timezone.now() - LONG_AGO)
    clock.shift(static_copies.EVERY + timedelta(seconds=1))
    tasks.keep_static_copies()
    return Letter.objects.get(pk=letter.pk)


def test_letter_that_closed_a_moment_ago_is_asked_for_each_minute(later, asked):
    """The control."""
    letter = copied()
    asked.clear()
    later()
    later()
    assert asked == [letter.get_absolute_url()] * 2


def test_letter_closed_for_long_is_asked_for_once_an_hour(settled, later, asked):
    for _minute in range(58):
        later()
    assert asked == []
    later(timedelta(minutes=2))
    assert len(asked) > 20


def withdraw(letter):
    letter.signatories.get(name="Org 1").move_to("withdrawn", withdrawn_at=timezone.now())


def correct(letter):
    letter.signatories.filter(name="Org 1").update(name="Org One")


def withhold(letter):
    one = letter.signatories.get(name="Org 1")
    one.set_line(one.line, "counted")
    one.visibility = "counted"
    one.save()


@pytest.mark.parametrize("change", [withdraw, correct, withhold])
def test_name_that_goes_off_a_letter_closed_for_long_is_in_no_file_a_minute_later(settled, later, change):
    names = at(f"letters/{settled.slug}/signatories.csv")
    assert "Org 1" in names.read_text()
    change(settled)
    assert later() == 1
    assert "Org 1" not in names.read_text()


def test_data_that_is_deleted_is_in_no_file_of_a_letter_closed_for_long_a_minute_later(settled, later):
    withdraw(settled)
    later()
    page = at(f"letters/{settled.slug}/index.html")
    assert "Org 1" in page.read_text()
    erasing.erase(settled.signatories.get(status="withdrawn"), keeps_line=False)
    later()
    assert "Org 1" not in page.read_text()


def test_letter_that_is_opened_again_is_asked_for_each_minute(settled, later, asked):
    Letter.objects.update(status="open", closed_at=None, closes_at=timezone.now() + LONG_AGO)
    later()
    asked.clear()
    later()
    assert asked == [settled.get_absolute_url()]


def test_document_that_stands_there_is_not_written_again(later, monkeypatch):
    letter, written, write = copied(), [], shelf.write
    monkeypatch.setattr(shelf, "write", lambda path, content: (written.append(content), write(path, content)))
    later(static_copies.COMPARED)
    assert row(letter).compared_at == timezone.now()
    assert [one for one in written if one.startswith((b"%PDF", b"\x89PNG"))] == []


def test_what_is_due_meanwhile_is_left_to_the_next_sweep(clock, monkeypatch):
    telling, done = asking.telling, []

    def telling_slowly(site, letter):
        done.append(letter.pk)
        assert len(done) < 10
        clock.shift(static_copies.EVERY * 2)
        return telling(site, letter)

    letters = [published(over(3)).letter.pk for _ in range(2)]
    monkeypatch.setattr(asking, "telling", telling_slowly)
    tasks.keep_static_copies()
    assert done == letters


def test_cards_that_are_due_meanwhile_are_left_to_the_next_sweep(clock, monkeypatch):
    content, done = cards.content, []

    def content_slowly(letter, *more):
        done.append(letter.pk)
        assert len(done) < 10
        clock.shift(cards.EVERY * 2)
        return content(letter, *more)

    letters = [over(1).pk for _ in range(2)]
    monkeypatch.setattr(cards, "content", content_slowly)
    tasks.draw_cards()
    assert done == letters
