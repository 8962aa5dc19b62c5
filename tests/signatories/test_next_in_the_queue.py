"""After a decision the next one of the queue opens, as the queue was filtered."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from tests.factories import OpenLetterFactory, SignatoryFactory
from tests.signatories.own_page import shown
from tests.signatories.vetting_desk import QUEUE, confirmed, decide, demonstration, page, vetter

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    letter, now = OpenLetterFactory(), timezone.now()
    return [
        confirmed(f"Boats {number}", letter=letter, country=country, at=now - timedelta(hours=9 - number))
        for number, country in enumerate(["KE", "GR", "KE"])
    ]


def filtered(signatory, **chosen):
    return f"{page(signatory)}?{urlencode({'_changelist_filters': urlencode(chosen)})}"


def approve(client, address):
    return client.post(address, {"decision": "approve", "seen": "confirmed"}).url


def test_next_one_opens_and_the_last_leads_to_the_queue(client, vetter, three):
    addresses = [approve(client, page(one)) for one in three]
    assert addresses == [page(three[1]), page(three[2]), QUEUE]


def test_next_one_is_that_of_the_filtered_queue(client, vetter, three):
    first, _other, last = three
    address = approve(client, filtered(first, country="KE"))
    assert address == filtered(last, country="KE")
    assert approve(client, address) == f"{QUEUE}?country=KE"


def test_page_of_one_that_is_not_in_the_queue_leads_to_its_first(client, vetter, three):
    listed = SignatoryFactory(letter=three[0].letter, listed=True)
    assert client.get(page(listed)).context["next_url"] == page(three[0])


def test_message_says_what_it_is_about_without_a_name(client, vetter, three):
    words = shown(client.get(decide(client, three[0], "approve").url))
    assert f"{three[0].reference}: Listed. The contact is told by e-mail." in words
    assert "Boats 0: Listed" not in words


@pytest.mark.parametrize("filters", ["letter=x%27", "e=1", "nonsense__x=1", "q=%40"])
def test_filters_that_nobody_chose_break_nothing(client, vetter, three, filters):
    answer = client.get(f"{page(three[0])}?{urlencode({'_changelist_filters': filters})}")
    assert answer.status_code == 200
