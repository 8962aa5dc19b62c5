"""Real components, each test with a broker and a mail server of its own. Every process is ended by its id."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection

from config.logs import TOKEN
from tests.reliability.house import House
from tests.reliability.signers import CANARY
from tests.reliability.sink import Sink
from tools.services import Redis


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def server_log(transactional_db):
    """What PostgreSQL's own log has got since; empty where the server is not of our making."""
    if connection.vendor != "postgresql" or not configured.REDIS_URL:
        pytest.skip("needs PostgreSQL and Redis: make test")
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        log = Path(cursor.fetchone()[0]).parent / "log"
    start = log.stat().st_size if os.access(log, os.R_OK) else None

    def read() -> str:
        return "" if start is None else log.read_bytes()[start:].decode(errors="replace")

    return read


@pytest.fixture
def postgres(server_log):
    """The tests' own database on the given server, emptied after each test, seen by every thread and process.

    Whatever the test did, the server's log names nobody.
    """
    yield connection
    assert CANARY not in server_log().casefold()


@pytest.fixture
def redis():
    with Redis() as server:
        yield server


@pytest.fixture
def sink():
    server = Sink()
    server.up()
    yield server
    server.down()


@pytest.fixture
def house(postgres, redis, sink, tmp_path):
    """The site's processes, on call. Whatever the test did, their logs name nobody and hold no link."""
    site = House(tmp_path, redis, sink)
    yield site
    site.end()
    assert CANARY not in site.output().casefold()
    assert not re.search(rf"/confirm/{TOKEN.pattern}", site.output())
