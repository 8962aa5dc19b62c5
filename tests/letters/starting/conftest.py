"""A campaign and its coordinator."""

import pytest

from tests.factories import CampaignFactory, MembershipFactory


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def coordinator(client, campaign):
    client.force_login(MembershipFactory(campaign=campaign, role="coordinator").user)
    return client
