"""What our typesetting costs, beside others on the same letter: `python -m bench.pdf --signatories 750,10000,50000`.

One JSON object on standard output. Seconds are of the processor: ours from the Document to the bytes (typesetting,
starting the child, everything, nothing kept from before), the others' in a process started the same way. `ratio_bare`:
to WeasyPrint as it comes, given our finished page; `ratio_naive`: to WeasyPrint with the annex as one plain table;
`ratio_typst`: to Typst, with the same words and columns. All take turns in the same run; seconds are medians, ratios
medians of the turns. `scaling` has the ratio of ours at ten times as many names, paired likewise.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import django

from bench import invented, rivals

SECONDS, MEGABYTES = 7200, 16384  # no limit to speak of
RIVALS = ("bare", "typst", "naive")
LONG = 10_000  # beyond it the plain table takes ten minutes and 4 GB
TENFOLD = {10_000: 1000, 50_000: 5000}  # beside a run of so many: the run to compare it with


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signatories", default="750,10000", help="sizes, separated by commas")
    parser.add_argument("--turns", type=int, default=0, help="how often each is measured; 0: as the size allows")
    parser.add_argument("--patient", action="store_true", help="the plain table too where it takes ten minutes")
    options = parser.parse_args()
    sizes = [int(size) for size in options.signatories.split(",")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    runs = [measure(size, options.turns or turns(size), patient=options.patient) for size in sizes]
    scaling = {str(TENFOLD[one["signatories"]]): tenfold(one) for one in runs if one["signatories"] in TENFOLD}
    print(json.dumps({"runs": runs, "scaling": scaling}))


def turns(signatories: int) -> int:
    return 5 if signatories <= 1000 else 2 if signatories <= 10_000 else 1


def measure(signatories: int, times: int, *, patient: bool) -> dict[str, Any]:
    """Ours and the others', in another order each turn."""
    document = invented_document(signatories)
    works = {"ours": lambda: ours(document), **others(document)}
    if signatories > LONG and not patient:
        del works["naive"]
    seconds: dict[str, list[float]] = defaultdict(list)
    for turn in range(times):
        for name in sorted(works, reverse=bool(turn % 2)):
            used, made = timed(works[name])
            seconds[name].append(used)
            print(f"{signatories} {name}: {used:.2f} s", file=sys.stderr)
            if name == "ours":
                rendering = made
    ratios = {f"ratio_{name}": ratio(seconds["ours"], seconds[name]) for name in RIVALS}
    return {
        "signatories": signatories,
        "pages": rendering.pages,
        "seconds": round(median(seconds["ours"]), 3),
        "seconds_per_1000": round(median(seconds["ours"]) * 1000 / signatories, 3),
        **{f"{name}_seconds": round(median(seconds[name]), 3) for name in RIVALS if seconds[name]},
        **ratios,
        "peak_mb": rendering.peak_megabytes,
        "bound_mb": rendering.bound_megabytes,
        "bytes": len(rendering.complete_pdf()),
        **one_more(document),
    }


def ratio(ours: list[float], others: list[float]) -> float | None:
    """The median of the turns; None if the other was not measured."""
    return round(median(one / other for one, other in zip(ours, others, strict=True)), 3) if others else None


def others(document: Any) -> dict[str, Callable[[], bytes]]:
    from letters import pdf
    from letters.pdf import names

    html = pdf.typeset(document)
    table = rivals.with_one_table(html, document)
    source = rivals.typst_source(document, names.layout(document).columns)
    return {
        "bare": lambda: rivals.weasyprint(html),
        "naive": lambda: rivals.weasyprint(table),
        "typst": lambda: rivals.typst(source),
    }


def ours(document: Any, kept: Any = None) -> Any:
    """Set it as the site does, with no piece kept but those in `kept`."""
    from letters.pdf import engine, pieces, typesetting

    limits = {"seconds": SECONDS, "megabytes": MEGABYTES}
    if document.roll.printed <= pieces.WHOLE:
        return engine.run(typesetting.typeset(document), **limits)
    return engine.press(typesetting.typeset_parts(document), kept=kept, **limits)


def one_more(document: Any) -> dict[str, Any]:
    """What one more signatory costs on a letter that is set in pieces."""
    from letters.document import RollLine

    kept = Memory()
    if not ours(document, kept).set:
        return {}
    first, *groups = document.roll.groups
    lines = (*first.lines, RollLine("Zymurgists of Lindhaven"))
    roll = replace(document.roll, groups=(replace(first, lines=lines), *groups))
    roll = replace(roll, organizations=roll.organizations + 1)
    used, rendering = timed(lambda: ours(replace(document, roll=roll), kept))
    return {"one_more_seconds": round(used, 3), "one_more_set": list(rendering.set)}


class Memory:
    """Pieces kept, as letters.pdf.kept does."""

    def __init__(self) -> None:
        self.pieces: dict[str, list[bytes]] = {}

    def fetch(self, html: str, path: Path) -> None:
        for end, held in zip((".pdf", ".json"), self.pieces.get(html, ()), strict=False):
            path.with_suffix(end).write_bytes(held)

    def keep(self, html: str, path: Path) -> None:
        self.pieces[html] = [path.with_suffix(end).read_bytes() for end in (".pdf", ".json")]


def tenfold(run: dict[str, Any]) -> float:
    """The ratio of what it cost to what a tenth of its names cost; of the cheapest tries, as others disturb both."""
    size = TENFOLD[run["signatories"]]
    least = min(timed(lambda: ours(invented_document(size)))[0] for _turn in range(3))
    return round(run["seconds"] / least, 2)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    before = processor_seconds()
    result = work()
    return processor_seconds() - before, result


def processor_seconds() -> float:
    """Of this process and the children it has waited for."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


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
