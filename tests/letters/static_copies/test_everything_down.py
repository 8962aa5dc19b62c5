"""With web server, workers, scheduler, PostgreSQL and Redis stopped, any web server shows what is published."""

import hashlib
import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.tether import tether
from tests.reliability.house import ROOT, House
from tests.reliability.sink import Sink
from tools.services import Postgres, Redis, free_port

pytestmark = pytest.mark.processes

SLUG = "heron-bridge"
PAGE, FRENCH, PDF, LIST = (f"/letters/{SLUG}/", f"/fr/letters/{SLUG}/", f"/letters/{SLUG}/1.pdf", "signatories.csv")


class OwnHouse(House):
    """With a database server of its own, which can be stopped."""

    def __init__(self, folder, redis, sink, postgres):
        super().__init__(folder, redis, sink)
        self.postgres, self.published = postgres, folder / "published"

    def environ(self, **more):
        return super().environ(DATABASE_URL=self.postgres.url, PUBLISHED_DIR=str(self.published), **more)

    def run(self, *command):
        """One command of its own; what it said."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environ(), capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start_all(self):
        self.web()
        self.worker()
        self.beat()

    def stop_all(self):
        for program in self.programs:
            program.stop()
        self.postgres.stop()
        self.redis.stop()


@pytest.fixture
def own_house(tmp_path):
    if Postgres.missing() or Redis.missing():
        pytest.skip("needs PostgreSQL and Redis")
    sink = Sink()
    sink.up()
    with Postgres() as postgres, Redis() as redis:
        house = OwnHouse(tmp_path, redis, sink, postgres)
        house.run("manage.py", "migrate", "--no-input", "-v0")
        try:
            yield house
        finally:
            house.end()
            sink.down()


@pytest.fixture
def plain(own_house):
    """The plainest web server there is, with the folder as its root; the port."""
    own_house.published.mkdir(exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    server = subprocess.Popen(
        command,
        cwd=own_house.published,
        env={"PATH": os.environ["PATH"]},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=tether(signal.SIGTERM),
    )
    own_house.wait(lambda: fetch(port, "/") is not None)
    yield port
    server.terminate()
    server.wait()


def fetch(port, path):
    """(status, content), or None where nobody listens."""
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        site.request("GET", path)
        answer = site.getresponse()
        return answer.status, answer.read()
    except ConnectionRefusedError:
        return None
    finally:
        site.close()


def sums(port):
    lines = fetch(port, f"{PAGE}SHA256SUMS")[1].decode().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_published_letter_is_shown_with_everything_down_and_gone_once_it_is_taken_back(own_house, plain):
    own_house.start_all()
    published = own_house.run("-m", "tests.letters.static_copies.story", "publish")
    own_house.wait(lambda: fetch(plain, f"{PAGE}SHA256SUMS")[0] == 200)
    assert [fetch(own_house.port, path)[0] for path in (PAGE, FRENCH, PDF, PAGE + LIST)] == [200] * 4
    by_site = {path: fetch(own_house.port, path)[1] for path in (PDF, PAGE + LIST)}

    own_house.stop_all()
    assert fetch(own_house.port, PAGE) is None
    assert not own_house.postgres.answers()
    assert not own_house.redis.answers()

    page, french, pdf, table = (fetch(plain, path) for path in (PAGE, FRENCH, PDF, PAGE + LIST))
    assert [one[0] for one in (page, french, pdf, table)] == [200] * 4
    assert "2 organizations ask for a heron bridge" in page[1].decode()
    assert "Org 1" in page[1].decode()
    assert 'lang="fr"' in french[1].decode()
    assert {PDF: pdf[1], PAGE + LIST: table[1]} == by_site
    assert hashlib.sha256(pdf[1]).hexdigest() == published == sums(plain)["1.pdf"]
    assert published in fetch(plain, f"{PAGE}editions/1.json")[1].decode()
    names = {"": "index.html", LIST: LIST}
    assert all(
        sums(plain)[name] == hashlib.sha256(fetch(plain, PAGE + at)[1]).hexdigest() for at, name in names.items()
    )
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    folder = Path(own_house.published) / "letters" / SLUG
    assert subprocess.run(check, cwd=folder, capture_output=True, text=True).stdout == ""

    own_house.postgres.start()
    own_house.redis.start()
    own_house.run("-m", "tests.letters.static_copies.story", "take_back")  # no worker is there yet
    assert [fetch(plain, path)[0] for path in (PAGE, FRENCH, PDF, PAGE + LIST)] == [404] * 4

    (folder / "in").mkdir(parents=True)  # what a process that was killed could have left
    (folder / "index.html").write_text("left behind")
    own_house.start_all()
    own_house.wait(lambda: not folder.exists())
    assert fetch(own_house.port, PDF)[0] == 404


def test_worker_that_is_killed_while_it_writes_leaves_no_half_file(own_house, plain):
    own_house.web()
    worker = own_house.worker()
    own_house.beat()
    own_house.run("-m", "tests.letters.static_copies.story", "publish")
    own_house.wait(lambda: any(own_house.published.glob(f"*/{SLUG}/*")) or any(own_house.published.glob("static/*/*")))
    worker.kill()
    folder = own_house.published / "letters" / SLUG
    for file in [one for one in own_house.published.rglob("*.html") if ".staged" not in one.parts]:
        assert file.read_text().rstrip().endswith("</html>")
    own_house.run("-m", "tests.letters.static_copies.story", "let_the_minute_pass")
    own_house.worker()
    own_house.wait(lambda: (folder / "SHA256SUMS").exists())
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 0
