"""The page for a new letter, and an empty one."""

import pytest
from django.urls import reverse

from letters.models import Letter
from tests.factories import LetterFactory, MembershipFactory, UserFactory
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db


def test_new_leads_to_a_campaign_first(client):
    client.force_login(UserFactory())
    for page in ("new", "new_empty", "new_like"):
        response = client.get(reverse(f"letters:{page}"), follow=True)
        assert response.redirect_chain[-1][0] == reverse("campaigns:new_campaign")
        assert "Make the campaign first." in words(response)


def test_new_offers_an_earlier_letter_where_there_is_one(coordinator, campaign):
    link = reverse("letters:new_like")
    assert link not in words(coordinator.get(reverse("letters:new")))
    LetterFactory(campaign=campaign)
    shown = words(coordinator.get(f"{reverse('letters:new')}?campaign={campaign.slug}"))
    assert f"{link}?campaign={campaign.slug}" in shown


def test_new_empty_makes_a_draft_to_write(coordinator, campaign):
    assert coordinator.get(reverse("letters:new_empty")).status_code == 200
    sent = {"campaign": campaign.pk, "title": "رسالة", "language": "ar"}
    response = coordinator.post(reverse("letters:new_empty"), sent)
    assert response.url == reverse("letters:write", args=["letter"])
    assert 'dir="rtl"' in words(coordinator.get(response.url))


def test_new_empty_offers_no_campaign_of_others(coordinator):
    sent = {"campaign": LetterFactory().campaign.pk, "title": "Mine now", "language": "en"}
    assert coordinator.post(reverse("letters:new_empty"), sent).status_code == 200
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("many", [False, True], ids=["one campaign", "several"])
def test_new_sends_the_campaign_along(coordinator, campaign, many):
    if many:
        MembershipFactory(user=campaign.memberships.get().user)
    page = coordinator.get(f"{reverse('letters:new')}?campaign={campaign.slug}" if many else reverse("letters:new"))
    assert fields(page)["campaign"] == str(campaign.pk)
