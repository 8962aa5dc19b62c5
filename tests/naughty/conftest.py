"""The ground of the tests with naughty names."""

import pytest
import time_machine

from tests.naughty.lines import NOW, Names
from tests.naughty.world import World


@pytest.fixture(scope="session")
def names():
    """Every string that a form takes, as lines."""
    return Names()


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()
