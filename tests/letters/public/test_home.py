"""The front page of the site."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from letters.models import Letter
from letters.views import public
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory
from tests.letters.publishing.published import over, published

pytestmark = pytest.mark.django_db


def test_home_lists_what_is_open_and_what_was(client):
    OpenLetterFactory(text={"title": "An open one"})
    OpenLetterFactory(text={"title": "A closed one"}, status=Letter.Status.CLOSED, closed_at=timezone.now())
    LetterFactory(text={"title": "A draft"})
    shown = client.get("/").content.decode()
    assert "An open one" in shown.split("Closed")[0]
    assert "A closed one" in shown.split("Closed")[1]
    assert "A draft" not in shown


def test_home_has_a_next_step_when_empty(client):
    assert "No letter is open at the moment" in client.get("/").content.decode()


def test_home_names_no_letter_that_is_not_to_be_found(client):
    OpenLetterFactory(text={"title": "For the bridge"})
    OpenLetterFactory(text={"title": "For the ford"}, may_be_indexed=False)
    shown = client.get("/").content.decode()
    assert ("For the bridge" in shown, "For the ford" in shown) == (True, False)


# --- What it costs ---


def many(number):
    """So many published letters, half of them open again, each with a number in its headline."""
    for n in range(number):
        letter = over(2)
        published(letter)
        if n % 2:
            Letter.objects.filter(pk=letter.pk).update(status="open", closes_at=timezone.now() + timedelta(days=1))


def asked(client, path):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return [one["sql"] for one in queries]


@pytest.mark.parametrize("path", ["/", "/feed/"])
def test_more_published_letters_are_no_more_questions(client, path):
    many(2)
    few = asked(client, path)
    many(4)
    assert len(asked(client, path)) == len(few)
    assert len([one for one in few if "signatories_signatory" in one]) == 1


def test_home_counts_each_letter_that_is_published(client):
    published(over(5))
    SignatoryFactory.create_batch(2, letter=(more := over(10)), listed=True, kind="individual")
    SignatoryFactory(letter=more, listed=True, visibility="counted")
    published(more)
    shown = client.get("/").content.decode()
    assert ("5 organizations ask for" in shown, "10 organizations ask for" in shown) == (True, True)


def test_home_reads_of_what_is_over_only_what_it_shows(client, monkeypatch):
    monkeypatch.setattr(public, "SHOWN", 1)
    now = timezone.now()
    for days, title in ((3, "Older"), (2, "Newer")):
        at = now - timedelta(days=days)
        OpenLetterFactory(
            text={"title": title}, status="closed", closes_at=at, opens_at=at - timedelta(days=1), closed_at=at
        )
    published(over(1, text={"title": "Out before"}), words={})
    published(over(1, text={"title": "Out lately"}), words={})
    shown = client.get("/").content.decode()
    assert [one for one in ("Older", "Newer", "Out before", "Out lately") if one in shown] == ["Newer", "Out lately"]
    sql = " ".join(asked(client, "/"))
    assert '"letters_text"."title"' in sql
    assert '"letters_text"."body"' not in sql
