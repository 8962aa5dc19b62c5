"""One start at a time: a lock that ends with the process that holds it, however it ends."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Any

TICK = 0.2
GRACE_SECONDS = 1.5  # a holder that was just told to stop may not have noted it yet
SIZE = 500  # bytes of the note in the file; written whole, so that a reader never sees half of it


class AlreadyRunning(Exception):
    pass


class Claim:
    """A held folder. The file carries a note for those who find it held, blank once the holder is gone in order."""

    def __init__(self, descriptor: int, address: str) -> None:
        self._descriptor = descriptor
        self._note = {"pid": os.getpid(), "address": address}
        self.after_a_kill = bool(read_note(descriptor))
        self._write(json.dumps(self._note))

    def announce_stop(self) -> None:
        """From now on a start waits for us instead of giving up."""
        self._write(json.dumps({**self._note, "stopping": True}))

    def release(self) -> None:
        self._write("")

    def _write(self, words: str) -> None:
        os.pwrite(self._descriptor, words.ljust(SIZE).encode(), 0)


def read_note(descriptor: int) -> dict[str, Any]:
    words = os.pread(descriptor, SIZE, 0).decode(errors="replace").strip()
    return json.loads(words) if words.startswith("{") else {}


@contextmanager
def claim(folder: Path, address: str, *, patience: float) -> Iterator[Claim]:
    """Hold `folder`, or raise AlreadyRunning; for a holder that is stopping, wait up to `patience` seconds."""
    descriptor = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)  # closed on exec: no child inherits it
    try:
        started_at = time.monotonic()
        while not _locked(descriptor):
            holder = read_note(descriptor)
            if time.monotonic() > started_at + (patience if holder.get("stopping") else GRACE_SECONDS):
                raise AlreadyRunning(
                    f"Undersigned is already running at {holder.get('address', 'an address not yet known')}. "
                    f"Stop it with Ctrl-C where it runs, or with: kill {holder.get('pid', '')}"
                )
            time.sleep(TICK)
        held = Claim(descriptor, address)
        try:
            yield held
        finally:
            held.release()
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True
