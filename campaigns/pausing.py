"""The switch that stops sign-on everywhere at once. Every sign-on asks; the answer may be a second old."""

from __future__ import annotations

import time

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry, SitePause, User

LOOKED_UP_EVERY = 1.0  # seconds, in each process

_seen: tuple[float, bool] | None = None  # time.monotonic() until which it counts, and whether the site is paused


def is_paused() -> bool:
    """Whether no letter takes sign-ons now."""
    global _seen
    now = time.monotonic()
    if _seen is None or now >= _seen[0]:
        _seen = (now + LOOKED_UP_EVERY, SitePause.objects.running().exists())
    return _seen[1]


@transaction.atomic
def start(*, reason: str, by: User) -> SitePause:
    """Pause all sign-on; the pause that is in force already, if there is one."""
    running = SitePause.objects.running().first()
    if running is None:
        running = SitePause.objects.create(reason=reason, started_by=by)
        JournalEntry.objects.record("paused the site", running, by=by)
    _forget_on_commit()
    return running


@transaction.atomic
def end(*, by: User) -> int:
    """Let sign-on go on; how many pauses were in force, for two may have started one at once."""
    running = list(SitePause.objects.running().select_for_update())
    for pause in running:
        pause.ended_at, pause.ended_by = timezone.now(), by
        pause.save(update_fields=["ended_at", "ended_by"])
        JournalEntry.objects.record("ended the pause", pause, by=by)
    _forget_on_commit()
    return len(running)


def forget() -> None:
    """Look it up anew when next asked."""
    global _seen
    _seen = None


def _forget_on_commit() -> None:
    forget()
    transaction.on_commit(forget)  # somebody may have asked meanwhile, and seen the state before
