import pytest
from django.db import connection, connections

from config.postgresql import base

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def own(monkeypatch):
    """A second connection, and how often it asked the server."""
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    other = connections.create_connection("default")
    assert isinstance(other, base.DatabaseWrapper)
    other.connect()
    other.questions = 0
    ask = other._asked

    def counted():
        other.questions += 1
        return ask()

    monkeypatch.setattr(other, "_asked", counted)
    yield other
    other.close()


def end(other):
    """Have the server end the other's session, and wait until it is gone."""
    pid = other.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_busy_connection_is_not_asked_again(own):
    assert [own.is_usable() for _ in range(5)] == [True] * 5
    assert own.questions == 1


def test_an_idle_connection_is_asked(own, monkeypatch):
    monkeypatch.setattr(base, "TRUSTED_FOR", 0.0)
    assert [own.is_usable() for _ in range(3)] == [True] * 3
    assert own.questions == 3


def test_a_connection_that_the_server_ended_is_found_out_at_once(own):
    assert own.is_usable()
    end(own)
    assert not own.is_usable()


def test_only_the_line_tells_in_time(own, monkeypatch):
    """The control: without a look at the line, the end goes unnoticed."""
    monkeypatch.setattr(base.select, "poll", type("Blind", (), {"register": lambda *_: None, "poll": lambda *_: []}))
    assert own.is_usable()
    end(own)
    assert own.is_usable()


def test_a_request_after_the_end_gets_a_new_connection(own):
    own.settings_dict["CONN_HEALTH_CHECKS"] = True
    own.close_if_unusable_or_obsolete()
    with own.cursor() as cursor:
        cursor.execute("SELECT 1")
    end(own)
    own.health_check_enabled, own.health_check_done = True, False
    with own.cursor() as cursor:
        cursor.execute("SELECT 2")
        assert cursor.fetchone() == (2,)
