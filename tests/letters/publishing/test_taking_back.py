"""Taking back: nothing of the letter stays published, and nothing comes out again by itself."""

import pytest
import time_machine

from letters.models import Letter
from letters.services import publications
from tests.factories import UserFactory
from tests.letters.desk import fields, team_member, words
from tests.letters.publishing.published import frozen, over, prepared, published, release, soon

pytestmark = pytest.mark.django_db


def test_what_is_taken_back_is_nowhere():
    publication = published()
    publications.take_back(publication, reason="A name was wrong.", by=UserFactory())
    publication.refresh_from_db()
    assert (publication.status, publication.removed_because) == ("removed", "A name was wrong.")
    assert publication.letter.publication is None
    assert list(publications.open_editions(publication.letter)) == []


def test_taking_back_other_words_around_an_edition_takes_it_back():
    """It was public before under other words: whoever takes it back does not mean to leave its PDF there."""
    first = published()
    second = published(first.letter, edition=first.edition)
    publications.take_back(second, reason="All of it was a slip.", by=UserFactory())
    assert list(publications.open_editions(first.letter)) == []


def test_taking_back_a_second_edition_closes_the_first_too():
    first = published()
    second = published(first.letter, edition=frozen(first.letter))
    assert list(publications.open_editions(first.letter).order_by("number")) == [first.edition, second.edition]
    publications.take_back(second, reason="Too early.", by=UserFactory())
    assert list(publications.open_editions(first.letter)) == []
    assert first.letter.publication is None


def test_publishing_again_opens_nothing_that_was_taken_back():
    first = published()
    second = published(first.letter, edition=frozen(first.letter))
    publications.take_back(second, reason="Too early.", by=UserFactory())
    third = published(first.letter, edition=frozen(first.letter))
    assert list(publications.open_editions(first.letter)) == [third.edition]
    fourth = published(first.letter, edition=first.edition)
    assert list(publications.open_editions(first.letter).order_by("number")) == [first.edition, third.edition]
    assert fourth.letter.publication == fourth


def test_taking_back_calls_back_what_was_to_come_out_in_its_place():
    first = published()
    second = release(prepared(first.letter, edition=frozen(first.letter), comes_at=soon()))
    publications.take_back(first, reason="All of it was a slip.", by=UserFactory())
    with time_machine.travel(soon(hours=3), tick=False):
        assert publications.publish_due() == 0
        second.refresh_from_db()
        assert (second.status, Letter.objects.get(pk=first.letter_id).publication) == ("prepared", None)
        release(second)  # the control: by somebody who means it
        publications.publish_due()
        assert Letter.objects.get(pk=first.letter_id).publication == second


# --- The page ---


@pytest.fixture
def letter():
    letter = over(7)
    frozen(letter)
    return letter


def at(letter, page=""):
    return f"/desk/letters/{letter.slug}/publish/{page}"


def test_take_back_wants_a_reason(client, letter):
    published(letter, edition=letter.editions.get())
    team_member(client, letter)
    shown = fields(client.get(at(letter, "take-back/")))
    assert "Say why, in a few words" in words(client.post(at(letter, "take-back/"), shown))
    client.post(at(letter, "take-back/"), shown | {"reason": "A name was wrong."})
    assert letter.publications.get().status == "removed"
    page = words(client.get(at(letter)))
    assert "Taken back" in page
    assert "A name was wrong." in page


def test_take_back_says_what_is_called_back_with_it(client, letter):
    published(letter, edition=letter.editions.get())
    team_member(client, letter)
    assert "is called back" not in words(client.get(at(letter, "take-back/")))
    release(prepared(letter, edition=frozen(letter), comes_at=soon()))
    answer = client.get(at(letter, "take-back/"))
    assert "The publication of edition 2 that is released for" in words(answer)
    said = words(client.post(at(letter, "take-back/"), fields(answer) | {"reason": "A slip."}, follow=True))
    assert "What was to come out next is called back, too" in said
    assert [one.status for one in letter.publications.order_by("pk")] == ["removed", "prepared"]
