"""PDFs from outside: opened where nothing can come of it."""

import zlib

import pytest

from letters.pdf import opening
from tests.letters import scans


def test_a_scan_opens():
    assert opening.doubt(scans.scan()) is None


def test_one_that_only_its_owner_may_change_opens():
    assert opening.doubt(scans.locked(user="")) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-", b"%PDF-1.7 reply", b"%PDF-1.4\n<html>Not found</html>", scans.scan()[:120], scans.nested(100_000)],
)
def test_what_only_begins_like_one_does_not_open(content):
    assert opening.doubt(content) == opening.Why.NONE


def test_one_under_a_password_does_not_open():
    assert opening.doubt(scans.locked(user="secret")) == opening.Why.LOCKED


def test_bomb_is_stopped_by_the_limits():
    unpacked = (opening.MEGABYTES + 64) << 20
    content = scans.bomb(unpacked)
    packed = content.partition(b"stream\n")[2].partition(b"\nendstream")[0]
    reader = zlib.decompressobj()
    read = len(reader.decompress(packed, unpacked >> 4))
    assert (len(content) < 2**20, read, bool(reader.unconsumed_tail)) == (True, unpacked >> 4, True)  # the control
    assert opening.doubt(content) is not None


def test_one_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 0)
    assert opening.doubt(scans.scan()) == opening.Why.TOO_MUCH


def test_nothing_of_our_environment_is_passed_on(monkeypatch):
    """The process that reads a stranger's file has no key and no address of the database."""
    monkeypatch.setenv("PYTHONPATH", "/nowhere")  # the control: this is
    monkeypatch.setenv("SECRET_KEY", "canary")
    seen = {}
    run = opening.subprocess.run
    monkeypatch.setattr(opening.subprocess, "run", lambda command, **how: seen.update(how) or run(command, **how))
    opening.doubt(scans.scan())
    assert ("PYTHONPATH" in seen["env"], "SECRET_KEY" in seen["env"]) == (True, False)
