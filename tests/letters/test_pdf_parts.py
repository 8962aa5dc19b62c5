"""A long letter, set in parts and bound: what a reader finds is one document, and one more name is little work."""

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from django.core.cache import cache

from bench import pdf as bench_pdf
from letters import pdf
from letters.document import RollLine
from letters.pdf import engine, kept, names, pieces, press, typesetting, writing
from tests.letters.documents import roll, text_of

LIMITS = {"seconds": 240, "megabytes": 2000}
LONG = 2400


@pytest.fixture(scope="module")
def letter():
    return bench_pdf.invented_document(LONG)


@pytest.fixture(scope="module")
def printed(letter):
    cache.clear()
    return pdf.rendering(letter, **LIMITS)


def with_one_more(letter):
    first, *others = letter.roll.groups
    lines = tuple(sorted((*first.lines, RollLine("Lindhaven Skippers")), key=lambda line: line.name))
    roll = replace(letter.roll, groups=(replace(first, lines=lines), *others), organizations=LONG + 1)
    return replace(letter, roll=roll)


def cut(letter):
    return pieces.cut(names.sides(letter, writing.of("en")))


def test_cut_loses_no_line_and_repeats_no_heading(letter):
    groups = [group for piece in cut(letter) for side in piece for group in side["groups"]]
    lines = [line["name"] for group in groups for line in group["lines"]]
    assert len(lines) == LONG
    assert [group["title"] for group in groups if group["title"]] == [group.title for group in letter.roll.groups]


@pytest.mark.parametrize("seed", range(5))
def test_cut_changes_one_piece_for_one_more_name(seed):
    """Wherever it comes: and in a roll without headings too."""
    lines = [{"name": f"Organization {number:05}"} for number in range(12_000)]
    grouped = [{"title": f"Land {start}", "lines": lines[start : start + 90]} for start in range(0, 12_000, 90)]
    for groups in (grouped, [{"title": "", "lines": lines}]):
        before = pieces.cut([{"headed": False, "groups": groups}])
        place = seed * len(groups) // 5
        more = [*groups]
        at = seed * 1700 % len(groups[place]["lines"])
        held = groups[place]["lines"]
        more[place] = {**groups[place], "lines": [*held[:at], {"name": "One more"}, *held[at:]]}
        after = pieces.cut([{"headed": False, "groups": more}])
        assert len(before) > 3
        assert sum(one not in before for one in after) == 1


def test_long_letter_is_one_document(letter, printed):
    file = pikepdf.open(BytesIO(printed.complete_pdf()))
    pages = len(file.pages)
    assert len(printed.set) == 1 + len(cut(letter)) > 2
    assert pages == printed.pages
    folios = [re.findall(r"Page (\d+) of (\d+)", text_of(printed.pdf, page)) for page in (1, 4, 5, pages - 1, pages)]
    assert folios == [[(str(page), str(pages))] for page in (1, 4, 5, pages - 1, pages)]
    with file.open_outline() as outline:
        assert [item.title for item in outline.root] == [letter.title, "Annex: Signatories"]
        assert [item.title for item in outline.root[1].children] == [group.title for group in letter.roll.groups]
    assert "0123456789abcdef" * 4 in text_of(printed.pdf, pages)
    assert "0123456789abcdef" * 4 not in text_of(printed.pdf, pages - 1)


def test_long_letter_prints_every_name(letter, printed):
    text = " ".join(text_of(printed.pdf).split())
    plain = [line.name for group in letter.roll.groups for line in group.lines if line.name.isascii()]
    assert [name for name in plain if name not in text] == []
    assert f"{LONG:,} organizations from {letter.roll.countries} countries" in text


def test_long_letter_has_one_structure_that_covers_every_page(printed):
    file = pikepdf.open(BytesIO(printed.pdf))
    tree = file.Root.StructTreeRoot
    assert len(tree.K) == 1
    assert all(kid.P.objgen == tree.K[0].objgen for kid in tree.K[0].K)
    numbers = [int(key) for key in list(tree.ParentTree.Nums)[::2]]
    assert numbers == sorted(set(numbers))
    assert [int(page.obj.StructParents) for page in file.pages] == sorted(
        int(page.obj.StructParents) for page in file.pages
    )
    assert {int(page.obj.StructParents) for page in file.pages} <= set(numbers)
    names = {str(element.S) for element in _elements(tree.K[0])}
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/LBody", "/P"} <= names


def _elements(element):
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def test_furniture_is_no_content(printed):
    file = pikepdf.open(BytesIO(printed.pdf))
    for page in file.pages:
        assert b"/Artifact <</Type /Pagination>> BDC q /Furniture Do" in page.Contents[-1].read_bytes()


def test_same_long_letter_gives_the_same_bytes_with_and_without_what_was_kept(letter, printed):
    again = pdf.rendering(letter, **LIMITS)
    assert again.set == ("front",)
    assert again.pdf == printed.pdf
    cache.clear()
    assert engine.press(typesetting.typeset_parts(letter), **LIMITS).pdf == printed.pdf


def test_one_more_name_sets_its_piece_and_the_letter_alone(letter, printed):
    pdf.rendering(letter, **LIMITS)
    more = pdf.rendering(with_one_more(letter), **LIMITS)
    assert more.set == ("front", "piece-000")
    assert "Lindhaven Skippers" in " ".join(text_of(more.pdf).split())


def test_nothing_of_the_addressees_copy_is_kept(letter, printed):
    """The control: of the public document pieces are, in the test above."""
    cache.clear()
    secret = replace(letter, for_addressee=roll({"FJ": ["Harbour of Lanterns"]}), mark="a")
    assert pdf.rendering(secret, **LIMITS).pages >= printed.pages
    pieces = typesetting.typeset_parts(secret).pieces
    assert [cache.get(kept._key(html)) for html in pieces] == [None] * len(pieces)


def test_press_tells_how_far_it_is(letter):
    told = []
    engine.press(typesetting.typeset_parts(letter), **LIMITS, told=told.append)
    assert told == sorted(told)
    assert told[-1] > 10


def test_press_names_why_a_part_failed(letter):
    parts = typesetting.typeset_parts(letter)
    endless = replace(parts, pieces=["<html lang=en><p>" + "<b><i>" * 3000])
    with pytest.raises(pdf.RenderingFailed, match="nested too deeply"):
        engine.press(endless, **LIMITS)


@pytest.mark.parametrize(("code", "cause"), [(-9, "memory"), (-24, "time"), (-11, "crash")])
def test_press_knows_how_a_part_was_ended(tmp_path, code, cause):
    assert press._failure(tmp_path, code).cause == cause


def test_kept_pieces_are_known_by_all_that_decides_their_look():
    assert kept._key("<p>One") != kept._key("<p>Two")
    assert kept._key("<p>One") == kept._key("<p>One")
