"""Names as they come: twelve scripts, long ones, heaps of marks, pictures, brackets in right-to-left names.

In each layout nothing is missing, nothing overlaps, nothing is split, and what is read back is what was written.
"""

import re
import subprocess
import unicodedata
from dataclasses import replace

import pytest

from bench import invented
from letters import pdf
from letters.document import Arrangement, Look
from tests.letters.documents import NAMES, document, roll, text_of

LENGTHS = sorted((len(name), name) for name, _acronym, _code in invented.lines(2000))
LONG = [name for _length, name in LENGTHS if name.isascii()][-30:]  # beyond the 95th percentile
LONGEST = "Federation of Associations for the Protection of Shared Waters and of Those who Live beside Them " * 3
MARKED = "Z" + "".join(chr(mark) for mark in (0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308)) + "albar"
BRACKETS = ["جمعية ذاكرة الأنهار (وادي السنا)", "עמותת זיכרון הנהרות (עין רימון)"]
PICTURES = "River Watch ☂ ♻"  # forms refuse those in names; the typesetter names what no font has
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenverein"
ALL = [*NAMES.values(), *LONG, LONGEST.strip(), MARKED, *BRACKETS, PICTURES, UNBROKEN]
LAYOUTS = {
    "three columns": Look(columns=3),
    "two columns": Look(columns=2),
    "one column": Look(columns=1),
    "running": Look(layout="running"),
    "US Letter": Look(paper="letter", columns=3),
}


@pytest.fixture(scope="module", params=LAYOUTS)
def printed(request):
    names = [name for place, one in enumerate(ALL) for name in (*(f"Before {place} {n}" for n in range(9)), one)]
    return pdf.render(
        document(body="<p>Short.</p>", roll=roll({"KE": names}), look=LAYOUTS[request.param])
    ), request.param


def flat(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_no_glyph_is_missing_and_each_name_is_read_back(printed):
    """Lines that a name was broken into are put together again; of right-to-left names pdftotext turns brackets round,
    so those are compared without."""
    content, _layout = printed
    text = flat(text_of(content))
    unbroken = text.replace(" ", "")
    assert [name for name in ALL if name not in BRACKETS and flat(name).replace(" ", "") not in unbroken] == []
    for name in BRACKETS:
        assert [word for word in re.findall(r"\w+", name) if word not in text] == []


@pytest.mark.parametrize("printed", ["three columns"], indirect=True)  # tags are those of the template
def test_every_name_is_in_its_words_in_the_structure(printed, tmp_path):
    content, _layout = printed
    file = tmp_path / "letter.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdfinfo", "-struct-text", str(file)], capture_output=True, check=True)
    held = flat("".join(re.findall(r'"(.*?)"\n', done.stdout.decode(), flags=re.DOTALL))).replace(" ", "")
    assert [name for name in NAMES.values() if flat(name).replace(" ", "") not in held and name.isascii()] == []


def test_nothing_overlaps(printed):
    """No two words share a place, but for accents and other marks that reach out of theirs by a hair."""
    content, _layout = printed
    for number, words in enumerate(_words(content)):
        words.sort()
        for place, (_left, top, right, bottom, word) in enumerate(words):
            for other in words[place + 1 :]:
                if other[0] >= right - 0.6:
                    break
                shared = min(bottom, other[3]) - max(top, other[1])
                height = min(bottom - top, other[3] - other[1])
                assert shared <= 0.45 * height, (number, word, other[4])


def test_nothing_reaches_out_of_the_page(printed):
    content, layout = printed
    width = 612 if LAYOUTS[layout].paper == "letter" else 595.3
    for words in _words(content):
        assert all(left > 20 and right < width - 20 for left, _top, right, _bottom, _word in words)


def test_no_name_is_split_over_columns_or_pages(printed):
    """The lines of a name stand one right below the other. Running text may turn a line, not a page."""
    content, layout = printed
    if LAYOUTS[layout].layout == "running":
        return
    boxes = [(number, *word) for number, words in enumerate(_words(content)) for word in words]
    starts = [place for place, box in enumerate(boxes) if box[5] == "Federation"]
    assert len(starts) == 3
    lines = {box[2] for box in boxes[starts[0] : starts[2] + 15]}
    pages = {box[0] for box in boxes[starts[0] : starts[2] + 15]}
    assert len(pages) == 1
    assert max(lines) - min(lines) < 8 * 15


def _words(content):
    """Boxes of the words of each page, in points: left, top, right, bottom, word."""
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    box = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</word>'
    return [
        [(*map(float, found[:4]), found[4]) for found in re.findall(box, each)]
        for each in done.stdout.decode().split("<page ")[1:]
    ]


def test_numbers_stand_apart_from_right_to_left_names():
    numbered = roll({"EG": BRACKETS[:1] * 25})
    lines = tuple(replace(line, number=place) for place, line in enumerate(numbered.groups[0].lines, 1))
    groups = (replace(numbered.groups[0], lines=lines),)
    numbered = replace(numbered, groups=groups, arrangement=Arrangement(numbering="continuous"))
    html = pdf.typeset(document(roll=numbered))
    assert f'<span class="number">25.</span> <bdi dir="rtl">{BRACKETS[0]}</bdi>' in html


def test_words_that_fit_are_never_broken_within():
    """In running text and in second names, each in a box of its own: the engine as it comes breaks them anywhere."""
    names = [f"Harbour Light {number}" for number in range(30)]
    plain = roll({"KE": names})
    lines = tuple(replace(line, second_name="Lumière du Grand Port") for line in plain.groups[0].lines)
    beside = replace(plain, groups=(replace(plain.groups[0], lines=lines),))
    few = replace(beside, groups=(replace(beside.groups[0], lines=lines[:12]),), organizations=12)
    for letter in (
        document(roll=plain, look=Look(layout="running", columns=3)),
        document(roll=beside, look=Look(columns=3)),
        document(roll=few),
    ):
        words = set(re.findall(r"[^\W\d]+", text_of(pdf.render(letter)).partition("The undersigned")[2]))
        assert {"Harb", "Harbo", "Harbou", "arbour", "Lum", "Gran", "Lumi", "umière"} & words == set()
        assert {"Harbour", "Light"} <= words
