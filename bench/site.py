"""What `bench.load` drives: our site and the floor under gunicorn, on one fresh database, with an invented letter."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from bench import invented
from config.tether import tether
from tools.services import Postgres, Redis, free_port

if TYPE_CHECKING:
    from campaigns.models import User
    from letters.models import Letter
    from signatories.models import Line, Signatory

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


def seed(signatories: int) -> None:
    """An open letter with so many listed organizations, through the models."""
    from django.utils import timezone

    from campaigns.models import User
    from signatories.models import Line, Signatory

    now, vetter = timezone.now(), User.objects.create(email="vetter@coalition.example")
    letter = open_letter(vetter)
    facts = {"agreed_revision": letter.revision, "confirmed_at": now, "decided_at": now, "decided_by": vetter}
    lines = enumerate(invented.lines(signatories, seed=2))
    rows = [
        sign_on(letter, Line(*parts), f"listed{number}@organization.example", status="listed", **facts)
        for number, parts in lines
    ]
    Signatory.objects.bulk_create(rows, batch_size=500)


def sign_on(letter: Letter, line: Line, address: str, *, withheld: bool = False, **facts: Any) -> Signatory:
    """A row as the form would have made it, not saved; `facts` are further columns of it."""
    from campaigns import outbox
    from signatories.models import Signatory
    from signatories.services import identity_hash

    row = Signatory(
        letter=letter,
        scope=Signatory.Scope.NATIONAL,
        contact_name="Contact Person",
        contact_role="Director",
        contact_email=address,
        contact_hash=outbox.address_hash(address),
        identity_hash=identity_hash(letter.pk, line),
        attestation="2026-11",
        **facts,
    )
    row.set_line(line, Signatory.Visibility.COUNTED if withheld else Signatory.Visibility.PUBLIC)
    return row


def open_letter(by: User) -> Letter:
    """Open for a week, with its words, its recipients and its first revision."""
    from django.utils import timezone

    from campaigns.models import Campaign
    from letters import canonical
    from letters.models import Letter, Recipient, Revision, Text

    now = timezone.now()
    campaign = Campaign.objects.create(
        name=invented.LETTERHEAD, slug="ilvane", contact_email="letter@coalition.example"
    )
    letter = Letter.objects.create(
        campaign=campaign,
        slug=SLUG,
        status=Letter.Status.OPEN,
        place="Orrinport",
        date=now.date(),
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=7),
    )
    words = {
        "title": invented.TITLE,
        "headline": "",
        "re_line": invented.RE_LINE,
        "salutation": invented.SALUTATION,
        "body": invented.body(),
        "closing": invented.CLOSING,
    }
    Text.objects.create(letter=letter, **words)
    for position, one in enumerate(invented.ADDRESSEES):
        parts = ("line", "honorific", "name", "office", "organization", "address")
        Recipient.objects.create(letter=letter, position=position, **{part: getattr(one, part) for part in parts})
    texts = [{"language": "en", "is_authentic": True, **words}]
    recipients = list(
        letter.recipients.values("line", "honorific", "name", "office", "organization", "address", "email")
    )
    form = canonical.canonical(texts, recipients)
    Revision.objects.create(
        letter=letter,
        number=1,
        cause=Revision.Cause.OPENED,
        texts=texts,
        recipients=recipients,
        canonical=form,
        digest=canonical.digest(form),
        created_by=by,
    )
    return letter


def confirmation_token() -> str:
    """What ends the link in the mail to an organization that has filled in the form and not answered yet."""
    from letters.models import Letter
    from signatories.models import Line, Purpose, Token

    letter, line = Letter.objects.get(slug=SLUG), Line("Orrinport Rivers Forum", "ORF", "KE")
    signatory = sign_on(letter, line, "office@forum.example")
    signatory.save()
    return Token.objects.issue(signatory, Purpose.CONFIRM).secret


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
