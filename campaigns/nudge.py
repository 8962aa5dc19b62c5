"""Waking the workers without ever making a request wait.

The row in the database is the job; a nudge only saves the seconds until the next sweep. A background thread publishes
it, so a slow or dead broker costs a request nothing, and a lost nudge costs the job at most one sweep.
"""

import logging
import os
import threading
import time

from celery import current_app
from django.db import transaction

PAUSE = 0.5  # seconds between two publications: a rush of sign-ons is one nudge, not hundreds

logger = logging.getLogger(__name__)

_wanted: set[str] = set()
_changed = threading.Condition()
_publisher: tuple[int, threading.Thread] | None = None


def on_commit(task: str) -> None:
    """Wake `task` (its dotted name) once the transaction at hand has committed."""
    transaction.on_commit(lambda: now(task), robust=True)


def now(task: str) -> None:
    """Ask for `task` to be woken; returns at once, whatever the broker's state."""
    global _publisher
    with _changed:
        _wanted.add(task)
        if _publisher is None or _publisher[0] != os.getpid() or not _publisher[1].is_alive():  # threads die in a fork
            thread = threading.Thread(target=_publish_for_ever, name="nudge", daemon=True)
            _publisher = (os.getpid(), thread)
            thread.start()
        _changed.notify()


def _publish_for_ever() -> None:
    while True:
        with _changed:
            while not _wanted:
                _changed.wait()
            tasks = sorted(_wanted)
            _wanted.clear()
        for task in tasks:
            try:
                current_app.send_task(task, retry=False, expires=60)
            except Exception as error:
                logger.warning("no nudge for %s (%s); the next sweep takes it", task, type(error).__name__)
        time.sleep(PAUSE)
