"""A letter that is closed, and somebody of its team who looks at it."""

import pytest

from letters import services
from tests.factories import OpenLetterFactory, UserFactory
from tests.letters.desk import team_member


@pytest.fixture
def closed(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    services.close(letter, by=UserFactory())
    return letter
