"""How near our two busiest addresses come to the least Django can do: `python -m bench.load`.

One JSON object on standard output, progress on standard error. The public letter page with 750 names and the last step
of the sign-on form are driven by wrk, in turn with bench.floor: a constant page of the same bytes, and a view that
validates one form and inserts one row. Figures are medians over the rounds, "ratio" the median of the rounds' ratios.
Every status is checked, and the rows are counted afterwards.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from bench import seeding, site
from config import keys
from signatories import guarding

NAMES = 750
CONNECTIONS = 16  # two workers with eight threads each
TAKEN_IN = 1000  # forms of those that were sent
MOST_A_SECOND = 2000  # bodies held ready for a round; running out is an error
PAGE = f"/letters/{site.SLUG}/"
SIGN = f"/letters/{site.SLUG}/sign/"


class Wrong(Exception):
    """A run whose figures would not mean what they say."""


_runs = count(1)


@dataclass
class Target:
    """One address under load. `bodies`: what is posted, each once; None for GET."""

    name: str
    web: site.Web
    path: str
    headers: dict[str, str]
    status: int
    bodies: list[str] | None = None
    answered: int = 0
    runs: list[dict[str, Any]] = field(default_factory=list)

    def median(self, figure: str) -> float:
        return median(run[figure] for run in self.runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--small", action="store_true", help="three short rounds")
    parser.add_argument("--keep-alive", action="store_true", help="requests share connections; see docs/performance.md")
    parser.add_argument("--names", type=int, default=NAMES, help="how many organizations the letter's page lists")
    chosen = parser.parse_args()
    rounds, seconds = (3, 2) if chosen.small else (chosen.rounds, chosen.seconds)
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed: apt-get install wrk")
    with ExitStack() as stack:
        page, sign = targets(stack, names=chosen.names, most=(rounds + 1) * math.ceil(seconds) * MOST_A_SECOND)
        if not chosen.keep_alive:
            for target in (*page, *sign):
                target.headers["Connection"] = "close"
        for pair in (page, sign):
            for target in pair:
                drive(target, min(seconds, 2))  # fills caches and opens connections; not counted
                target.runs.clear()
        for number in range(rounds):
            for pair in (page, sign):
                for target in pair[:: -1 if number % 2 else 1]:
                    drive(target, seconds)
                    say(target)
        check_rows(sign[0].answered, runs=rounds + 1)
        print(json.dumps({"page": figures(*page), "sign": figures(*sign), "taken_in": take_in()}))


def targets(stack: ExitStack, *, names: int, most: int) -> tuple[tuple[Target, Target], tuple[Target, Target]]:
    """Start everything; return (ours, floor) for the page and for the sign-on."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    database, redis = stack.enter_context(site.servers())
    os.environ.update(environment(folder, database, redis))
    prepare(names)
    ours = stack.enter_context(site.Web("config.wsgi", dict(os.environ)))
    reader = {**site.through_proxy(), "Accept-Encoding": "gzip"}
    response, content = ours.get(PAGE, reader)
    if response.status != 200 or content_lines(response, content) < names:
        raise Wrong(f"the letter's page: {response.status}, {len(content)} bytes")
    (folder / "page").write_bytes(content)
    floor = stack.enter_context(site.Web("bench.floor.wsgi", {**os.environ, "FLOOR_PAGE": str(folder / "page")}))
    sender, began = site.form_headers(ours)
    bodies = site.bodies(most, began)
    time.sleep(guarding.LEAST + 1)  # nobody fills in the form faster
    return (
        (Target("page", ours, PAGE, reader, 200), Target("page floor", floor, "/page/", reader, 200)),
        (
            Target("sign", ours, SIGN, sender, 302, bodies),
            Target("sign floor", floor, "/sign/", sender, 302, [*bodies]),
        ),
    )


def content_lines(response: Any, content: bytes) -> int:
    plain = gzip.decompress(content) if response.getheader("Content-Encoding") == "gzip" else content
    return plain.count(b"<li>")


def environment(folder: Path, database: str, redis: str) -> dict[str, str]:
    """Ours as in production, behind a proxy that speaks HTTPS; what is not of this run is blanked."""
    return {
        **keys.make(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "EMAIL_URL": "smtp://127.0.0.1:9",  # no worker runs, so nothing is sent
        "DEBUG": "0",
        "SITE_URL": f"https://{site.HOST}",
        "ALLOWED_HOSTS": f"{site.HOST},127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "SIGN_ON_RUSH": str(10**9),  # no rush is made of the load: what is measured is the ordinary sign-on
    }


def prepare(names: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    make_floor_table()
    seeding.seed(names)


def make_floor_table() -> None:
    from django.db import connection

    from bench.floor.models import SignOn

    with connection.schema_editor() as editor:
        editor.create_model(SignOn)


def drive(target: Target, seconds: float) -> None:
    """One run of wrk; its figures are kept with the target."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{math.ceil(seconds)}s", "--timeout", "10s", "-s", "bench/load.lua"]
    for name, value in target.headers.items():
        command += ["-H", f"{name}: {value}"]
    command += [f"http://127.0.0.1:{target.web.port}{target.path}", "--", str(target.status)]
    client, server = client_seconds(), target.web.processor_seconds()
    with tempfile.NamedTemporaryFile("w") as file:
        if target.bodies is not None:
            share = math.ceil(seconds) * MOST_A_SECOND
            file.writelines(f"{body}\n" for body in target.bodies[:share])
            del target.bodies[:share]
            file.flush()
            command += [file.name, str(next(_runs) % 250)]
        done = subprocess.run(command, cwd=site.ROOT, capture_output=True, text=True, check=True)
    run = json.loads(done.stdout.splitlines()[-1])
    if not run["requests"] or run["wrong"] or run["errors"] or run["exhausted"]:
        raise Wrong(f"{target.name}: {run}")
    target.answered += run["requests"]
    run["rps"] = run["requests"] / run["seconds"]
    run["client_cores"] = (client_seconds() - client) / run["seconds"]
    run["web_ms"] = 1000 * (target.web.processor_seconds() - server) / run["requests"]
    target.runs.append(run)


def say(target: Target) -> None:
    run = target.runs[-1]
    print(
        f"{target.name:<11} {run['rps']:7.0f}/s  p50 {run['p50_ms']:5.1f} ms  p99 {run['p99_ms']:6.1f} ms  "
        f"web {run['web_ms']:.2f} ms of processor a request  client {run['client_cores']:.2f} cores",
        file=sys.stderr,
    )


def figures(ours: Target, floor: Target) -> dict[str, float]:
    ratios = [one["rps"] / other["rps"] for one, other in zip(ours.runs, floor.runs, strict=True)]
    return {
        "rps": round(ours.median("rps"), 1),
        "floor_rps": round(floor.median("rps"), 1),
        "ratio": round(median(ratios), 3),
        "p50_ms": round(ours.median("p50_ms"), 2),
        "p99_ms": round(ours.median("p99_ms"), 2),
    }


def check_rows(answered: int, runs: int) -> None:
    """Every 302 left one form; so did those under way when wrk stopped reading."""
    from signatories.models import Submission

    sent = Submission.objects.count()
    if not 0 <= sent - answered <= runs * CONNECTIONS:
        raise Wrong(f"{answered} answers, {sent} forms")


def take_in() -> dict[str, float]:
    """What a worker makes of a part of the forms: each becomes one sign-on with one mail."""
    from campaigns.models import Mail
    from signatories import services
    from signatories.models import Signatory

    began, processor = time.monotonic(), time.process_time()
    taken = services.take_in(TAKEN_IN)
    seconds, worked = time.monotonic() - began, time.process_time() - processor
    signed, mails = Signatory.objects.awaiting_confirmation().count(), Mail.objects.count()
    if not taken == signed == mails:
        raise Wrong(f"{taken} forms, {signed} sign-ons, {mails} mails")
    return {"forms": taken, "rps": round(taken / seconds, 1), "worker_ms": round(1000 * worked / taken, 2)}


def client_seconds() -> float:
    """Processor time of the children waited for: wrk, since the servers still run."""
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


if __name__ == "__main__":
    main()
