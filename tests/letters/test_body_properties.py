"""Every body the schema allows survives cleaning, rewriting as plain text, and the sanitizer's own reading."""

import nh3
from hypothesis import given
from hypothesis import strategies as st

from letters import body
from letters.body import model
from letters.body.model import Break, Listing, Note, Paragraph, Quote, Run

WORDS = st.text(
    st.sampled_from("ab1 é的ب“”'\"«»*_#->+.):[](!^|\\`~=&<;\u00a0\u202f\u200d\u200b·•\n\t😀") | st.characters(),
    max_size=8,
)
ADDRESSES = st.sampled_from(
    [
        "",
        "",
        "https://example.org/",
        "http://example.org:8080/a_(b)*c?d=[1]&copy;#e",
        "mailto:a@example.org",
        "HTTPS://É.fr/é x",
    ]
)
RUNS = st.builds(Run, WORDS, st.booleans(), st.booleans(), ADDRESSES)
INLINES = st.lists(RUNS | RUNS | st.builds(Break) | st.builds(Note, st.lists(RUNS, max_size=3).map(tuple)), max_size=6)
PARAGRAPHS = st.builds(Paragraph, st.sampled_from(["p", "p", "h2", "h3"]), INLINES.map(tuple))


def _containers(inside: st.SearchStrategy) -> st.SearchStrategy:
    several = st.lists(inside, max_size=3).map(tuple)
    lists = st.builds(Listing, st.lists(several, max_size=3).map(tuple), st.booleans(), st.integers(0, 12))
    return lists | st.builds(Quote, several)


BLOCKS = st.lists(st.recursive(PARAGRAPHS, lambda inside: inside | _containers(inside), max_leaves=8), max_size=4)
TAGS = st.sampled_from(
    "<p> </p> <b> </b> <i> </i> <ul> </ul> <ol> </ol> <li> </li> <blockquote> </blockquote> <div> </div> <br> <h1>"
    " </h1> <h3> <table> <td> </table> <sup> </sup> <!-- --> <script> </script> <a </a>".split()
    + [
        "<sup data-footnote>",
        '<a href="https://x.org">',
        '<a href="#_ftn1">',
        '<a href="#_ftnref1">',
        "&amp;",
        "&lt;",
        "&#0;",
    ]
    + [
        '<p style="mso-list:l0 level2 lfo1">',
        '<span style="mso-list:Ignore">1.</span>',
        '<span style="font-weight:700">',
    ]
)
MARKUP = st.lists(TAGS | WORDS, max_size=30).map("".join)


@given(MARKUP | st.text())
def test_clean_is_idempotent(html):
    once = body.clean(html)
    assert body.clean(once) == once


@given(BLOCKS)
def test_clean_leaves_nothing_for_nh3_to_remove(blocks):
    cleaned = body.clean(model.write(blocks))
    tags = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "sup"}
    attributes = {"a": {"href"}, "ol": {"start"}, "sup": {"data-footnote"}}
    assert nh3.clean(cleaned, tags=tags, attributes=attributes, link_rel=None) == cleaned


@given(BLOCKS)
def test_from_text_undoes_to_text(blocks):
    cleaned = body.clean(model.write(blocks))
    assert body.from_text(body.to_text(cleaned)) == cleaned


@given(MARKUP)
def test_from_text_undoes_to_text_after_pasting(html):
    cleaned = body.clean(html)
    assert body.from_text(body.to_text(cleaned)) == cleaned


@given(st.text(st.sampled_from("ab *_#->1.)[]^(:\\\n•") | st.characters()))
def test_to_text_undoes_from_text_up_to_cleaning(text):
    cleaned = body.from_text(text)
    assert body.clean(cleaned) == cleaned
    assert body.from_text(body.to_text(cleaned)) == cleaned
