"""A courtesy text beside the authentic one, as data."""

import pytest
from hypothesis import given, settings

from letters import body, courtesy
from letters.body import model
from letters.changes import units
from tests.letters.test_body_properties import BLOCKS

LINES = dict.fromkeys(courtesy.LINES, "")


def text(html="", *, sources=None, **lines):
    return {**LINES, "body": html, "sources": sources or {}, **lines}


def translated(authentic, own=lambda html: html.replace("one", "un").replace("two", "deux").replace("three", "trois")):
    """A complete translation of it."""
    passages = courtesy.beside(text(), authentic)
    return text(**courtesy.written([one.saying(own(one.authentic), one.authentic) for one in passages]))


def states(own, authentic):
    return [one.state for one in courtesy.beside(own, authentic) if not one.is_line]


THREE = text("<p>Part one</p><p>Part two</p><p>Part three</p>", title="Title one")


def test_beside_has_everything_missing_at_first():
    assert states(text(), THREE) == ["missing"] * 3
    assert courtesy.progress(courtesy.beside(text(), THREE)) == (4, 0, 0)


def test_written_and_beside_undo_each_other():
    own = translated(THREE)
    assert (own["title"], own["body"]) == ("Title un", "<p>Part un</p><p>Part deux</p><p>Part trois</p>")
    assert states(own, THREE) == ["fresh"] * 3
    assert courtesy.progress(courtesy.beside(own, THREE)) == (4, 4, 0)


def test_beside_tells_exactly_which_paragraph_is_out_of_date():
    changed = THREE | {"body": "<p>Part one</p><p>Part two and a half</p><p>Part three</p>"}
    passages = courtesy.beside(translated(THREE), changed)
    assert [one.state for one in passages if not one.is_line] == ["fresh", "stale", "fresh"]
    assert courtesy.progress(passages) == (4, 4, 1)
    assert [one.redline for one in passages if one.redline] == [
        next(one for one in passages if one.state == "stale").redline
    ]
    assert "and a half" in passages[6].redline


def test_beside_keeps_what_typesetting_changed():
    changed = THREE | {"body": "<p>Part one</p><p>Part  <strong>two</strong></p><p>Part three</p>"}
    assert states(translated(THREE), changed) == ["fresh"] * 3


def test_beside_marks_what_came_and_what_went():
    changed = THREE | {"body": "<p>Part one</p><p>Something entirely different, new</p><p>Part three</p>"}
    assert states(translated(THREE), changed) == ["fresh", "orphan", "missing", "fresh"]


def test_beside_marks_a_line_that_changed():
    passages = courtesy.beside(translated(THREE), THREE | {"title": "Title two"})
    assert [one.state for one in passages if one.key == "title"] == ["stale"]
    assert "two" in passages[0].redline


def test_beside_doubts_a_body_of_unknown_origin():
    own = text("<p>Un</p><p>Deux</p><p>Trois</p>", title="Titre")
    passages = courtesy.beside(own, THREE)
    assert [one.state for one in passages if not one.is_line] == ["stale"] * 3
    assert [one.redline for one in passages if not one.is_line] == [""] * 3
    again = text(**courtesy.written(passages))
    assert again["body"] == own["body"]
    assert states(again, THREE) == ["stale"] * 3


def test_a_translation_says_it_is_right():
    changed = THREE | {"body": "<p>Part one</p><p>Part two and a half</p><p>Part three</p>"}
    passages = courtesy.beside(translated(THREE), changed)
    mended = [one.saying(one.own, one.authentic) if one.state == "stale" else one for one in passages]
    assert states(text(**courtesy.written(mended)), changed) == ["fresh"] * 3


def test_typed_headings_follow_the_authentic_ones():
    assert courtesy.from_typed("Une **demande**", "h2") == "<h2>Une <strong>demande</strong></h2>"
    assert courtesy.typed("<h2>Une <strong>demande</strong></h2>") == "Une **demande**"
    assert courtesy.from_typed("Un\n\nDeux", "p") == "<p>Un</p><p>Deux</p>"
    assert courtesy.from_typed("Voir[^1]\n\n[^1]: là", "p") == '<p>Voir<sup data-footnote="">là</sup></p>'


def test_lists_follow_the_authentic_text_and_gaps_do_not_join_items():
    authentic = text("<ol><li><p>one</p></li><li><p>two</p><p>more of two</p></li><li><p>three</p></li></ol>")
    assert translated(authentic)["body"] == (
        "<ol><li><p>un</p></li><li><p>deux</p><p>more of deux</p></li><li><p>trois</p></li></ol>"
    )
    passages = courtesy.beside(text(), authentic)
    some = [
        one.saying(one.authentic if "more" in one.authentic or "one" in one.authentic else "", "x") for one in passages
    ]
    written = courtesy.written(some)
    assert written["body"] == "<ol><li><p>one</p></li><li><p>more of two</p></li></ol>"
    assert [one.own for one in courtesy.beside(text(**written), authentic) if one.own] == [
        "<p>one</p>",
        "<p>more of two</p>",
    ]


def test_shared_out_goes_one_to_one_where_it_comes_out_even():
    assert courtesy.shared_out("<p>Un</p><p>Deux</p>", "<p>One</p><ul><li><p>Two</p></li></ul>") == (
        ["<p>Un</p>", "<p>Deux</p>"],
        True,
    )


@pytest.mark.parametrize(
    ("own", "authentic", "shares"),
    [
        ("<p>a</p><p>b</p><h2>H</h2>", "<p>1</p><h2>G</h2><p>2</p><p>3</p>", ["ab", "H", "", ""]),
        ("<p>a</p><p>b</p><p>c</p>", "<p>1</p><p>2</p>", ["a", "bc"]),
        ("<p>a</p>", "<p>1</p><p>2</p>", ["a", ""]),
        ("<p>a</p><h2>H</h2>", "<h2>G</h2>", ["aH"]),
        ("", "<p>1</p>", [""]),
    ],
)
def test_shared_out_loses_nothing_where_it_does_not(own, authentic, shares):
    found, is_even = courtesy.shared_out(own, authentic)
    assert ["".join(body.paragraphs(html)) for html in found] == shares
    assert not is_even


def test_turned_makes_the_others_translations_of_it():
    french = translated(THREE) | {"language": "fr", "is_authentic": False}
    german = translated(THREE, lambda html: html.replace("Part", "Teil")) | {"language": "de", "is_authentic": False}
    english = THREE | {"language": "en", "is_authentic": True}
    turned = {one["language"]: one for one in courtesy.turned([english, french, german], "fr")}
    assert [language for language, one in turned.items() if one["is_authentic"]] == ["fr"]
    for language, before in (("en", english), ("de", german)):
        assert turned[language]["body"] == before["body"]
        assert courtesy.progress(courtesy.beside(turned[language], turned["fr"])) == (4, 4, 0)
    assert {one["language"]: one["body"] for one in courtesy.turned(list(turned.values()), "en")} == {
        one["language"]: one["body"] for one in (english, french, german)
    }


def test_turned_doubts_what_was_out_of_date():
    english = THREE | {"language": "en", "is_authentic": True}
    french = translated(THREE) | {"language": "fr", "is_authentic": False}
    english["body"] = english["body"].replace("two", "two and a half")
    turned = {one["language"]: one for one in courtesy.turned([english, french], "fr")}
    assert states(turned["en"], turned["fr"]) == ["fresh", "stale", "fresh"]


@given(BLOCKS)
@settings(max_examples=150, deadline=None)
def test_a_body_translated_word_for_word_is_the_same_body(blocks):
    authentic = text(body.clean(model.write(blocks)))
    passages = courtesy.beside(text(), authentic)
    said = [
        one.saying(courtesy.from_typed(courtesy.typed(one.authentic), one.tag) if one.tag else "", one.authentic)
        for one in passages
    ]
    own = text(**courtesy.written(said))
    assert own["body"] == authentic["body"]
    assert set(states(own, authentic)) <= {"fresh"}


@given(BLOCKS, BLOCKS)
@settings(max_examples=100, deadline=None)
def test_no_translated_paragraph_is_ever_lost(before, after):
    authentic, later = (text(body.clean(model.write(blocks))) for blocks in (before, after))
    own = text(
        **courtesy.written([one.saying(one.authentic, one.authentic) for one in courtesy.beside(text(), authentic)])
    )
    again = text(**courtesy.written(courtesy.beside(own, later)))
    assert sorted(unit.text for unit in units(again["body"])) == sorted(unit.text for unit in units(own["body"]))
    assert states(again, later) == states(own, later)
