"""What the overview offers next, once an edition is frozen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from letters import services
from letters.models import Delivery, Letter
from letters.services import publications
from tests.factories import LetterFactory, RevisionFactory, UserFactory
from tests.letters.delivering import parcels
from tests.letters.desk import team_member, words
from tests.letters.publishing.published import frozen, over, published

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def letter():
    letter = over(2)
    frozen(letter)
    return letter


def main_button(client, letter):
    """Which of the two is the main button of the overview."""
    page = words(client.get(f"/desk/letters/{letter.slug}/"))
    return [
        name for name in ("Deliver", "Publish") if f'<a class="button" href="{at(letter, name)}">{name}</a>' in page
    ]


def at(letter, name):
    return f"/desk/letters/{letter.slug}/{name.lower()}/"


def delivered(edition):
    by = UserFactory()
    prepared = services.prepare_delivery(edition, 0, parcels.post(), by=by)
    parcels.released(prepared, by)
    Delivery.objects.filter(pk=prepared.pk).update(status="sent", sent_at=timezone.now())


def test_what_is_not_delivered_is_to_be_delivered(client, letter):
    team_member(client, letter)
    assert main_button(client, letter) == ["Deliver"]


def test_what_is_delivered_to_everybody_is_to_be_published(client, letter):
    team_member(client, letter)
    delivered(letter.editions.get())
    assert main_button(client, letter) == ["Publish"]
    assert words(client.get(f"/desk/letters/{letter.slug}/")).count(">Publish</a>") == 1
    frozen(letter)
    assert main_button(client, letter) == ["Deliver"]


def test_letter_to_nobody_is_to_be_published(client):
    letter = LetterFactory(slug="statement", opens_at=timezone.now() - timedelta(days=9))
    letter.recipients.all().delete()
    RevisionFactory(letter=letter)
    Letter.objects.update(status="closed", closed_at=letter.opens_at, closes_at=timezone.now())
    team_member(client, letter)
    assert main_button(client, letter) == []
    frozen(letter)
    assert main_button(client, letter) == ["Publish"]


def test_what_is_published_is_not_to_be_published_again(client, letter):
    team_member(client, letter)
    delivered(letter.editions.get())
    publication = published(letter, edition=letter.editions.get())
    assert main_button(client, letter) == ["Deliver"]
    publications.take_back(publication, reason="A slip.", by=UserFactory())
    assert main_button(client, letter) == ["Publish"]


def test_who_only_looks_has_no_main_button(client, letter):
    delivered(letter.editions.get())
    team_member(client, letter, role="viewer")
    assert main_button(client, letter) == []
