"""The real `manage.py up`, its children, and the ways it may end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import live
from tools.services import free_port

ROOT = Path(__file__).parent.parent
CHILDREN = 4  # web, two workers, scheduler
START_SECONDS, STOP_SECONDS = 120, 25  # on a busy machine, with a demonstration to load and its documents to set

pytestmark = pytest.mark.processes


class Up:
    """One embedded site in a folder of its own, on a port of its own; where there is one, with a migrated database."""

    def __init__(self, folder: Path, **environ: str) -> None:
        self.folder, self.port = folder, free_port()
        (folder / "var").mkdir(mode=0o700)
        if "MIGRATED_SQLITE" in os.environ:
            shutil.copyfile(os.environ["MIGRATED_SQLITE"], self.database)
        embedded = {"DATABASE_URL": "", "REDIS_URL": "", "EMAIL_URL": "", "DEBUG": "1", "VAR_DIR": str(folder / "var")}
        embedded["DJANGO_SETTINGS_MODULE"] = "config.settings"  # not the tests' own
        here = {"PORT": str(self.port), "SITE_URL": f"http://127.0.0.1:{self.port}"}
        self.environ = {**os.environ, **embedded, **here, **environ}
        self.environ.pop("PYTHONUNBUFFERED", None)  # it would hide a banner that stays in the buffer
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)

    @property
    def database(self) -> Path:
        return self.folder / "var" / "undersigned.sqlite3"

    @property
    def command(self) -> list[str]:
        return [sys.executable, "manage.py", "up"]

    def output(self) -> str:
        return self.log.read_text()

    def start_and_wait(self) -> None:
        before = self.output().count("is ready") if self.log.exists() else 0
        self.start()
        wait_until(lambda: self.has_ended() or self.output().count("is ready") > before, START_SECONDS, self.output)
        assert not self.has_ended(), self.output()

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def send(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(STOP_SECONDS)

    def second_start(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command, cwd=ROOT, env=self.environ, capture_output=True, text=True)

    def processes(self) -> set[int]:
        """Every living process of this site but the supervisor, found by the folder in its environment."""
        mark = f"VAR_DIR={self.folder}/var\0".encode()
        own = {os.getpid(), self.process.pid if self.process else 0}
        found = set()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) not in own:
                try:
                    state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                    if mark in (entry / "environ").read_bytes() and state != "Z":
                        found.add(int(entry.name))
                except OSError:  # it ended meanwhile
                    continue
        return found


def wait_until(condition, seconds, describe=lambda: "") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, describe()
        time.sleep(0.1)


@pytest.fixture
def up(tmp_path):
    site = Up(tmp_path)
    yield site
    if site.process and site.process.poll() is None:
        site.process.kill()
        site.process.wait()
    for pid in site.processes():
        os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """The database of a site that has a campaign, so that it gets no demonstration."""
    site = Up(tmp_path_factory.mktemp("begun"))
    make = "from tests.factories import CampaignFactory; CampaignFactory()"
    for command in (["migrate", "-v0"], ["shell", "-v0", "-c", make]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=site.environ, check=True)
    return site.database


@pytest.fixture(autouse=True)
def _begun(up, begun):
    """Here nearly all begin without the demonstration, which takes longer than all else to make."""
    shutil.copyfile(begun, up.database)


def test_up_begins_in_an_empty_folder_and_says_where_everything_is(up):
    shutil.rmtree(up.folder / "var")
    up.start_and_wait()
    assert live.answers(up.port)
    assert len(up.processes()) >= CHILDREN
    for words in (f"http://127.0.0.1:{up.port}/", "Demonstration logins", f"http://127.0.0.1:{up.port}/mail/"):
        assert words in up.output()


def test_up_names_no_login_and_no_mail_page_without_debug(up):
    up.environ["DEBUG"] = "0"
    up.start_and_wait()
    assert "Demonstration" not in up.output()
    assert "/mail/" not in up.output()


def test_second_start_is_refused_and_disturbs_nothing(up):
    up.start_and_wait()
    before = up.processes()
    done = up.second_start()
    assert done.returncode != 0
    assert f"already running at http://127.0.0.1:{up.port}" in done.stderr
    assert up.processes() == before
    assert live.answers(up.port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_every_child(up, number):
    up.start_and_wait()
    assert up.processes()
    assert up.send(number) == 0
    assert up.processes() == set()


def test_a_signal_before_it_is_ready_stops_every_child(up):
    up.database.unlink(missing_ok=True)
    up.start()
    wait_until(up.processes, START_SECONDS)
    up.send(signal.SIGTERM)
    assert up.processes() == set()


def test_children_end_with_a_killed_parent_and_the_next_start_carries_on(up):
    up.start_and_wait()
    orphans = up.processes()
    assert up.send(signal.SIGKILL) == -signal.SIGKILL
    up.start_and_wait()  # at once: the port may still be with the web process that is going down
    wait_until(lambda: not orphans & up.processes(), STOP_SECONDS)
    assert live.answers(up.port)


def test_next_start_passes_over_what_a_kill_left_behind(up):
    for folder, name in (("queue", "1_x.mail.msg"), ("control", "celery.exchange"), (".", "beat-schedule")):
        (up.folder / "var" / folder).mkdir(parents=True, exist_ok=True)
        (up.folder / "var" / folder / name).write_text("{half")
    up.start_and_wait()
    time.sleep(2)  # the workers have looked at their queues
    assert "ended (status" not in up.output()


def test_a_killed_child_is_started_again(up):
    up.start_and_wait()
    before = up.processes()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(up.processes()) >= len(before), START_SECONDS, up.output)
    wait_until(lambda: live.answers(up.port), START_SECONDS, up.output)
    assert not before & up.processes()


def test_a_taken_port_is_said_plainly(up):
    with socket.socket() as other:
        other.bind(("127.0.0.1", up.port))
        other.listen()
        done = up.second_start()
    assert done.returncode != 0
    assert f"Port {up.port} cannot be used" in done.stderr
    assert up.processes() == set()


def test_a_web_process_that_cannot_start_ends_the_run(up):
    up.environ["WEB_CONCURRENCY"] = "none"
    done = up.second_start()
    assert done.returncode != 0
    assert "The web process does not start" in done.stderr
