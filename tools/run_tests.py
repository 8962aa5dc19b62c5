"""All tests, in several runs of pytest: `make test`; the long ones, marked `battery`: `make batteries`.

1. Embedded: SQLite, no broker.
2. At scale: the same tests on PostgreSQL with Redis, but for those to which the database makes no difference.
3. Processes: tests that start real web, worker and scheduler processes, on PostgreSQL with Redis.
4. Journeys: a real browser, on PostgreSQL. There each request has a connection of its own, as in production; the
   in-memory SQLite of a test run shares one between all threads of the live server, which hides races and invents
   others. Without PostgreSQL they run on SQLite instead.

The servers are those of TEST_DATABASE_URL and TEST_REDIS_URL, or thrown away afterwards. The migrations are run once;
what comes of them is copied by each run. What cannot run is said at the end, and is a failure when CI or REQUIRE_ALL is
set. Arguments go to every run of pytest.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from config import keys
from config.tether import tether
from tools.services import CannotStart, Postgres, Redis, find_chromium, new_database

IN_PROCESS = "not journey and not processes"
FAST = f"{IN_PROCESS} and not battery"
NO_TESTS_COLLECTED = 5  # pytest's exit status, fine when -k chose tests of another run
STOP_SECONDS = 30
MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, on Linux
ROOM = 3 << 30  # bytes free in it: what the tests write is a tenth of that


@dataclass
class Tally:
    """What all runs found; `ran` and `skipped` tell whether a test skipped in one run was run in another."""

    counts: Counter[str] = field(default_factory=Counter)
    ran: set[str] = field(default_factory=set)
    skipped: dict[str, str] = field(default_factory=dict)
    not_run: list[str] = field(default_factory=list)
    bad_statuses: list[int] = field(default_factory=list)

    def add(self, report: Path) -> None:
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - our own pytest wrote it
            name = f"{case.get('classname')}.{case.get('name')}"
            outcomes = {child.tag: child for child in case if child.tag in ("failure", "error", "skipped")}
            if "skipped" in outcomes and outcomes["skipped"].get("type") != "pytest.xfail":
                self.counts["skipped"] += 1
                self.skipped[name] = outcomes["skipped"].get("message") or ""
                continue
            self.ran.add(name)
            if "skipped" in outcomes:
                self.counts["xfailed"] += 1
            elif not outcomes:
                self.counts["passed"] += 1
            self.counts["failed"] += "failure" in outcomes
            self.counts["errors"] += "error" in outcomes

    def never_run(self) -> list[str]:
        reasons = Counter(reason for name, reason in self.skipped.items() if name not in self.ran)
        return [*self.not_run, *(f"{count} tests: {reason}" for reason, count in reasons.items())]

    def summary(self, seconds: float) -> str:
        """One line as pytest prints it, over all runs."""
        order = ("failed", "passed", "skipped", "xfailed", "errors")
        words = [f"{self.counts[word]} {word}" for word in order if self.counts[word]] or ["no tests ran"]
        return f" {', '.join(words)} in {seconds:.2f}s ".center(80, "=")


def memory() -> str | None:
    """Where files that must be on the disk before the work goes on need not wait for one; None: no such place here."""
    with suppress(OSError):
        found = os.statvfs(MEMORY)
        if found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & os.ST_NOEXEC:
            return str(MEMORY) if os.access(MEMORY, os.W_OK) else None
    return None


def environment(folder: Path, **servers: str) -> dict[str, str]:
    """The tests' environment. What is set here, even to nothing, also hides a value in the developer's own .env."""
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    for one in (folder, temporary):
        one.chmod(0o711)  # PostgreSQL, which refuses root, has to come through
    inherited = {name: value for name, value in os.environ.items() if name != "DEBUG"}  # tests/environment.py sets it
    return {
        **inherited,
        **keys.make(),
        "VAR_DIR": str(folder / "var"),
        "TMPDIR": str(temporary),
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "EMAIL_URL": "",
        "SITE_URL": "http://127.0.0.1:8000",
        "CHROMIUM": find_chromium() or "",
        "PYTHONDONTWRITEBYTECODE": "",  # each worker of each run would prepare every assertion anew
        **servers,
    }


def run_pytest(title: str, marks: str, environ: Mapping[str, str], tally: Tally, arguments: Sequence[str]) -> None:
    print(f"\n##### {title}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        # a session of its own, so that stopping leaves no browser or server of a test behind
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", "-m", marks, f"--junitxml={report}", *arguments],
            env=environ,
            start_new_session=True,
            preexec_fn=tether(signal.SIGINT),
        )
        try:
            status = process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)  # pytest then tears its fixtures down; on SIGTERM it would not
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            _kill_group(process)
            raise
        _kill_group(process)
        if report.exists():
            tally.add(report)
        if status != 0 and not (status == NO_TESTS_COLLECTED and arguments):
            tally.bad_statuses.append(status)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def servers(stack: ExitStack) -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the given servers, or of new ones that end with `stack`."""
    postgres, redis = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_REDIS_URL")
    return {
        "DATABASE_URL": postgres or stack.enter_context(Postgres()).url,
        "REDIS_URL": redis or stack.enter_context(Redis()).url,
    }


def migrated(folder: Path, embedded: Mapping[str, str], scale: Mapping[str, str] | None) -> dict[str, str]:
    """Databases with tables and no rows, for tests/conftest.py to copy: migrating takes longer than many tests.

    On a server that was given nothing is left, so there each worker migrates a database of its own.
    """
    made = {"MIGRATED_SQLITE": str(folder / "migrated" / "undersigned.sqlite3")}
    environs = {"MIGRATED_SQLITE": {**embedded, "VAR_DIR": str(folder / "migrated")}}
    if scale and not os.environ.get("TEST_DATABASE_URL"):
        made["MIGRATED_POSTGRES"], url = new_database(scale["DATABASE_URL"], "migrated")
        environs["MIGRATED_POSTGRES"] = {**scale, "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", "--no-input", "-v0"]
    running = {name: subprocess.Popen(command, env=environ, preexec_fn=tether()) for name, environ in environs.items()}
    return {name: made[name] for name, process in running.items() if process.wait() == 0}  # others: the tests will tell


def run_all(stack: ExitStack, tally: Tally, arguments: Sequence[str], *, batteries: bool = False) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=memory())))
    embedded = environment(folder)
    length = "battery" if batteries else "not battery"
    spread = ["--dist", "worksteal", *arguments]  # each worker takes a part: what a file shares is mostly made once
    both = ["-n", "2", *spread]
    waiting = ["-n", "3", *spread]  # for processes and for pages, while the processors could do something else
    try:
        scale = {**embedded, **servers(stack)}
    except CannotStart as error:
        tally.not_run.append(f"everything on PostgreSQL and Redis, and the tests with real processes: {error}")
        scale = None
    ready = migrated(folder, embedded, scale)
    embedded, scale = embedded | ready, scale and scale | ready
    run_pytest("Embedded: SQLite", f"{IN_PROCESS} and {length} and not postgres", embedded, tally, both)
    if scale and not batteries:
        run_pytest("At scale: PostgreSQL and Redis", f"{FAST} and (postgres or not (pure or once))", scale, tally, both)
    if scale:
        processes = f"processes and not journey and {length}"
        run_pytest("Real processes on PostgreSQL and Redis", processes, scale, tally, waiting)
    if embedded["CHROMIUM"]:
        run_pytest("Journeys in a browser", f"journey and {length}", scale or embedded, tally, waiting)
    else:
        tally.not_run.append("the journeys in a browser: no Chromium found; CHROMIUM=/path/to/it names one")


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str]) -> int:
    batteries = arguments[:1] == ["batteries"]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    started_at, tally, status = time.monotonic(), Tally(), 0
    with ExitStack() as stack:
        try:
            run_all(stack, tally, arguments[batteries:], batteries=batteries)
        except KeyboardInterrupt:
            tally.not_run.append("the rest: interrupted")
            status = 130
    for line in tally.never_run():
        print(f"\nNOT RUN: {line}")
    if tally.never_run() and (os.environ.get("CI") or os.environ.get("REQUIRE_ALL")):
        print("\nA part not run is a failure here: CI or REQUIRE_ALL is set.")
        status = status or 1
    print(f"\n{tally.summary(time.monotonic() - started_at)}")
    return status or int(bool(tally.bad_statuses))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
