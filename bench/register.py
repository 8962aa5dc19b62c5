"""How long a look-up in the register of organizations takes: `python -m bench.register --organizations 100000`.

A new PostgreSQL is filled with one letter's sign-ons (bench.crowd), each public one an organization of its own. Half of
the names sought are misspelled. One JSON object on standard output: milliseconds of a look-up, in the middle and
nineteen times in twenty, how many of those sought were found, and of remembering one more sign-on.
TEST_DATABASE_URL uses a server that runs already.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from statistics import median, quantiles

from bench import site
from bench.matching import misspelled

LOOKED_UP = 400  # times


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.register", description=__doc__.partition("\n")[0])
    parser.add_argument("--organizations", type=int, default=100_000)
    arguments = parser.parse_args()
    with site.alone():
        print(json.dumps(_measured(arguments.organizations)))


def _measured(number: int) -> dict:
    from bench import crowd

    start = time.monotonic()
    crowd.fill(number * 10 // 9 + 1, 1)  # some are withheld, or wait
    entries = _noted(number)
    print(f"{entries} organizations noted after {time.monotonic() - start:.0f} s", file=sys.stderr)
    return {"organizations": entries} | _look_ups() | _remembering()


def _noted(number: int) -> int:
    """Without asking which is the same as which: names are invented."""
    from django.db import connection

    from signatories.models import Appearance, Organization, Signatory

    listed = Signatory.objects.listed().public().values_list("pk", flat=True)[:number]
    entries = Organization.objects.bulk_create((Organization() for _ in listed), batch_size=5000)
    rows = zip(listed, entries, strict=True)
    Appearance.objects.bulk_create(
        (Appearance(signatory_id=pk, organization=one, origin=one) for pk, one in rows), batch_size=5000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(entries)


def _look_ups() -> dict[str, float]:
    from signatories.models import Appearance, Line
    from signatories.services import registering

    rows = Appearance.objects.select_related("signatory").order_by("?")[:LOOKED_UP]
    luck, took, processor, first = random.Random(1), [], time.process_time(), 0
    for place, row in enumerate(rows):
        line = row.signatory.line
        name = misspelled(line.name, luck) if place % 2 else line.name
        start = time.perf_counter()
        hits = registering.known([Line(name, country=line.country)])[0]
        took.append((time.perf_counter() - start) * 1000)
        first += any(hit.organization == row.organization_id for hit in hits)
    cpu = (time.process_time() - processor) / len(took) * 1000
    return {
        "lookup_ms_median": round(median(took), 2),
        "lookup_ms_95": round(quantiles(took, n=20)[-1], 2),
        "lookup_cpu_ms_mean": round(cpu, 2),
        "found": round(first / len(took), 3),
    }


def _remembering() -> dict[str, float]:
    from signatories.models import Appearance
    from signatories.services import registering

    took = []
    for row in Appearance.objects.select_related("signatory__letter").order_by("?")[:100]:
        row.organization.delete()
        start = time.perf_counter()
        registering.remember([row.signatory])
        took.append((time.perf_counter() - start) * 1000)
    return {"remember_ms_median": round(median(took), 2)}


if __name__ == "__main__":
    main()
