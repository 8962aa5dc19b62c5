from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import Campaign
from letters import services
from letters.models import Letter
from signatories.models import Line
from tests.factories import LetterFactory, MembershipFactory, RecipientFactory, RevisionFactory, SignatoryFactory
from tests.letters.delivering import parcels


@pytest.fixture
def letter():
    """Closed; to a commissioner with an address, with a copy to a minister without one. Two have signed, one of them
    for the addressee alone."""
    now = timezone.now()
    letter = LetterFactory(slug="bridge", opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1))
    letter.recipients.update(email=parcels.SIGNED)
    RecipientFactory(letter=letter, line="cc", name="Bo Minister", office="")
    RevisionFactory(letter=letter)
    SignatoryFactory(letter=letter, listed=True, line=Line("Heron Trust", "", "KE"))
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line("Wrenfold", "", "IS"))
    Letter.objects.filter(pk=letter.pk).update(status=Letter.Status.CLOSED, closed_at=letter.closes_at)
    return Letter.objects.get(pk=letter.pk)


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
    parcels.set_documents(edition)
    return edition


@pytest.fixture
def prepared(edition, coordinator):
    return services.prepare_delivery(edition, 0, parcels.mail(), by=coordinator)


@pytest.fixture
def two_release(letter):
    Campaign.objects.filter(pk=letter.campaign_id).update(needs_two_to_release=True)
