"""The site as it is deployed, for tests: web, workers and scheduler as real processes on loopback."""

import http.client
import ipaddress
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection

from config import live
from config.tether import tether
from tests.reliability.sink import Sink
from tools.services import Redis, free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds; only how long a broken test takes to say so
STOP_SECONDS = 15
LEASE = 8  # seconds: a killed worker's mail is due again soon, yet a busy machine sends one well within it
CSRF = "a" * 32
WORKER = "--pool threads --loglevel INFO --without-gossip --without-mingle --without-heartbeat".split()


class Program:
    """One process and all it starts: a group of its own, killed or stopped as a whole."""

    def __init__(self, command: list[str], environ: dict[str, str], log: Path) -> None:
        self.command, self.environ, self.log = command, environ, log
        self.restarts = 0  # it may still be given, as `restart: unless-stopped` in docker-compose.yml does
        self.start()

    def start(self) -> None:
        self.is_wanted = True
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=tether(),
            )

    def kill(self) -> None:
        """-9 to the whole group: nothing gets the chance to finish or to clean up."""
        self.is_wanted = False
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.is_wanted = False
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def is_running(self) -> bool:
        return self.process.poll() is None

    def is_kept_running(self) -> bool:
        """Whether it runs or should not; started again where that is still allowed."""
        if self.is_wanted and not self.is_running() and self.restarts > 0:
            self.restarts -= 1
            self.start()
        return self.is_running() or not self.is_wanted


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: str
    seconds: float


class House:
    def __init__(self, folder: Path, redis: Redis, sink: Sink) -> None:
        self.folder, self.redis, self.sink = folder, redis, sink
        self.port = free_port()
        self.settings = "tests.reliability.settings"
        self.programs: list[Program] = []

    def environ(self, **more: str) -> dict[str, str]:
        database = connection.settings_dict["NAME"]  # the one the tests themselves write to
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "SECRET_KEY": settings.SECRET_KEY,
            "CONTACT_KEYS": ",".join(settings.CONTACT_KEYS),
            "INDEX_KEY": settings.INDEX_KEY,
            "DEBUG": "0",
            "DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{database}").geturl(),
            "REDIS_URL": self.redis.url,
            "EMAIL_URL": self.sink.url,
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "VAR_DIR": str(self.folder / "var"),
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "TRUSTED_PROXY_COUNT": "1",
            "SWEEP_SECONDS": "0.5",
            "OUTBOX_LEASE_SECONDS": str(LEASE),
            **more,
        }

    def wait(self, condition: Callable[[], object]) -> None:
        """Until it holds; a program that ended unasked ends the waiting too."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.output()
            assert all(program.is_kept_running() for program in self.programs), self.output()
            time.sleep(0.02)

    def start(self, name: str, command: list[str], **environ: str) -> Program:
        program = Program([sys.executable, "-m", *command], self.environ(**environ), self.folder / f"{name}.log")
        self.programs.append(program)
        return program

    def web(self, **environ: str) -> Program:
        """gunicorn with two processes of eight threads, answering."""
        web = self.start("web", ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"], **environ)
        self.wait(lambda: live.answers(self.port))
        return web

    def worker(self, *, concurrency: int = 2, queues: str = "mail,documents", **environ: str) -> Program:
        name = f"worker{len(self.programs)}"
        command = ["celery", "-A", "config", "worker", "-n", f"{name}@%h", "-Q", queues, *WORKER]
        return self.start(name, [*command, "--concurrency", str(concurrency)], **environ)

    def beat(self) -> Program:
        name = f"beat{len(self.programs)}"
        schedule = str(self.folder / name)
        return self.start(name, ["celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile=", "-s", schedule])

    def end(self) -> None:
        for program in self.programs:
            if program.is_running():
                program.kill()

    def output(self) -> str:
        """What all programs wrote."""
        return "\n".join(log.read_text() for log in sorted(self.folder.glob("*.log")))

    def request(self, method: str, path: str, data: dict[str, str] | None = None, *, place: str = "") -> Answer:
        """As a browser would, with the cookie and the field that Django's CSRF check compares.

        `place` is the network address it comes from; otherwise each request comes from one of its own.
        """
        started_at = time.monotonic()
        site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        place = place or str(ipaddress.IPv4Address(secrets.randbits(32)))
        headers = {"Cookie": f"csrftoken={CSRF}", "Content-Type": "application/x-www-form-urlencoded"}
        headers["X-Forwarded-For"] = place
        body = urlencode({**data, "csrfmiddlewaretoken": CSRF}) if data else None
        try:
            site.request(method, path, body, headers)
            answer = site.getresponse()
            text = answer.read().decode()
        finally:
            site.close()
        return Answer(answer.status, answer.headers.get("Location", ""), text, time.monotonic() - started_at)
