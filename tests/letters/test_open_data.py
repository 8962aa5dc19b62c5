"""What is taken away is read back by other programs, whatever stands in it."""

import csv
import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters import open_data
from letters.document import Addressee, Roll, RollGroup, RollLine
from letters.open_data import embedding, feed, listing, pages, structured, table
from letters.open_data.legal import legal

NOON = datetime(2031, 8, 30, 12, 0, 34, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "﹢1",
    "⁼1",
    "−1",
    "  =1",
    "'=1",
    "''=1",
]

hostile = st.one_of(
    st.text(alphabet=st.sampled_from("'=+-@＝ \t\r\n,;\"a<>&\0\x0b\ufffe\u202e\u2066ش𝟘"), max_size=12),
    st.text(max_size=20),
)
lines = st.builds(RollLine, name=hostile, acronym=hostile, second_name=hostile, affiliation=hostile)


@st.composite
def rolls(draw):
    codes = st.sampled_from(["KE", "EG", "001"])
    groups = st.lists(st.tuples(codes, hostile, st.lists(lines, min_size=1, max_size=4)), unique_by=lambda one: one[0])
    made = [[RollGroup(*one[:2], tuple(one[2])) for one in draw(groups)] for _ in range(2)]
    counts = [sum(len(group.lines) for group in groups) for groups in made]
    return Roll(tuple(made[0]), counts[0], 2, draw(st.integers(0, 3)), NOON, tuple(made[1]), counts[1])


def roll(*names, **more):
    group = RollGroup("KE", "Kenya", tuple(RollLine(name) for name in names))
    return Roll((group,), len(names), 1, 0, NOON, **more)


def facts(held, **more):
    return open_data.Facts(
        links={"letter": "https://undersigned.example/letters/bridge/"},
        campaign="Campaign",
        texts=(open_data.TextFacts("en", "For the bridge", True, "https://undersigned.example/letters/bridge/"),),
        state="open",
        revision=1,
        digest="0" * 64,
        recipients=(Addressee("to", "", "Ada Example", "Commissioner", "", "1 Street"),),
        opened_at=NOON,
        closes_at=NOON,
        roll=held,
        **{"shares_list": True, **more},
    )


def own(held):
    """Every line of the roll with its kind and country, as it went in."""
    kinds = (("organization", held.groups), ("individual", held.individuals))
    return [(kind, line, group) for kind, groups in kinds for group in groups for line in group.lines]


# --- JSON ---


@given(rolls())
def test_json_gives_back_what_went_in(held):
    told = json.loads(structured.write(facts(held)))["signatories"]
    assert [(one["kind"], one["name"], one["acronym"], one["affiliation"], one["country"]) for one in told] == [
        (kind, line.name, line.acronym, line.affiliation, group.code) for kind, line, group in own(held)
    ]


def test_json_counts_both_kinds_by_country():
    individuals = (RollGroup("KE", "Kenya", (RollLine("Ada"),)), RollGroup("EG", "Egypt", (RollLine("Nadia"),)))
    told = json.loads(structured.write(facts(roll("A", "B", individuals=individuals, persons=2))))
    assert told["by_country"] == [
        {"country": "KE", "name": "Kenya", "organizations": 2, "individuals": 1},
        {"country": "EG", "name": "Egypt", "organizations": 0, "individuals": 1},
    ]
    assert told["count"] == {
        "organizations": 2,
        "individuals": 2,
        "countries": 1,
        "withheld": 0,
        "as_of": "2031-08-30T12:00:00Z",
    }


def test_json_of_a_list_that_is_not_shared_has_counts_alone():
    told = json.loads(structured.write(facts(roll("River Watch"), shares_list=False)))
    assert told["signatories"] is None
    assert told["count"]["organizations"] == 1
    assert "River Watch" not in json.dumps(told)


def test_json_says_where_nobody_is_written_to():
    told = json.loads(structured.write(facts(roll())))
    parts = ["line", "honorific", "name", "office", "organization"]
    assert [list(one) for one in told["recipients"]] == [parts]


def test_mark_stays_while_only_time_passes_and_changes_with_the_roll():
    first, later = facts(roll("A")), facts(replace(roll("A"), as_of=NOON + timedelta(hours=1)))
    assert structured.mark(first) == structured.mark(later)
    assert structured.write(first) != structured.write(later)
    assert structured.mark(first) != structured.mark(facts(roll("A", "B")))


# --- CSV ---


def rows(content):
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def restored(cell):
    """As docs/open-data.md says it."""
    starters = "=+-@\t\r\n＝＋－＠−" + "".join(one for one in FORMULA_LOOKS if one not in "=+-@")
    return re.sub(rf"(^|(?<=[,;\t\r\n\"]))'(?='*[^\S\t\r\n]*[{re.escape(starters)}])", "", cell)


FORMULA_LOOKS = [
    chr(code) for code in range(0x2000, 0x10000) if unicodedata.normalize("NFKC", chr(code)) in list("=+-@")
]


def may_run(cell):
    """Whether a program that cuts at any usual separator would find a formula in it."""
    pieces = re.split(r"[,;\t\r\n\"]", cell)
    begins = [unicodedata.normalize("NFKC", piece.lstrip())[:1] for piece in pieces]
    return cell[:1] in {"\t", "\r", "\n"} or any(one in {"=", "+", "-", "@", "−"} for one in begins)


@given(rolls())
def test_csv_gives_back_what_went_in(held):
    told = rows(table.write(held))
    assert [(one["kind"], *map(restored, (one["name"], one["affiliation"])), one["country"]) for one in told] == [
        (kind, line.name, line.affiliation, group.code) for kind, line, group in own(held)
    ]


@given(hostile)
@example("=1")
@example("A;=1")
@example('A"\t=1')
def test_no_cell_can_be_taken_for_a_formula(cell):
    assert not may_run(table.defused(cell))


@pytest.mark.parametrize("cell", FORMULAS)
def test_formulas_are_defused_and_come_back(cell):
    """With the control that they are some."""
    assert table.defused(cell) != cell
    assert restored(table.defused(cell)) == cell
    assert may_run(cell) or cell.startswith("'")


@pytest.mark.parametrize(
    "cell", ["River Watch", "Women’s group", "'quoted'", "A-B", "e.V. = Verein", "ﷺ", "", "’=", "1+1"]
)
def test_ordinary_names_stay_as_they_are(cell):
    assert table.defused(cell) == cell


def test_csv_ends_its_lines_as_rfc_4180_has_it():
    content = table.write(roll("A\nB", 'C"D')).decode("utf-8-sig")
    assert content.splitlines(keepends=True)[0] == ",".join(f'"{name}"' for name in table.COLUMNS) + "\r\n"
    assert content.endswith('"organization","C""D","","","","KE","Kenya","Kenya",""\r\n')


# --- Text ---


def text_of(held, withheld=""):
    return listing.write(held, comma=", ", note="* Note.", withheld=withheld).decode()


@given(rolls())
def test_text_has_one_line_for_each(held):
    blocks = [block for block in text_of(held).split("\n\n") if block.strip("\n")]
    expected = held.printed + any(line.affiliation for kind, line, _group in own(held) if kind == "individual")
    assert sum(block.strip("\n").count("\n") + 1 for block in blocks) == expected


def test_text_isolates_parts_only_where_directions_meet():
    group = RollGroup("EG", "Egypt", (RollLine("Nile Watch", "NW"), RollLine("منظمة النهر", "NO")))
    held = Roll((group,), 2, 1, 0, NOON)
    assert text_of(held) == "Nile Watch (NW), Egypt\n\u2068منظمة النهر\u2069 (\u2068NO\u2069), \u2068Egypt\u2069\n"


def test_text_sets_individuals_and_the_withheld_apart():
    individuals = (RollGroup("KE", "Kenya", (RollLine("Ada", affiliation="Judge"),)),)
    held = roll("River Watch", individuals=individuals, persons=1)
    expected = "River Watch, Kenya\n\nAda, Judge*, Kenya\n* Note.\n\nand 2 organizations\n"
    assert text_of(held, "and 2 organizations") == expected


# --- Atom, oEmbed, sitemap ---


@given(hostile)
@example("\x00\x0b\ufffe\ud800 ]]> <b>&amp;")
def test_xml_is_legal_whatever_is_said(words):
    entry = feed.Entry("letters/x/opened", NOON, words, words, "https://undersigned.example/letters/x/", words)
    site = {"site_url": "https://undersigned.example", "feed_url": "https://undersigned.example/feed/"}
    atom = ElementTree.fromstring(feed.write([entry], title=words, language="en", **site))
    told = embedding.Embedding(words, words, words, *["https://undersigned.example/"] * 3)
    oembed = ElementTree.fromstring(embedding.to_xml(told, (None, None)))
    newlines = legal(words).replace("\r\n", "\n").replace("\r", "\n")  # as every XML parser reads them
    assert (atom.findtext(f"{ATOM}entry/{ATOM}title") or "") == newlines
    assert (oembed.findtext("title") or "") == newlines
    assert json.loads(embedding.to_json(replace(told, title=legal(words)), (None, None)))["title"] == legal(words)


def entry(name, at):
    return feed.Entry(f"letters/x/{name}", at, name, name, "https://undersigned.example/letters/x/", "Campaign")


def atom(*entries):
    site = {"site_url": "https://undersigned.example", "feed_url": "https://undersigned.example/feed/"}
    return ElementTree.fromstring(feed.write(entries, title="Letters", language="en", **site))


def test_feed_is_newest_first_with_names_that_stay():
    read = atom(entry("opened", NOON), entry("closed", NOON + timedelta(days=1)))
    assert [one.text for one in read.findall(f"{ATOM}entry/{ATOM}id")] == [
        "tag:undersigned.example,2026:letters/x/closed",
        "tag:undersigned.example,2026:letters/x/opened",
    ]
    assert read.findtext(f"{ATOM}updated") == "2031-08-31T12:00:34+00:00"


def test_empty_feed_is_always_the_same():
    assert atom().findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize(
    ("room", "size", "has_picture"),
    [((None, None), (600, 420), True), ((400, None), (400, 420), False), ((2000, 300), (600, 300), False)],
)
def test_oembed_keeps_to_the_room_there_is(room, size, has_picture):
    told = embedding.Embedding('For "us" <b>', "Campaign", "Undersigned", *["https://undersigned.example/"] * 3)
    answer = json.loads(embedding.to_json(told, room))
    assert (answer["width"], answer["height"], "thumbnail_url" in answer) == (*size, has_picture)
    assert 'title="For &quot;us&quot; &lt;b&gt;"' in answer["html"]


def test_sitemap_has_its_pages():
    site = pages.sitemap([pages.Page("https://undersigned.example/?a&b"), pages.Page("https://x.example/", NOON)])
    read = ElementTree.fromstring(site)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [one.text for one in read.iter(f"{space}loc")] == ["https://undersigned.example/?a&b", "https://x.example/"]
    assert [one.text for one in read.iter(f"{space}lastmod")] == ["2031-08-30T12:00:34Z"]
