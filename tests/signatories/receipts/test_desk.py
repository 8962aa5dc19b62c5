"""The desk: of which edition everybody gets its receipt."""

import re

import pytest
from django.urls import reverse

from letters.services import publications
from signatories import services, tasks
from signatories.models import News
from tests.factories import UserFactory
from tests.letters.desk import fields, team_member
from tests.letters.publishing.published import over, published
from tests.signatories.receipts.frozen import a_letter, freeze, listed

pytestmark = pytest.mark.django_db

DELIVERED = {"kind": "delivered", "happened_on": "2026-01-05", "whom": "Ada Example", "words": "", "url": ""}


@pytest.fixture
def letter(client):
    letter = a_letter()
    listed(letter, "Kestrel")
    team_member(client, letter)
    return letter


def page(client, letter, query="", **answers):
    address = reverse("signatories:news", args=[letter.slug]) + query
    return client.post(address, answers) if answers else client.get(address)


def test_page_asks_for_no_edition_while_there_is_none(client, letter):
    assert "edition" not in fields(page(client, letter))


def test_page_offers_the_newest_edition_first(client, letter):
    freeze(letter)
    freeze(letter)
    shown = page(client, letter)
    assert fields(shown)["edition"] == "2"
    options = re.findall(r'<option value="(\d*)"[^>]*>([^<]+)</option>', shown.content.decode())
    assert [(value, words.partition(",")[0]) for value, words in options] == [
        ("2", "Edition 2"),
        ("1", "Edition 1"),
        ("", "None: the mails say nothing of one"),
    ]


def test_page_is_filled_in_by_the_address_that_leads_to_it(client, letter):
    freeze(letter)
    freeze(letter)
    filled = fields(page(client, letter, "?kind=delivered&edition=1&whom=Bea+Example"))
    assert (filled["kind"], filled["edition"], filled["whom"]) == ("delivered", "1", "Bea Example")


def test_page_takes_nothing_else_from_its_address(client, letter):
    freeze(letter)
    odd = page(client, letter, "?kind=x&edition=77&whom=" + "w" * 999 + "&words=Hello&url=https://evil.example/")
    filled = fields(odd)
    assert ("kind" in filled, len(filled["whom"]), filled["words"], filled["url"]) == (False, 200, "", "")
    assert filled["edition"] == ""


def test_preview_shows_the_receipt_of_somebody_made_up(client, letter):
    freeze(letter)
    shown = page(client, letter, **DELIVERED, edition="1").content.decode()
    assert "You stand in edition 1 like this:" in shown
    assert ("Amigas del Río Lind (ADRL)" in shown, "231 of 767" in shown, "Kestrel" in shown) == (True, True, False)
    assert 'name="edition" value="1"' in shown


def test_page_sends_with_the_edition_and_says_which_it_was(client, letter):
    freeze(letter)
    edition = freeze(letter)
    page(client, letter, **DELIVERED, edition="2", send="1")
    assert News.objects.get().edition == edition
    told = re.sub(r"<[^>]+>", " ", page(client, letter).content.decode())
    assert re.search(r"It was delivered:\s+Ada Example\s+5 January 2026\s+2\s+0\s+0", told)


def test_page_can_send_without_an_edition(client, letter):
    freeze(letter)
    page(client, letter, **DELIVERED, edition="", send="1")
    assert News.objects.get().edition is None


def test_page_knows_no_edition_of_another_letter(client, letter):
    freeze(letter)
    other = a_letter()
    freeze(other)
    freeze(other)
    answer = page(client, letter, **DELIVERED, edition="2", send="1")
    assert list(answer.context["form"].errors) == ["edition"]
    with pytest.raises(ValueError, match="another letter"):
        services.announce(
            letter, kind="delivered", happened_on="2026-01-05", by=UserFactory(), edition=other.editions.first()
        )


def test_same_news_of_another_edition_is_no_second_click(letter):
    first, second = freeze(letter), freeze(letter)
    said = {"kind": "delivered", "happened_on": "2026-01-05", "by": UserFactory()}
    made = [services.announce(letter, edition=edition, **said) for edition in (first, first, second, None)]
    assert [one == made[0] for one in made] == [True, True, False, False]


def test_page_says_that_telling_has_ended_where_it_was_taken_back(client):
    letter = over(1)
    team_member(client, letter)
    publication = published(letter, tells_signatories=True)
    tasks.tell_news()
    assert "All written" in page(client, letter).content.decode()
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    assert "Ended: it was taken back" in page(client, letter).content.decode()
