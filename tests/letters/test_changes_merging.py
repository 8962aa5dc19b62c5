"""Two edits of one body become one, or it is said that they cannot."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import body
from letters.body import model
from letters.changes.alignment import units
from letters.changes.merging import merged, merged_by_digests, unit_digests
from tests.letters.test_body_properties import BLOCKS

A, B, C, X, Y = (f"<p>{words}</p>" for words in ("one fine day", "two of them", "three more", "quite new", "else said"))
LIST = "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        (A + B, X + B, A + Y, X + Y),
        (A + B + C, X + Y + C, A + B + X, X + Y + X),
        (A + B, A + X + B, A + B + Y, A + X + B + Y),
        (A + B, A + X + B, A + Y + B, A + X + Y + B),
        (A + B + C, A + C, A + B + X, A + X),
        (A + B + C, C, A + C, C),
        (A + B, X + B, X + B, X + B),
        (A, A + X, A + X, A + X),
        ("", X, Y, X + Y),
        ("", "", "", ""),
        (A + B, X + B, B, None),
        (A, X, Y, None),
        (A + B, X, A + Y, None),
        ("", "<p>We ask for a bridge now.</p>", "<p>We ask for a bridge today.</p>", None),
        (A + B + C, B + A + C, B + C + A, B + C + A),
        (A + B + C + X, B + C + X + A, B + C + A + X, None),
        (
            LIST,
            LIST + A,
            LIST.replace("</ul>", "<li><p>z</p></li></ul>"),
            LIST.replace("</ul>", "<li><p>z</p></li></ul>") + A,
        ),
        (A + B, A.replace("fine", "<em>fine</em>") + B, A + X, A.replace("fine", "<em>fine</em>") + X),
        (
            LIST,
            LIST.replace("<li><p>a</p></li>", ""),
            LIST.replace("c", "d"),
            LIST.replace("<li><p>a</p></li>", "").replace("c", "d"),
        ),
        (
            LIST,
            LIST.replace("<li><p>a</p></li>", ""),
            LIST.replace("b", "d"),
            LIST.replace("<li><p>a</p></li>", "").replace("b", "d"),
        ),
        (
            LIST,
            LIST.replace("<ul>", "<ul><li><p>z</p></li>"),
            A + LIST,
            A + LIST.replace("<ul>", "<ul><li><p>z</p></li>"),
        ),
        (A + LIST, X + LIST, A + LIST.replace("ul>", "ol>"), X + LIST.replace("ul>", "ol>")),
    ],
)
def test_merged_takes_both_sides_or_neither(base, ours, theirs, result):
    assert merged(base, ours, theirs) == result
    other = merged(base, theirs, ours)
    assert (other is None) == (result is None)
    assert sorted(unit.text for unit in units(other or "")) == sorted(unit.text for unit in units(result or ""))


CLEAN = BLOCKS.map(lambda blocks: body.clean(model.write(blocks)))


@given(CLEAN, CLEAN)
def test_merged_is_the_other_side_where_one_changed_nothing(base, other):
    assert merged(base, other, base) == other
    assert merged(base, base, other) == other
    assert merged(base, other, other) == other


SMALL = st.lists(st.sampled_from([A, B, C, X, Y, LIST, "<h2>one</h2>"]), max_size=5).map("".join).map(body.clean)


@given(SMALL | CLEAN, SMALL | CLEAN, SMALL | CLEAN)
def test_merged_loses_nothing_that_either_side_added(base, ours, theirs):
    result = merged(base, ours, theirs)
    if result is None:
        return
    had, has = _texts(base), _texts(result)
    for side in (_texts(ours), _texts(theirs)):
        assert set(side - had) <= set(has)
    assert set(has) <= set(had) | set(_texts(ours)) | set(_texts(theirs))
    assert body.clean(result) == result


def _texts(html):
    return Counter(unit.text for unit in units(html))


@given(SMALL, SMALL, SMALL)
def test_merged_swaps_its_sides_without_losing_anything(base, ours, theirs):
    one, other = merged(base, ours, theirs), merged(base, theirs, ours)
    assert (one is None) == (other is None)
    assert set(_texts(one or "")) == set(_texts(other or ""))


def test_unit_digests_are_short_and_enough_to_merge():
    digests = unit_digests(A + LIST)
    assert [len(digest) for digest in digests] == [8, 8, 8, 8]
    assert merged_by_digests(digests, X + LIST, A + LIST + B) == X + LIST + B
