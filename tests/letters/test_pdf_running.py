"""Names in running text: a long one may turn a line, but is cut at the foot of no column and no page."""

import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from random import Random

import pytest

from letters import pdf
from letters.document import Look, RollLine
from letters.pdf import engine
from tests.letters.documents import document, roll

WIDTHS = {"a4": 595.276, "letter": 612.0}
MARGIN, GAP = 56.7, 17.0  # points: 20 and 6 millimetres
WITHOUT = (
    "import sys; from letters.pdf.patches import repairing; repairing.keep_names_whole = lambda: None\n"
    "from letters.pdf.compositor import Compositor\n"
    "sys.stdout.buffer.write(Compositor().set(sys.stdin.read())[0])"
)


def names(number, longest=200):
    """Of all lengths up to the longest that a form takes; of each word one can tell of which name it is."""
    random = Random(longest)
    return [
        " ".join(f"N{place}x{chr(97 + word % 26) * random.randint(1, 9)}" for word in range(40))[
            : random.choice((25, 60, 90, longest))
        ].rstrip()
        for place in range(number)
    ]


def letter(columns, paper="a4", groups=6):
    lands = {f"{land}": names(60, 200 - land) for land in range(groups)}
    of_one = {f"{land}": [f"{name}".replace("N", f"L{land}N") for name in some] for land, some in lands.items()}
    return document(body="<p>Short.</p>", roll=roll(of_one), look=Look(paper=paper, layout="running", columns=columns))


def places(content, columns, paper="a4"):
    """On which (page, column) the words of each name stand."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    step = (WIDTHS[paper] - 2 * MARGIN + GAP) / columns
    found = defaultdict(set)
    for page, words in enumerate(done.stdout.decode().split("<page ")[1:]):
        for left, word in re.findall(r'<word xMin="([\d.]+)"[^>]*>(L\d+N\d+)x', words):
            found[word].add((page, int((float(left) - MARGIN + 1) // step)))
    return found


def split(found):
    return [name for name, where in found.items() if len(where) > 1]


@pytest.mark.parametrize("paper", WIDTHS)
@pytest.mark.parametrize("columns", [1, 2, 3])
def test_no_name_is_cut_at_the_foot_of_a_column_or_page(columns, paper):
    content = pdf.render(letter(columns, paper))
    found = places(content, columns, paper)
    assert (len(found), split(found)) == (360, [])
    assert len({where for some in found.values() for where in some}) > 4  # columns


@pytest.mark.parametrize("columns", [1, 3])
def test_engine_as_it_comes_cuts_them(columns):
    """The control of the test above."""
    html = pdf.typeset(letter(columns)).encode()
    done = subprocess.run([sys.executable, "-c", WITHOUT], input=html, capture_output=True, check=True, cwd=engine.ROOT)
    assert len(split(places(done.stdout, columns))) > 0


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_no_name_is_cut_where_what_follows_draws_lines_along(columns):
    """The note on affiliations stands with the last lines, wherever these come to stand."""
    for number in (18, 21, 24):
        printed = letter(columns, groups=1)
        lines = tuple(RollLine(name, affiliation="Director, River Watch") for name in names(number * 4))
        group = replace(printed.roll.groups[0], lines=lines)
        printed = replace(printed, roll=replace(printed.roll, groups=(), individuals=(group,), persons=len(lines)))
        html = pdf.typeset(printed).replace(">N", ">L0N").replace(" N", " L0N")
        found = places(engine.run(html, seconds=60, megabytes=2000).pdf, columns)
        assert (len(found), split(found)) == (len(lines), [])
