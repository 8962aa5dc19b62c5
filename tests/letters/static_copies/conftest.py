"""A folder of the test's own, and a clock that stands still unless it is moved."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from letters import tasks
from letters.services import static_copies
from tools.services import find

collect_ignore = [] if find("nginx") or find("caddy") else ["test_web_servers.py"]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PUBLISHED_DIR = tmp_path / "published"
    return settings.PUBLISHED_DIR


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved


@pytest.fixture
def later(clock):
    """What a sweep does a minute later, or after another time."""

    def swept(after=static_copies.EVERY):
        clock.shift(after + timedelta(seconds=1))
        return tasks.keep_static_copies()

    return swept
