from datetime import timedelta

import pytest
import time_machine

from tests.factories import OpenLetterFactory
from tests.signatories.no_oracle.before import NOW


@pytest.fixture
def letter():
    with time_machine.travel(NOW, tick=False):
        yield OpenLetterFactory(opens_at=NOW - timedelta(days=9), closes_at=NOW + timedelta(days=9))
