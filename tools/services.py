"""A throw-away PostgreSQL and Redis on free loopback ports, for tests and benchmarks.

    with Postgres() as postgres, Redis() as redis:
        ... postgres.url, redis.url ...

Each lives in its own temporary folder, runs as an ordinary user when started by root (PostgreSQL refuses root), dies
with the process that started it and leaves nothing behind. No other server is touched.
"""

import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from config.tether import tether

START_SECONDS = 30
STOP_SECONDS = 15
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class CannotStart(Exception):
    """A server's programs are missing, or it gave up; the message holds the end of its log."""


def find(name: str) -> str | None:
    """The path of a program: on PATH, or where Debian keeps PostgreSQL's (the newest version)."""
    versions = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: float(path.split("/")[4]))
    return shutil.which(name) or (versions[-1] if versions else None)


def find_chromium() -> str | None:
    """CHROMIUM from the environment, or the first browser of the family on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_database(url: str, name: str) -> tuple[str, str]:
    """Another database, empty, on PostgreSQL at `url`: its name and its address."""
    import psycopg2  # here: a machine that only runs Redis needs no client library

    connection = psycopg2.connect(url)
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    return name, urlsplit(url)._replace(path=f"/{name}").geturl()


class Server:
    """One server process; `stop` is gentle, `kill` is -9, `start` brings it back on the same port with its data."""

    programs: tuple[str, ...] = ()
    stop_signal = signal.SIGTERM
    url = ""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None

    @property
    def folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=f"undersigned-{type(self).__name__.lower()}-"))
        return self._folder

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @classmethod
    def missing(cls) -> list[str]:
        """The programs that this machine lacks."""
        return [name for name in cls.programs if not find(name)]

    def prepare(self) -> None:
        """Make the data folder, once."""

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def identity(self) -> dict[str, Any]:
        """Keyword arguments for subprocess: as whom to run."""
        return {}

    def start(self) -> Self:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the tests first; they still need their servers to finish
                preexec_fn=tether(self.stop_signal),
                **self.identity(),
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise CannotStart(f"{type(self).__name__} did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Self:
        if missing := self.missing():
            raise CannotStart(f"not installed: {', '.join(missing)}")
        try:
            self.prepare()
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Server):
    """`fsync=False` is faster and safe against kill -9 of the server, not against a crash of the machine."""

    programs = ("initdb", "postgres")
    stop_signal = signal.SIGINT  # "fast": ends the sessions; SIGTERM would wait for them

    def __init__(self, *, fsync: bool = False) -> None:
        super().__init__()
        self.fsync = fsync
        self.password = secrets.token_urlsafe(16)
        self.url = f"postgres://undersigned:{self.password}@127.0.0.1:{self.port}/undersigned"

    def identity(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        users = {user.pw_name: user for user in pwd.getpwall()}
        user = users.get("postgres") or users["nobody"]
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def prepare(self) -> None:
        password = self.folder / "password"
        password.write_text(self.password)
        if identity := self.identity():
            for path in (self.folder, password):
                os.chown(path, identity["user"], identity["group"])
        done = subprocess.run(
            [find("initdb") or "initdb", "-D", "data", "-U", "undersigned", "-A", "scram-sha-256"]
            + ["--pwfile=password", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--data-checksums"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            **identity,
        )
        if done.returncode:
            raise CannotStart(f"initdb failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on" if self.fsync else "off",
            "max_connections": 200,
            # as in docker-compose.yml: no statement and no value of a row in the log
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length_on_error": 0,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [find("postgres") or "postgres", "-D", "data", "-p", str(self.port), *options]

    def answers(self) -> bool:
        import psycopg2  # here: a machine that only runs Redis needs no client library

        try:
            connection = psycopg2.connect(self.url.removesuffix("undersigned") + "postgres")
        except psycopg2.OperationalError:
            return False
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'undersigned'")
            if not cursor.fetchone():
                cursor.execute("CREATE DATABASE undersigned")
        connection.close()
        return True


class Redis(Server):
    """`durable=True` keeps an append-only file, so that a kill and a `start` bring the data back."""

    programs = ("redis-server",)

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self.durable = durable
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        settings = f"--port {self.port} --bind 127.0.0.1 --maxmemory-policy noeviction --appendonly".split()
        return [find("redis-server") or "redis-server", *settings, "yes" if self.durable else "no", "--save", ""]

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
