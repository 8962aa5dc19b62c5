"""Folders for the parts of long letters while they are set. Names that are withheld may be in them.

They lie below VAR_DIR, closed to others, and are gone when the letter is set. A process that is killed leaves its own
behind; the lock on it is gone with the process, and by that the next to come knows it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings


@contextmanager
def own() -> Iterator[Path]:
    """A folder for whoever asks, until it is done."""
    sweep()
    with _locked(_all()):  # so that nobody finds it before its lock
        folder = Path(mkdtemp(dir=_all()))
        lock = _lock(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(lock)


def sweep() -> int:
    """Delete the folders that nobody works in any more; how many."""
    swept = 0
    with _locked(_all()):
        for folder in _all().iterdir():
            with suppress(BlockingIOError, FileNotFoundError), _locked(folder, fcntl.LOCK_NB):
                shutil.rmtree(folder)
                swept += 1
    return swept


def _all() -> Path:
    folder = settings.VAR_DIR / "parts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def _locked(folder: Path, how: int = 0) -> Iterator[None]:
    lock = _lock(folder, how)
    try:
        yield
    finally:
        os.close(lock)


def _lock(folder: Path, how: int = 0) -> int:
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | how)
    except BlockingIOError:
        os.close(lock)
        raise
    return lock
