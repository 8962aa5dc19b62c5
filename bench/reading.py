"""How well lists of signatories are read: `python -m bench.reading RAW_DIR GOLD_DIR`.

RAW_DIR has pasted lists (.txt) and files (.csv .tsv .xlsx .ods .docx), GOLD_DIR a .csv of the same stem for each, with
columns letter, order, raw_line, organisation, acronym, country, note. One JSON object on standard output: lines that
came in and lines shown in some row; shares of organizations and acronyms read exactly as the gold has them, and of
countries where the gold has one (the same country, or the same words). Rows are matched to the gold in order, so that
one line too many costs one line. Each file's, and with --wrong what was read otherwise, go to standard error.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import django
from rapidfuzz import fuzz

if TYPE_CHECKING:
    from signatories.reading import Reading, Row

Gold = dict[str, str]
NEAR = 35  # of 100: rows less alike than this are not two readings of one line


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.reading", description=__doc__.partition("\n")[0])
    parser.add_argument("raw", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--wrong", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()  # names of countries are translated
    total: Counter[str] = Counter()
    for raw in sorted(path for path in arguments.raw.iterdir() if path.is_file()):
        gold = arguments.gold / f"{raw.stem}.csv"
        if gold.exists():
            counts = measured(raw, gold, arguments.wrong)
            print(raw.stem, json.dumps(shares(counts) | {"rows": counts["rows"]}), file=sys.stderr)
            total += counts
    print(json.dumps(shares(total)))


def shares(counts: Counter[str]) -> dict[str, float]:
    return {
        "lines_in": counts["lines_in"],
        "lines_shown": counts["lines_shown"],
        "organization_exact": share(counts, "organization", "gold"),
        "acronym_exact": share(counts, "acronym", "gold"),
        "country_exact": share(counts, "country", "with_country"),
    }


def share(counts: Counter[str], right: str, of: str) -> float:
    return round(counts[right] / counts[of], 4) if counts[of] else 1.0


def measured(raw: Path, gold: Path, tells_wrong: bool) -> Counter[str]:
    with gold.open(encoding="utf-8-sig", newline="") as file:
        wanted = list(csv.DictReader(file))
    reading, lines_in = read(raw)
    counts = Counter(lines_in=lines_in, lines_shown=reading.lines_shown, gold=len(wanted), rows=len(reading.entries))
    for row, line in aligned(reading.entries, wanted):
        right = judged(row, line)
        counts.update(key for key, is_right in right.items() if is_right)
        if tells_wrong and not all(is_right for key, is_right in right.items() if key != "with_country"):
            print(f"  {raw.stem}: wanted {told(line)}; read {row and told_row(row)}", file=sys.stderr)
    return counts


def read(raw: Path) -> tuple[Reading, int]:
    """The reading, and how many lines there were by a count of our own where the file is text."""
    from signatories import reading

    if raw.suffix == ".txt":
        text = raw.read_text(encoding="utf-8-sig")
        return reading.read_text(text), sum(bool(line.strip()) for line in text.splitlines())
    with raw.open("rb") as file:
        found = reading.read_file(raw.name, file)
    return found, found.lines_in


def judged(row: Row | None, line: Gold) -> dict[str, bool]:
    has_country = bool(line.get("country", "").strip())
    right = {"organization": False, "acronym": False, "country": False, "with_country": has_country}
    if row:
        right["organization"] = row.organization == tidy(line["organisation"])
        right["acronym"] = row.acronym == tidy(line.get("acronym", ""))
        right["country"] = has_country and is_same_place(row, tidy(line["country"]))
    if not has_country:
        right.pop("country")
    return right


def is_same_place(row: Row, words: str) -> bool:
    from signatories.reading import places

    return row.place == words or (bool(row.country) and row.country == places.code_of(words, codes=True))


def tidy(words: str) -> str:
    from signatories import names

    return names.tidy(words)


def told(line: Gold) -> tuple[str, ...]:
    return tuple(line.get(key, "") for key in ("organisation", "acronym", "country"))


def told_row(row: Row) -> tuple[str, ...]:
    return row.organization, row.acronym, row.place, *(reason.code.value for reason in row.reasons)


def aligned(rows: Sequence[Row], wanted: Sequence[Gold]) -> list[tuple[Row | None, Gold]]:
    """Each line of the gold with its row, both in their order, so that all together are most alike."""
    alike = [[likeness(row, line) for line in wanted] for row in rows]
    best = [[0.0] * (len(wanted) + 1) for _ in range(len(rows) + 1)]
    for at, near in enumerate(alike, 1):
        for to, score in enumerate(near, 1):
            best[at][to] = max(best[at - 1][to], best[at][to - 1], best[at - 1][to - 1] + score)
    found: list[tuple[Row | None, Gold]] = []
    at, to = len(rows), len(wanted)
    while to:
        if at and best[at][to] == best[at - 1][to]:
            at -= 1
        elif best[at][to] == best[at][to - 1]:
            to -= 1
            found.append((None, wanted[to]))
        else:
            at, to = at - 1, to - 1
            found.append((rows[at], wanted[to]))
    return found[::-1]


def likeness(row: Row, line: Gold) -> float:
    if row.organization == line["organisation"]:
        return 101
    score = fuzz.ratio(f"{row.organization} {row.acronym}", f"{line['organisation']} {line.get('acronym', '')}")
    return score if score >= NEAR else 0.0


if __name__ == "__main__":
    main()
