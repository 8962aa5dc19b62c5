"""To whom files are given, and from memory."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from letters import hot_pages
from letters.models import Letter
from tests.factories import (
    LetterFactory,
    SignatoryFactory,
)
from tests.letters.open_data.asked import FORMS, OPEN_TO_SITES, everything, told, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", FORMS)
def test_files_of_a_draft_are_not_there(client, page):
    response = client.get(url(page, LetterFactory()))
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (404, "*")


def test_list_that_is_not_shared_is_no_file(client, signed):
    Letter.objects.filter(pk=signed.pk).update(shares_list=False)
    for page in ("signatories_csv", "signatories_txt"):
        response = client.get(url(page, signed))
        assert response.status_code == 403
        assert "do not give its list of signatories away as a file" in response.content.decode()
    answer = told(client, signed)
    assert (answer["signatories"], answer["links"]["csv"], answer["count"]["organizations"]) == (None, None, 2)
    said = everything(client, signed)
    assert {page for page, words in said.items() if "River Watch" in words} == set()
    assert "River Watch" in client.get(signed.get_absolute_url()).content.decode()


@pytest.mark.parametrize("page", OPEN_TO_SITES)
def test_other_sites_may_read_it(client, letter, page):
    asked = client.options(url(page, letter), headers={"origin": "https://other.example"})
    assert (asked.status_code, asked.content) == (204, b"")
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for response in (asked, client.get(url(page, letter))):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies


def test_no_other_page_may_be_read_by_other_sites(client, letter):
    for page in ("letter", "embed", "board"):
        assert "Access-Control-Allow-Origin" not in client.get(url(page, letter))


@pytest.mark.parametrize("page", OPEN_TO_SITES)
def test_nothing_else_can_be_asked_of_it(client, letter, page):
    response = client.post(url(page, letter))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.fixture
def hot(settings, monkeypatch):
    """A client of the site as it runs, and its clock."""
    settings.HOT_PAGES = True
    hot_pages._is_hot.cache_clear()
    now = [1000.0]
    monkeypatch.setattr(hot_pages.time, "monotonic", lambda: now[0])
    return Client(), now


@pytest.mark.parametrize("page", [*FORMS, "embed", "card", "feed", "sitemap", "robots"])
def test_it_is_held_and_sent_once(hot, letter, page, django_assert_num_queries):
    client, _clock = hot
    first = client.get(url(page, letter))
    assert first["Cache-Control"] == "public, max-age=2"
    with django_assert_num_queries(0):
        again = client.get(url(page, letter), headers={"if-none-match": first["ETag"]})
        head = client.head(url(page, letter))
    assert (again.status_code, again.content) == (304, b"")
    assert again.get("Access-Control-Allow-Origin") == first.get("Access-Control-Allow-Origin")
    assert (head.status_code, head.content, head["Content-Type"]) == (200, b"", first["Content-Type"])
    assert head["Content-Length"] == str(len(first.content))


def test_json_is_unchanged_while_only_time_passes(hot, letter, time_machine):
    client, clock = hot
    time_machine.move_to(datetime(2031, 1, 1, tzinfo=UTC), tick=False)
    Letter.objects.filter(pk=letter.pk).update(closes_at=datetime(2031, 2, 1, tzinfo=UTC))
    first = client.get(url("signatories_json", letter))
    time_machine.shift(600)
    clock[0] += 600
    second = client.get(url("signatories_json", letter))
    assert (first["ETag"] == second["ETag"], first.content == second.content) == (True, False)
    SignatoryFactory(letter=letter, listed=True)
    clock[0] += 10
    assert client.get(url("signatories_json", letter))["ETag"] != first["ETag"]
