"""Is everything at work? Asked by /healthz/ready and by `manage.py doctor`."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from campaigns.models import Heartbeat, JournalEntry, Mail

LATE = timedelta(minutes=5)
SCHEDULER = "scheduler"
SUBSET_LIBRARIES = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")


@dataclass(frozen=True)
class Finding:
    name: str
    is_well: bool
    words: str


Look = Callable[[datetime], Finding]

_queues: list[Look] = []
_failures: list[Look] = []
_more: list[Look] = []


def also(queue: Look, *, failures: Look) -> None:
    """Have the queue of another app looked at with the outbox, and what failed of it with the failed mails."""
    _queues.append(queue)
    _failures.append(failures)


def tell(look: Look) -> None:
    """Have `manage.py doctor` say one thing more, for which no machine is kept from visitors."""
    _more.append(look)


def note_beat() -> None:
    Heartbeat.objects.update_or_create(name=SCHEDULER, defaults={"at": timezone.now()})


def at_work() -> Iterator[Finding]:
    """What must be well for this machine to get visitors. Failed mails are not among it: one bad address would close
    the site."""
    database = _database()
    yield database
    if database.is_well:
        yield _outbox(timezone.now())
        yield from (look(timezone.now()) for look in _queues)
        yield _scheduler(timezone.now())


def everything() -> Iterator[Finding]:
    """What an administrator should know."""
    findings = list(at_work())
    yield from findings
    if findings[0].is_well:
        yield _journal(timezone.now())
        yield _failed_mails()
        yield from (look(timezone.now()) for look in (*_failures, *_more))
    yield _subset_library()
    yield _debug()
    yield _mail_server()
    yield _shared_cache()


def failed_mails() -> int:
    return Mail.objects.failed().count()


def oldest_unsent(now: datetime) -> datetime | None:
    """When the oldest mail that should be out by now was written; one put in for later is not late."""
    waiting = Mail.objects.unsent().filter(Q(attempts__gt=0) | Q(run_after__lte=now))
    return waiting.aggregate(oldest=Min("created_at"))["oldest"]


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Finding("database", False, f"no answer ({type(error).__name__})")
    return Finding("database", True, "answers")


def _outbox(now: datetime) -> Finding:
    oldest = oldest_unsent(now)
    if oldest is None:
        return Finding("outbox", True, "nothing waits")
    return Finding("outbox", now - oldest < LATE, f"oldest mail has waited {seconds(now - oldest)}")


def _scheduler(now: datetime) -> Finding:
    beat = Heartbeat.objects.filter(name=SCHEDULER).values_list("at", flat=True).first()
    if beat is None:
        return Finding("scheduler", False, "never seen")
    return Finding("scheduler", now - beat < LATE, f"last seen {seconds(now - beat)} ago")


def _journal(now: datetime) -> Finding:
    """What is altered before it has its link is not found: so how long entries wait for it is said."""
    waiting = JournalEntry.objects.unlinked().order_by().aggregate(oldest=Min("at"), number=Count("pk"))
    if waiting["oldest"] is None:
        return Finding("journal", True, "every entry has its place in the chain")
    words = f"{waiting['number']} to be linked into the chain, the oldest has waited {seconds(now - waiting['oldest'])}"
    return Finding("journal", now - waiting["oldest"] < LATE, words)


def _failed_mails() -> Finding:
    failed = failed_mails()
    return Finding("failed mails", not failed, f"{failed}; see the outbox in the admin" if failed else "none")


def _subset_library() -> Finding:
    for name in SUBSET_LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return Finding("harfbuzz-subset", True, "present")
    return Finding("harfbuzz-subset", False, "missing: PDFs take twenty times as long (Debian: libharfbuzz-subset0)")


def _debug() -> Finding:
    name = urlsplit(settings.SITE_URL).hostname
    if settings.DEBUG and (not settings.EMBEDDED or name not in {"127.0.0.1", "localhost", "::1"}):
        return Finding("DEBUG", False, f"on, yet the site is {settings.SITE_URL}: the demonstration logins are open")
    return Finding("DEBUG", True, "on, for this machine only" if settings.DEBUG else "off")


def _mail_server() -> Finding:
    """By a check of `--deploy` as well, which only asks before the site goes public."""
    if settings.EMAIL_URL:
        return Finding("mail server", True, "EMAIL_URL is set")
    words = f"none: mail is kept in {settings.VAR_DIR / 'mail'} for a week and reaches nobody"
    return Finding("mail server", settings.EMBEDDED, words if settings.EMBEDDED else f"{words}: set EMAIL_URL")


def _shared_cache() -> Finding:
    if settings.EMBEDDED or settings.REDIS_URL:
        return Finding("cache", True, "shared by all web processes")
    return Finding("cache", False, "each web process counts sign-in attempts for itself: set REDIS_URL")


def seconds(time: timedelta) -> str:
    """A span in words."""
    return f"{time.total_seconds():.0f} s"
