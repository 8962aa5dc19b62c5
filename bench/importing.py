"""What a list of 10,000 lines costs, one of them the headings: `python -m bench.importing`, on a PostgreSQL of its own.

One JSON object on standard output: seconds on the clock to read the list and compare its rows, to add them with a mail
each, and to add them a second time (nothing comes of that); beside them, in the same run, the seconds of a bare bulk
insert of as many signatories. `added`, `mails` and `added_again` say that it is right.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from bench import invented
from bench.site import servers
from config import keys


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.importing", description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=9_999)
    rows = parser.parse_args().rows
    with servers() as (database, redis):
        os.environ |= {"DATABASE_URL": database, "REDIS_URL": redis, **keys.make()}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        print(json.dumps(measured(rows)))


def measured(number: int) -> dict[str, Any]:
    from bench import importing_rows as made
    from campaigns.models import Mail
    from signatories.services import importing

    letter, bare, user = made.letter(), made.letter(), made.user()
    text = table(number)
    of, read = timed(lambda: made.read(letter, text, user))
    again = made.read(letter, text, user)
    floor = timed(lambda: made.bulk(bare, number))[1]
    added = timed(lambda: made.added(of, user))[1]
    counts = {"added": letter.signatories.count(), "mails": Mail.objects.count()}
    repeated = timed(lambda: made.added(again, user))[1]
    print(importing.outcomes(of), importing.outcomes(again), file=sys.stderr)
    seconds = {"read_seconds": read, "add_seconds": added, "repeat_seconds": repeated, "bare_insert_seconds": floor}
    return {key: round(value, 2) for key, value in seconds.items()} | {
        "rows": number,
        **counts,
        "added_again": letter.signatories.count() - counts["added"],
    }


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.monotonic()
    return work(), time.monotonic() - start


def table(number: int) -> str:
    """Invented organizations with an address each, as a sheet is pasted."""
    dice = random.Random(7)
    lines = ["Organization\tAcronym\tCountry\tE-mail"]
    for at, (name, acronym, country) in enumerate(invented.lines(number)):
        lines.append(f"{name}\t{acronym}\t{country}\t{dice.choice(('office', 'info'))}@organization{at}.example")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
