"""The list of names that came with a pasted letter, until it is thrown away."""

import pytest
from django.urls import reverse

from campaigns.models import JournalEntry
from letters import services
from letters.models import PastedRoll
from tests.factories import CampaignFactory, UserFactory
from tests.letters.desk import team_member, words
from tests.letters.starting.in_hand import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought():
    return services.start_from(CampaignFactory(), found(), by=UserFactory())


def test_overview_keeps_the_list_for_those_who_run_the_letter(client, brought):
    team_member(client, brought)
    shown = words(client.get(reverse("letters:overview", args=[brought.slug])))
    assert "A list of 4 names came with the pasted letter." in shown
    assert "<bdi>Night Nurses' Union</bdi>" in shown
    team_member(client, brought, "viewer")
    assert "Night Nurses" not in words(client.get(reverse("letters:overview", args=[brought.slug])))


def test_discard_throws_the_list_away(client, brought):
    url = reverse("letters:discard_pasted_roll", args=[brought.slug])
    team_member(client, brought)
    assert client.get(url).status_code == 405
    client.post(url)
    brought.refresh_from_db()
    assert not PastedRoll.objects.exists()
    assert JournalEntry.objects.about(brought).last().verb == "discarded_list"
    assert "came with the pasted letter" not in words(client.get(reverse("letters:overview", args=[brought.slug])))


@pytest.mark.parametrize("role_there", ["viewer", "translator"])
def test_discard_is_for_those_who_run_the_letter(client, brought, role_there):
    team_member(client, brought, role_there)
    assert client.post(reverse("letters:discard_pasted_roll", args=[brought.slug])).status_code == 404
    brought.refresh_from_db()
    assert brought.pasted_roll
