"""What our typesetting costs over the engine alone: `python -m bench.pdf --signatories 750,10000`.

One JSON object on standard output. "seconds" is processor time, ours from the Document to the bytes (typesetting,
starting the child, everything); "bare_seconds" that of WeasyPrint as it comes, given the finished HTML in a process
started the same way. The two take turns in the same run; both are medians, the ratio is the median of the pairs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any

import django

from bench import invented

SECONDS, MEGABYTES = 7200, 16384  # no limit to speak of
BARE = """
import sys, weasyprint
html = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signatories", default="750,10000", help="sizes, separated by commas")
    sizes = [int(size) for size in parser.parse_args().signatories.split(",")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps({"runs": [measure(size) for size in sizes]}))


def measure(signatories: int) -> dict[str, Any]:
    from letters import pdf
    from letters.pdf import engine

    document = invented_document(signatories)
    html = pdf.typeset(document)
    ours, bare, ratios = [], [], []
    for turn in range(repetitions(signatories)):
        if turn % 2:
            bare_seconds, _bytes = timed(lambda: alone(html))
        seconds, rendering = timed(lambda: engine.run(pdf.typeset(document), seconds=SECONDS, megabytes=MEGABYTES))
        if not turn % 2:
            bare_seconds, _bytes = timed(lambda: alone(html))
        ours.append(seconds)
        bare.append(bare_seconds)
        ratios.append(seconds / bare_seconds)
        print(f"{signatories}: {seconds:.2f} s, bare {bare_seconds:.2f} s", file=sys.stderr)
    return {
        "signatories": signatories,
        "pages": rendering.pages,
        "seconds": round(median(ours), 3),
        "bare_seconds": round(median(bare), 3),
        "ratio_bare": round(median(ratios), 3),
        "peak_mb": rendering.peak_megabytes,
        "bytes": len(rendering.complete_pdf()),
    }


def repetitions(signatories: int) -> int:
    return 7 if signatories <= 1000 else 3 if signatories <= 10000 else 1


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    before = processor_seconds()
    result = work()
    return processor_seconds() - before, result


def processor_seconds() -> float:
    """Of this process and the children it has waited for."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def alone(html: str) -> bytes:
    command = [sys.executable, "-c", BARE]
    return subprocess.run(command, input=html.encode(), capture_output=True, check=True).stdout


def invented_document(signatories: int) -> Any:
    """The invented letter with so many invented signatories, by country."""
    from django_countries import countries

    from letters.document import Document, Roll, RollGroup, RollLine

    by_country = defaultdict(list)
    for name, acronym, code in invented.lines(signatories):
        by_country[code].append(RollLine(name, acronym))
    groups = [
        RollGroup(code, str(countries.name(code)), tuple(sorted(found, key=lambda line: line.name)))
        for code, found in by_country.items()
    ]
    groups.sort(key=lambda group: group.title)
    as_of = datetime(2031, 8, 30, 12, tzinfo=UTC)
    return Document(
        language="en",
        letterhead=invented.LETTERHEAD,
        title=invented.TITLE,
        re_line=invented.RE_LINE,
        place="Orrinport",
        date="30 August 2031",
        recipients=invented.ADDRESSEES,
        salutation=invented.SALUTATION,
        body=invented.body(),
        closing=invented.CLOSING,
        roll=Roll(tuple(groups), signatories, len(groups), withheld=5, as_of=as_of),
        edition=1,
        digest="0123456789abcdef" * 4,
        url="https://letters.example/letters/ilvane/",
    )


if __name__ == "__main__":
    main()
