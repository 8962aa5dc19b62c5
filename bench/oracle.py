"""Whether the time an answer takes tells who has signed: `python -m bench.oracle`.

One JSON object on standard output. The sign-on form and the one for a new link are sent, over HTTP to gunicorn on
PostgreSQL and Redis, for addresses that stand on the letter in some state and for others that do not, in random turn.
For each state: the medians in milliseconds, and `told`, how often the slower of a known and an unknown one is the
known one: 0.5 says nothing, 1 (or 0) tells at the first try. `asked` is how many answers about one address somebody
needs, who knows well how long others take, to be right in 19 of 20 cases; its owner gets three mails at the most.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import NormalDist, fmean, median, quantiles, stdev
from urllib.parse import urlencode

from bench import invented, load, seeding, site
from signatories import guarding

NAMES = 750
WARM = 40  # answers that are not counted: caches fill, connections open
SIGN, LINK = f"/letters/{site.SLUG}/sign/", f"/letters/{site.SLUG}/mine/"
STATES = ("listed", "confirmed", "pending", "withdrawn", "silenced")
SURE = NormalDist().inv_cdf(0.95)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=300, help="of each kind")
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database, redis = stack.enter_context(site.servers())
        os.environ.update(load.environment(folder, database, redis))
        load.prepare(NAMES)
        web = stack.enter_context(site.Web("config.wsgi", dict(os.environ)))
        stack.enter_context(worker())
        headers, began = site.form_headers(web)
        time.sleep(guarding.LEAST + 1)  # nobody fills in the form faster
        found = {}
        for number, (name, path, body) in enumerate((("sign", SIGN, signing(began)), ("new_link", LINK, asking))):
            sender = Sender(web.port, headers, network=number)
            found[name] = {
                state: compared(sender, path, body, known(state, name, chosen.answers), state) for state in STATES
            }
        print(json.dumps(found))


@contextmanager
def worker() -> Iterator[None]:
    """Forms are made sign-ons beside the answers, as at a site at work."""
    from signatories import services

    done = threading.Event()

    def work() -> None:
        while not done.wait(0.1):
            services.take_in()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


Body = Callable[[str], str]


def signing(began: str) -> Body:
    """The last step of the form for an address, each time for another organization."""
    lines = iter(invented.lines(100_000, seed=9))

    def body(address: str) -> str:
        name, acronym, country = next(lines)
        answers = {"name": name, "acronym": acronym, "country": country, "scope": "national", "contact_email": address}
        contact = {"contact_name": "Ama Mensah", "contact_role": "Director", "visibility": "public", "attested": "on"}
        return urlencode({"began": began, "send": "1", **answers, **contact})

    return body


def asking(address: str) -> str:
    return urlencode({"email": address})


def known(state: str, form: str, number: int) -> list[str]:
    """Addresses that stand on the letter in this state, each new: one has room for three mails alone."""
    from django.utils import timezone

    from campaigns import silence
    from campaigns.models import User
    from letters.models import Letter
    from signatories.models import Line, Signatory

    letter, now = Letter.objects.get(slug=site.SLUG), timezone.now()
    vetter, revision = User.objects.first(), letter.revision
    addresses = [f"{state}{index}@{form.replace('_', '-')}.example" for index in range(number + WARM)]
    if state == "silenced":
        for address in addresses:
            silence.keep(address)
        return addresses
    facts: dict[str, dict[str, object]] = {
        "pending": {},
        "confirmed": {"confirmed_at": now, "agreed_revision": revision},
        "withdrawn": {"withdrawn_at": now},
        "listed": {"confirmed_at": now, "agreed_revision": revision, "decided_at": now, "decided_by": vetter},
    }
    rows = []
    for address in addresses:
        line = Line(f"Known {state} {address}", "", "KE")
        rows.append(seeding.sign_on(letter, line, address, status=state, **facts[state]))
    Signatory.objects.bulk_create(rows)
    return addresses


class Sender:
    """One after the other on a connection of its own each, every one from another place, as different people would."""

    def __init__(self, port: int, headers: dict[str, str], *, network: int) -> None:
        self.port, self.headers, self.network, self.sent = port, headers, network, 0

    def seconds(self, path: str, body: str) -> float:
        self.sent += 1
        place = f"10.{self.network}.{self.sent // 250}.{self.sent % 250}"
        headers = {**self.headers, "X-Forwarded-For": place, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.connect()
        began = time.perf_counter()
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        took = time.perf_counter() - began
        connection.close()
        if response.status not in {200, 302}:
            raise load.Wrong(f"{path}: {response.status}")
        return took


def compared(sender: Sender, path: str, body: Body, known: list[str], state: str) -> dict[str, float]:
    pairs = [(address, f"unknown-{state}-{index}{path[-5:-1]}@new.example") for index, address in enumerate(known)]
    took: dict[bool, list[float]] = {True: [], False: []}
    for both in pairs:
        asked = [(True, both[0]), (False, both[1])]
        random.shuffle(asked)
        for is_known, address in asked:
            took[is_known].append(1000 * sender.seconds(path, body(address)))
    ours, others = took[True][WARM:], took[False][WARM:]
    figures = summary(ours, others)
    print(f"{path} {state}: {figures}", file=sys.stderr)
    return figures


def summary(known: list[float], unknown: list[float]) -> dict[str, float]:
    """Of two lists of milliseconds. The slowest tenth of each is left out of the means: it is the machine's."""
    slower = sum((one > other) + (one == other) / 2 for one in known for other in unknown)
    kept = [sorted(one)[: len(one) * 9 // 10] for one in (known, unknown)]
    apart = abs(fmean(kept[0]) - fmean(kept[1])) / ((stdev(kept[0]) ** 2 + stdev(kept[1]) ** 2) / 2) ** 0.5
    return {
        "known_ms": round(median(known), 2),
        "unknown_ms": round(median(unknown), 2),
        "known_p90_ms": round(quantiles(known, n=10)[-1], 2),
        "unknown_p90_ms": round(quantiles(unknown, n=10)[-1], 2),
        "told": round(slower / (len(known) * len(unknown)), 3),
        "asked": math.ceil(4 * (SURE / max(apart, 1e-3)) ** 2),
    }


if __name__ == "__main__":
    main()
