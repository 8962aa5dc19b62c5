"""A list without headings, as in a dictionary: which letter a name stands under, and what the heads of pages say."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from bench import invented
from letters import collation, pdf
from letters.document import INITIATORS, NONE, RUNNING, Arrangement, Look, RollGroup, RollLine
from letters.pdf import engine, initials, pieces, typesetting
from tests.letters.documents import document, roll, text_of

LIMITS = {"seconds": 240, "megabytes": 2000}


@pytest.mark.parametrize(
    ("language", "name", "letter"),
    [
        ("en", "Ärzte", "A"),
        ("sv", "Ärzte", "Ä"),
        ("en", "Ñandú", "N"),
        ("es", "Ñandú", "Ñ"),
        ("en", "Łąka", "L"),
        ("pl", "Łąka", "Ł"),
        ("fr", "Œuvre", "O"),
        ("en", "“Quoted”", "Q"),
        ("en", "350 Rivers", "0–9"),
        ("en", "«Память»", "П"),
        ("ar", "أصدقاء", "ا"),
        ("he", "עמותת", "ע"),
        ("ko", "새여울", "ㅅ"),
        ("ja", "ガイア", "か"),
        ("zh-Hans", "青溪", "Q"),
        ("en", "青溪", ""),
        ("en", "—", ""),
    ],
)
def test_initial_is_that_of_the_index(language, name, letter):
    assert initials.initial(name, language) == letter


@pytest.mark.parametrize("language", ["en", "sv", "es", "de", "fr"])
def test_initials_never_go_back_in_a_sorted_list(language):
    names = sorted({name for name, _acronym, _code in invented.lines(3000)}, key=collation.sort_key(language))
    latin = [name for name in names if re.match(r"[A-Za-zÀ-ɏ]", name)]
    group = RollGroup("", "", tuple(map(RollLine, latin)), by=NONE)
    found = [letter for letter in initials.of(roll({}), group, language) if letter]
    assert len(found) == len(set(found)) > 15


def test_articles_count_for_nothing_where_the_list_is_sorted_without():
    group = RollGroup("", "", (RollLine("The Amber Fund"), RollLine("Beacon")), by=NONE)
    sorted_so = replace(roll({}), arrangement=Arrangement(group_by=NONE, skips_articles=True))
    assert initials.of(sorted_so, group, "en") == ["A", "B"]
    assert initials.of(roll({}), group, "en") == ["T", "B"]


def test_reading_tells_where_a_name_stands():
    group = RollGroup("", "", (RollLine("月ヶ浜", reading="つきがはま"),), by=NONE)
    assert initials.of(roll({}), group, "ja") == ["つ"]


def test_headings_need_no_letters():
    assert initials.of(roll({}), RollGroup("KE", "Kenya", (RollLine("A"),)), "en") == []


def alphabetical(count, **look):
    names = sorted({name for name, _acronym, _code in invented.lines(count * 2) if name.isascii()})[:count]
    first = RollGroup("", "Initiators", tuple(RollLine(f"Initiator {n}") for n in range(3)), by=INITIATORS)
    group = RollGroup("", "", tuple(map(RollLine, names)), by=NONE)
    listed = replace(
        roll({}), groups=(first, group), organizations=len(names) + 3, arrangement=Arrangement(group_by=NONE)
    )
    return document(body="<p>Short.</p>", roll=listed, look=Look(**look))


def heads(content):
    """Of each page of the annex, the first and the last heading named at its top, and what stands below."""
    found = []
    for number in range(2, len(pikepdf.open(BytesIO(content)).pages) + 1):
        at = ["-f", str(number), "-l", str(number), "-layout"]
        cropped = {
            part: subprocess.run(
                ["pdftotext", *at, *box.split(), "-", "-"], input=content, capture_output=True, check=True
            ).stdout.decode()
            for part, box in (("head", "-x 0 -y 0 -W 600 -H 70"), ("names", "-x 0 -y 70 -W 600 -H 690"))
        }
        found.append((cropped["head"].split(), cropped["names"]))
    return found


@pytest.mark.parametrize("look", [{"columns": 1}, {"columns": 1, "layout": RUNNING}])
def test_heads_of_pages_name_the_first_and_the_last_letter(look):
    content = pdf.render(alphabetical(600, **look))
    first, *others = heads(content)
    assert first[0] == []  # it has the heading of the annex
    assert len(others) > 2
    for number, (head, names) in enumerate(others):
        starts = re.findall(r"(?:^|; )([A-Z])\w+ \w+", names, flags=re.MULTILINE)
        assert head[1] == starts[-1], number
        if "layout" not in look:
            assert head[0] == starts[0], number


def test_bookmarks_lead_to_each_letter():
    content = pdf.render(alphabetical(600))
    with pikepdf.open(BytesIO(content)).open_outline() as outline:
        marks = [item.title for item in outline.root[-1].children]
    assert marks[0] == "Initiators"
    assert marks[1:] == sorted(set(marks[1:]))
    assert len(marks) > 8


def test_long_letter_has_the_same_heads_in_parts(monkeypatch):
    """Set whole and set in parts: what a page names is the same, wherever a piece begins."""
    letter = alphabetical(1600)
    whole = engine.run(pdf.typeset(letter), **LIMITS)
    monkeypatch.setattr(pieces, "LEAST", 100)
    monkeypatch.setattr(pieces, "MUCH", 150)
    monkeypatch.setattr(pieces, "NAME", 8)
    parts = typesetting.typeset_parts(letter)
    assert len(parts.pieces) > 3
    content = engine.press(parts, **LIMITS).pdf
    named = [mark for head, _names in heads(content) for mark in head if mark != "Initiators"]
    assert len(named) > 10
    assert named == sorted(named)
    with pikepdf.open(BytesIO(content)).open_outline() as bound, pikepdf.open(BytesIO(whole.pdf)).open_outline() as one:
        titles = [[item.title for item in outline.root[-1].children] for outline in (bound, one)]
    assert titles[0] == titles[1]


def test_names_that_fit_stay_in_one_line_of_running_text():
    """The control is a longer name, which may turn."""
    long = "Federation of Associations for the Protection of Shared Waters and of Those Beside Them"
    names = [f"Harbour Light of Orrinport {number}" for number in range(60)]
    for columns in (1, 2):
        content = pdf.render(document(roll=roll({"KE": [*names, long]}), look=Look(layout=RUNNING, columns=columns)))
        text = text_of(content)
        assert [name for name in names if name not in text] == []
    html = pdf.typeset(document(roll=roll({"KE": [*names, long]}), look=Look(layout=RUNNING, columns=3)))
    assert re.findall(rf"<bdi([^>]*)>{long}", html) == [' dir="ltr"']


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_no_kept_name_is_wider_than_its_column(columns):
    """The widest letters there are. What is wider is broken, and the semicolon behind it may hang out."""
    names = [letter * count for letter in "WMm@%Щ龘ǆ" for count in range(5, 60)]
    content = pdf.render(document(roll=roll({"KE": names}), look=Look(layout=RUNNING, columns=columns)))
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    box = r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(?!0123)'  # but for the hash in the foot
    boxes = re.findall(box, done.stdout.decode())
    width = (482 - 17 * (columns - 1)) / columns
    assert [box for box in boxes if float(box[1]) - float(box[0]) > width + 3] == []
