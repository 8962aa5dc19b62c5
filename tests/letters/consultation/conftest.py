"""A partner, and the round it was asked in."""

import pytest

from tests.factories import PartnerFactory
from tests.letters.desk import team_member


@pytest.fixture
def partner():
    return PartnerFactory(organization="Ferry Friends")


@pytest.fixture
def asked(client, partner):
    """A round that runs, with somebody of the team signed in."""
    team_member(client, partner.consultation.letter)
    return partner.consultation
