"""The embedded broker: kombu's file-system transport, with files that appear whole.

kombu opens a message's file under its final name and writes it afterwards. A worker that looks in between takes an
empty file for a message and ends with JSONDecodeError: seen after 90 seconds of an idle site. The files that list an
exchange's queues have the same gap, met when several processes start together.
"""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


def install() -> None:
    """Make `filesystem://` mean the transport below, in this process; before the first connection, kombu remembers."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _queue_bind(self, exchange: str, routing_key: str | None, pattern: str | None, queue: str) -> None:
        file = self._exchange_file(exchange)  # type: ignore[attr-defined] # missing in the stubs
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue)
        with _held(self.control_folder):
            table = self.get_table(exchange)
            if bound not in table:
                _write_whole(file, dumps([bound, *table]))


class Transport(filesystem.Transport):
    Channel = Channel


def _write_whole(file: Path, text: str) -> None:
    hidden = file.with_name(f".{file.name}.{uuid.uuid4()}")  # a name no reader looks for
    hidden.write_text(text)
    os.replace(hidden, file)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One process at a time; the lock is on the folder itself and ends with the process."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        flock(descriptor, LOCK_EX)
        yield
    finally:
        os.close(descriptor)
