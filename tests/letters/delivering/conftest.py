import pytest

from campaigns.models import Campaign
from letters import services
from tests.factories import MembershipFactory
from tests.letters.delivering import parcels
from tests.letters.filed import file_documents


@pytest.fixture
def letter():
    return parcels.closed_letter(slug="bridge")


@pytest.fixture
def coordinator(letter):
    return MembershipFactory(campaign=letter.campaign, role="coordinator").user


@pytest.fixture
def owner(letter):
    return MembershipFactory(campaign=letter.campaign, role="owner").user


@pytest.fixture
def edition(letter, coordinator):
    """Frozen, with its documents."""
    edition = services.freeze(letter, by=coordinator)
    file_documents(edition)
    return edition


@pytest.fixture
def prepared(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)


@pytest.fixture
def two_release(letter):
    Campaign.objects.filter(pk=letter.campaign_id).update(needs_two_to_release=True)
