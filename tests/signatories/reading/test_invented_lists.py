"""Lists as people have them, read into rows. tests/data/lists has invented ones, with what is to be read in gold/."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import reading as bench
from signatories import reading

LISTS = Path(__file__).parents[2] / "data" / "lists"
STEMS = sorted(path.stem for path in LISTS.glob("*.txt"))


@pytest.mark.parametrize("stem", STEMS)
def test_read_text_reads_a_list_as_its_gold_has_it(stem):
    found = reading.read_text((LISTS / f"{stem}.txt").read_text(encoding="utf-8"))
    with (LISTS / "gold" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        gold = [
            (row["organisation"], row["acronym"], row["country"], row["note"], row["certainty"])
            for row in csv.DictReader(file)
        ]
    told = [(row.organization, row.acronym, row.place, row.note, row.certainty.name.lower()) for row in found.entries]
    assert told == gold


@pytest.mark.parametrize("stem", STEMS)
def test_read_text_loses_no_line(stem):
    text = (LISTS / f"{stem}.txt").read_text(encoding="utf-8")
    found = reading.read_text(text)
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert sorted({line for row in found.rows for line in row.lines}) == numbers
    assert found.lines_in == found.lines_shown == len(numbers)


LINE = st.text("Aä (),;:–-|.1و، /\t•و[]*and", max_size=30) | st.sampled_from(
    ["Kenya", "Wells for All (WFA)", "Signatories:", "1. A", "Dear all,", "Name,Country", "Organization: X", "und"]
)


@settings(max_examples=60)
@given(st.lists(LINE, max_size=8))
def test_read_text_shows_every_line_of_anything(lines):
    told = [line for line in "\n".join(lines).split("\n") if line.strip()]
    found = reading.read_text("\n".join(lines))
    assert (found.lines_in, found.lines_shown) == (len(told), len(told))


def test_the_bench_counts_what_is_exact():
    counts = sum(
        (bench.measured(LISTS / f"{stem}.txt", LISTS / "gold" / f"{stem}.csv", False) for stem in STEMS),
        start=bench.Counter(),
    )
    assert bench.shares(counts) | {"lines_in": 0, "lines_shown": 0} == {
        "lines_in": 0,
        "lines_shown": 0,
        "organization_exact": 1.0,
        "acronym_exact": 1.0,
        "country_exact": 1.0,
    }
    assert counts["lines_in"] == counts["lines_shown"] >= 100
