"""What the benchmarks drive: our site and others under gunicorn, on one fresh database."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

from bench import invented
from config import keys
from config.tether import tether
from tools.services import Postgres, Redis, free_port

ROOT = Path(__file__).parent.parent
HOST = "letters.example"
SLUG = "ilvane"
WORKERS = 2
START_SECONDS = 30
BEGAN = re.compile(rb'name="began" value="([^"]+)"')


class DoesNotAnswer(Exception):
    """A server did not start, or its answer is not what the measurement needs."""


@contextmanager
def servers() -> Iterator[tuple[str, str]]:
    """DATABASE_URL of an empty database and REDIS_URL; on TEST_DATABASE_URL and TEST_REDIS_URL, or on new servers.

    A new PostgreSQL runs with fsync, as in production: a sign-on that is acknowledged is on the disk.
    """
    database, redis = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
    with (
        existing(database) if database else Postgres(fsync=True) as postgres,
        existing(redis) if redis else Redis() as cache,
        empty_database(postgres.url) as url,
    ):
        yield url, cache.url


@contextmanager
def alone() -> Iterator[None]:
    """Django in this process, with production settings, on an empty PostgreSQL: a new one or TEST_DATABASE_URL's."""
    given = os.environ.get("TEST_DATABASE_URL")
    with (
        existing(given) if given else Postgres() as server,
        empty_database(server.url) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DATABASE_URL": url,
            "VAR_DIR": folder,
            "ALLOWED_HOSTS": HOST,
            "REDIS_URL": "",
            **keys.make(),
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        yield


@dataclass
class Given:
    url: str


@contextmanager
def existing(url: str) -> Iterator[Given]:
    yield Given(url)


@contextmanager
def empty_database(url: str) -> Iterator[str]:
    """A database of our own on the server, dropped afterwards: nothing else there is touched."""
    import psycopg2

    name = f"undersigned_bench_{os.getpid()}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.close()


class Web:
    """One site under gunicorn, with the settings of config/gunicorn.py and two workers, until the `with` block ends."""

    def __init__(self, application: str, environ: dict[str, str]) -> None:
        self.application = application
        self.environ = environ
        self.port = free_port()

    def __enter__(self) -> Web:
        environ = {**self.environ, "PORT": str(self.port), "WEB_CONCURRENCY": str(WORKERS)}
        command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", f"{self.application}:application"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=sys.stderr, preexec_fn=tether()
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise DoesNotAnswer(self.application)
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.process.kill()

    def processor_seconds(self) -> float:
        """Of the workers so far."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        fields = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in workers]
        return sum(int(found[11]) + int(found[12]) for found in fields) / os.sysconf("SC_CLK_TCK")

    def _listens(self) -> bool:
        try:
            self.get("/", {})
        except OSError:
            return False
        return True

    def get(self, path: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content


def through_proxy() -> dict[str, str]:
    """What a request carries that came over HTTPS and a reverse proxy."""
    return {"Host": HOST, "X-Forwarded-Proto": "https"}


def form_headers(web: Web) -> tuple[dict[str, str], str]:
    """A browser's headers for sending the form, and the moment of its first view that the form carries."""
    response, content = web.get(f"/letters/{SLUG}/sign/", through_proxy())
    began = BEGAN.search(content)
    if response.status != 200 or not began:
        raise DoesNotAnswer(f"the form: {response.status}")
    headers = {**through_proxy(), "Origin": f"https://{HOST}", "Sec-Fetch-Site": "same-origin"}
    return headers, began[1].decode()


def bodies(number: int, began: str) -> list[str]:
    """What the last step of the form sends, for one new organization and address each."""
    return [
        urlencode(
            {
                "began": began,
                "name": f"{name} {index}",
                "acronym": acronym,
                "country": country,
                "scope": "national",
                "website": f"www.organization{index}.example",
                "contact_name": "Ama Mensah",
                "contact_role": "Director",
                "contact_email": f"office@organization{index}.example",
                "visibility": "public",
                "attested": "on",
                "send": "1",
            }
        )
        for index, (name, acronym, country) in enumerate(invented.lines(number))
    ]
