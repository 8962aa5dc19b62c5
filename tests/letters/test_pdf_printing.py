"""The PDF as a reader and a search engine meet it."""

import re
import subprocess
from io import BytesIO

import pikepdf
import pytest

from bench import invented
from letters import pdf
from letters.document import Roll
from tests.letters.documents import ARABIC, NAMES, document, roll, text_of, words_of


@pytest.fixture(scope="module")
def long_roll() -> Roll:
    by_country: dict[str, list[str]] = {"IN": list(NAMES.values())}
    for name, _acronym, code in invented.lines(130):
        by_country.setdefault(code, []).append(name)
    return roll(dict(sorted(by_country.items())), withheld=5)


@pytest.fixture(scope="module")
def printed(long_roll: Roll) -> bytes:
    return pdf.render(document(roll=long_roll))


def test_render_prints_every_word_of_the_letter(printed):
    letter = " ".join([*invented.PARAGRAPHS, *invented.FOOTNOTES, invented.TITLE, invented.RE_LINE, invented.CLOSING])
    assert words_of(letter.replace("{0}", "").replace("{1}", "")) - words_of(text_of(printed)) == set()


def test_render_prints_recipients_with_all_their_parts(printed):
    first_page = text_of(printed, page=1)
    to, copy = invented.ADDRESSEES
    lines = [f"{to.honorific} {to.name}", to.office, to.organization, *to.address.splitlines()]
    assert "\n".join(lines) in first_page
    assert f"{copy.honorific} {copy.name}, {copy.office}, {copy.organization}" in first_page


@pytest.mark.parametrize("script", NAMES)
def test_render_prints_names_that_can_be_found_again(printed, script):
    assert NAMES[script] in text_of(printed)


def test_render_numbers_every_page(printed):
    pages = len(pikepdf.open(BytesIO(printed)).pages)
    assert pages > 3
    found = [re.findall(r"Page (\d+) of (\d+)", text_of(printed, page)) for page in range(1, pages + 1)]
    assert found == [[(str(page), str(pages))] for page in range(1, pages + 1)]


def test_render_says_what_the_file_is(printed):
    file = pikepdf.open(BytesIO(printed))
    assert str(file.Root.Lang) == "en"
    assert str(file.docinfo["/Title"]) == invented.TITLE
    assert str(file.docinfo["/Author"]) == invented.LETTERHEAD
    assert bool(file.Root.MarkInfo.Marked)
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert b"pdfuaid" in file.Root.Metadata.read_bytes()
    assert len(file.Root.StructTreeRoot.K) == 1


def test_render_bookmarks_the_title_the_annex_and_the_countries(printed, long_roll):
    with pikepdf.open(BytesIO(printed)).open_outline() as outline:
        assert [item.title for item in outline.root] == [invented.TITLE, "Annex: Signatories"]
        assert [item.title for item in outline.root[1].children] == [group.title for group in long_roll.groups]


def test_render_counts_names_and_withheld_ones(printed, long_roll):
    text = " ".join(text_of(printed).split())
    count = f"{long_roll.organizations} organizations from {long_roll.countries} countries"
    assert f"{count}, listed in the annex, and 5 organizations whose names are withheld" in text
    assert f"{count}, as the list stood on 30 August 2031, 12:00 UTC" in text


def test_render_seals_the_last_page_only(printed):
    pages = len(pikepdf.open(BytesIO(printed)).pages)
    sealed = [page for page in range(1, pages + 1) if "0123456789abcdef" * 4 in text_of(printed, page)]
    assert sealed == [pages]
    assert "Edition 2 · signatories as of 30 August 2031, 12:00 UTC" in text_of(printed, pages)


def test_render_heads_annex_pages_with_first_and_last_country(printed, long_roll):
    last = len(pikepdf.open(BytesIO(printed)).pages)
    lines = text_of(printed, last).split("\n")
    assert long_roll.groups[-1].title in lines[:5]


def test_render_sets_footnotes_at_the_bottom_of_the_page(printed):
    boxes = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", "-", "-"], input=printed, capture_output=True, check=True
    ).stdout.decode()
    tops = {word: float(top) for top, word in re.findall(r'yMin="([\d.]+)"[^>]*>([^<]*)</word>', boxes)}
    last_of_text = max(tops[word] for word in ("granary", "insurer", "answer") if word in tops)
    assert last_of_text < tops["Keeping"] < tops["Page"]
    assert tops["Page"] - tops["Keeping"] < 60  # points


def test_render_gives_the_same_bytes_again(printed, long_roll):
    assert pdf.render(document(roll=long_roll)) == printed


def test_render_marks_drafts_and_nothing_else():
    assert "DRAFT" in _letters(pdf.render(document(draft=True, edition=0, digest="")))
    assert "DRAFT" not in _letters(pdf.render(document()))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({}, "Draft: not for circulation", id="en"),
        pytest.param(ARABIC, "غير مخصصة للتداول", id="ar"),
    ],
)
def test_render_says_on_every_page_that_a_draft_is_not_for_circulation(long_roll, changes, said):
    """The control: the same letter, no draft, says it nowhere."""
    drafted = pdf.render(document(draft=True, roll=long_roll, **changes))
    pages = range(1, len(pikepdf.open(BytesIO(drafted)).pages) + 1)
    assert len(pages) > 2
    assert [page for page in pages if text_of(drafted, page).count(said) == 1] == list(pages)
    assert said not in text_of(pdf.render(document(roll=long_roll, **changes)))


def _letters(content: bytes) -> str:
    """The text without white space: letters across the page come one by one."""
    return "".join(text_of(content).split())
