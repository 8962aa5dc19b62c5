"""How well and how fast organizations are recognized: `python -m bench.matching FILE.csv --register 100000`.

FILE has columns a, b and same (1 or 0). One JSON object on standard output: precision, recall and F1 of what is said to
be likely or same, the pairs wrongly said to be same, beside the F1 of rapidfuzz's token_set_ratio at its best threshold
on the same file; microseconds of processor for a pair, both names read afresh; and the median look-up in a register of
invented organizations, half of the names sought misspelled. What building it takes goes to standard error.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from rapidfuzz import fuzz, utils

from bench import invented

LOOKED_UP = 1000


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.matching", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--register", type=int, default=100_000)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with arguments.file.open(encoding="utf-8", newline="") as file:
        pairs = [(row["a"], row["b"], row["same"].strip() == "1") for row in csv.DictReader(file)]
    print(json.dumps(judged(pairs) | {"lookup_ms_median": look_ups(arguments.register)}))


def judged(pairs: list[tuple[str, str, bool]]) -> dict[str, float]:
    from signatories.matching import Known, Verdict, compare

    for name, *_ in invented.lines(500):  # tables of all scripts are read once
        compare(Known("a", name), Known("b", "Cold Start"))
    start = time.process_time()
    verdicts = [compare(Known("a", a), Known("b", b)).verdict for a, b, _ in pairs]
    seconds = time.process_time() - start
    truth = [same for *_, same in pairs]
    said = [verdict is not Verdict.DIFFERENT for verdict in verdicts]
    scores = [fuzz.token_set_ratio(a, b, processor=utils.default_process) for a, b, _ in pairs]
    simple = max(f1(truth, (score >= least for score in scores))[2] for least in set(scores))
    precision, recall, f = f1(truth, said)
    wrong = sum(verdict is Verdict.SAME and not same for verdict, same in zip(verdicts, truth, strict=True))
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f, 4),
        "false_same": wrong,
        "token_set_ratio_f1": round(simple, 4),
        "us_per_pair": round(seconds / len(pairs) * 1e6, 1),
    }


def f1(truth: Iterable[bool], said: Iterable[bool]) -> tuple[float, float, float]:
    """(precision, recall, F1)"""
    both = list(zip(truth, said, strict=True))
    right = sum(one and other for one, other in both)
    precision = right / max(1, sum(other for _, other in both))
    recall = right / max(1, sum(one for one, _ in both))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def look_ups(size: int) -> float:
    """Milliseconds in the middle; what else was measured goes to standard error."""
    from signatories.matching import Index, Known

    register = [Known(str(number), *line) for number, line in enumerate(register_lines(size))]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    index = Index(register)
    build = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    luck, milliseconds, found = random.Random(11), [], 0
    for known in luck.choices(register, k=LOOKED_UP):
        name = misspelled(known.name, luck) if luck.random() < 0.5 else known.name
        sought = Known("sought", name, country=known.country)
        start = time.perf_counter()
        matches = index.near(sought)
        milliseconds.append((time.perf_counter() - start) * 1000)
        found += any(match.key == known.key for match in matches)
    print(
        f"register of {size}: built in {build:.1f} s of processor, {memory:.0f} MiB; look-up median"
        f" {median(milliseconds):.2f} ms, 95 % {sorted(milliseconds)[LOOKED_UP * 95 // 100]:.2f} ms;"
        f" found {found / LOOKED_UP:.1%} of what was sought",
        file=sys.stderr,
    )
    return round(median(milliseconds), 3)


def register_lines(size: int) -> Iterable[tuple[str, str, str, str]]:
    """(name, acronym, second name, country)"""
    return ((name, acronym, "", country) for name, acronym, country in invented.lines(size))


def misspelled(name: str, luck: random.Random) -> str:
    """With one letter of its longest word left out."""
    word = max(name.split(), key=len)
    place = luck.randrange(1, len(word)) if len(word) > 1 else 0
    return name.replace(word, word[:place] + word[place + 1 :], 1)


if __name__ == "__main__":
    main()
