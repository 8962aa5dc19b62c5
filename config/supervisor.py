"""Web, workers and scheduler as children of one process: what `manage.py up` runs.

Nothing here is needed at scale, where a container engine does the same. Work is safe in the database at every moment,
so children may be killed freely, and the messages of an earlier run thrown away.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from config import live
from config.tether import tether

STOP_SECONDS = 12  # then the process groups are killed
PATIENCE_SECONDS = STOP_SECONDS + 3  # for a start that is still going down
LONGEST_PAUSE = 30  # seconds between two starts of a child that keeps dying
STEADY_SECONDS = 60  # a child that lived this long is well: the next pause is short again
WEB_ATTEMPTS = 3
IMPATIENT_SECONDS = 2  # a second signal this long after the first ends the waiting
TICK = 0.2


class PortTaken(Exception):
    pass


class WebDoesNotStart(Exception):
    pass


def listen(port: int, *, patience: float) -> socket.socket:
    """The listening socket, made here and handed to the web process: nobody takes the port between two of its starts.

    Waits up to `patience` seconds for a port in use, then raises PortTaken.
    """
    deadline = time.monotonic() + patience
    while True:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise PortTaken(f"Port {port} cannot be used: {os.strerror(error.errno or 0)}.") from error
            time.sleep(TICK)
        else:
            return listener


def forget_messages(folder: Path) -> None:
    """Throw away what an earlier run left in the broker's folders and the scheduler's file, whole or half-written.

    Every message is a nudge to look into the database; the first sweep makes up for all of them.
    """
    for pattern in ("queue/*", "control/*", "beat-schedule*"):
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


@dataclass
class Child:
    """`keep`: descriptors that it inherits."""

    name: str
    command: list[str]
    keep: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    starts: int = 0  # without a steady run in between

    def start(self) -> None:
        # Its own session: Ctrl-C is for us alone, and the group can be killed as a whole.
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            pass_fds=self.keep,
            start_new_session=True,
            preexec_fn=tether(),
        )
        self.started_at = time.monotonic()
        self.starts += 1

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def bury(self) -> float:
        """End what is left of its group and return the seconds to wait before the next start."""
        self.kill_group()
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.starts = 0
        pause = min(2.0 ** max(self.starts - 1, 0), LONGEST_PAUSE)
        self.process, self.due_at = None, time.monotonic() + pause
        return pause

    def ask_to_stop(self) -> None:
        if self.process and self.is_running():
            self.process.terminate()

    def kill_group(self) -> None:
        if self.process:
            with suppress(ProcessLookupError, PermissionError):  # PermissionError: macOS, all of the group are zombies
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def children(listener: socket.socket, folder: Path) -> list[Child]:
    """One web process, so that limits counted in its memory hold; one worker a queue: a PDF never holds up a mail."""
    # started as root, everything here runs as root: no need for each worker to warn of it
    celery = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet", "-A", "config"]
    worker = [*celery, "worker", "--pool", "threads", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "--workers", "1"]
    descriptor = listener.fileno()
    return [
        Child("web", [*gunicorn, "--bind", f"fd://{descriptor}", "config.wsgi"], keep=(descriptor,)),
        Child("mail worker", [*worker, "-n", "mail@%h", "-Q", "mail", "--concurrency", "2"]),
        Child("documents worker", [*worker, "-n", "documents@%h", "-Q", "documents", "--concurrency", "1"]),
        # no pidfile: one left by kill -9 would keep the scheduler from starting
        Child("scheduler", [*celery, "beat", "--loglevel", "WARNING", "--pidfile=", "-s", f"{folder}/beat-schedule"]),
    ]


class Supervisor:
    def __init__(self, children: Iterable[Child], *, port: int, say: Callable[[str], None]) -> None:
        self.children = list(children)
        self.port = port
        self.say = say
        self.is_ready = False
        self._asked_at: list[float] = []

    def run(self, on_ready: Callable[[], None]) -> None:
        """Keep the children running until a signal asks to stop; call `stop` afterwards, whatever happened."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._ask)
        while not self._asked_at:
            self._keep_running()
            if not self.is_ready and live.answers(self.port):
                self.is_ready = True
                on_ready()
            time.sleep(TICK)

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.is_running() for child in self.children):
            if time.monotonic() > deadline or self._is_impatient():
                break
            time.sleep(TICK)
        for child in self.children:
            child.kill_group()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked_at.append(time.monotonic())

    def _is_impatient(self) -> bool:
        """`make` passes on a signal that its whole group got already, so an echo does not count."""
        return bool(self._asked_at) and self._asked_at[-1] - self._asked_at[0] > IMPATIENT_SECONDS

    def _keep_running(self) -> None:
        for child in self.children:
            if child.process and not child.is_running():
                self._mourn(child, child.process.returncode)
            if not child.process and time.monotonic() >= child.due_at:
                child.start()

    def _mourn(self, child: Child, status: int) -> None:
        pause = child.bury()
        if child.name == "web" and not self.is_ready and child.starts >= WEB_ATTEMPTS:
            raise WebDoesNotStart("The web process does not start; what it says of it is above.")
        self.say(f"The {child.name} ended (status {status}); starting it again in {pause:.0f} s.")
