"""A draft, and two of its team who write."""

import pytest
from django.test import Client

from tests.factories import LetterFactory, MembershipFactory
from tests.letters.desk import team_member


@pytest.fixture
def letter():
    return LetterFactory()


@pytest.fixture
def writer(client, letter):
    team_member(client, letter)
    return client


@pytest.fixture
def other(letter):
    other = Client()
    other.force_login(MembershipFactory(campaign=letter.campaign, role="owner", user__name="Ana Other").user)
    return other
