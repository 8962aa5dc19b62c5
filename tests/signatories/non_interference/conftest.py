import pytest

from tests.factories import UserFactory
from tests.signatories.twin_histories import Stage


@pytest.fixture
def stage():
    return Stage(UserFactory())
