"""The instrument: what it has to notice."""

import pytest

from tests.naughty.reading import Page, differences, kinds, outside, strange

PLAIN = '<!doctype html><title>x</title><p class="a">The list<ul><li><bdi>Plain</bdi>, Kenya<li><bdi>Other</bdi></ul>'


def renamed(words):
    return words.replace("Plain", "a <b>")


def page(html):
    return Page.of(html)


def test_differences_are_none_where_only_names_differ():
    assert differences(page(PLAIN), page(PLAIN.replace("Plain", "a &lt;b&gt;")), renamed) == []


@pytest.mark.parametrize(
    "leak",
    [
        PLAIN.replace("Plain", "a <b>"),  # taken for markup
        PLAIN.replace("<bdi>Plain</bdi>", "a &lt;b&gt;"),  # not isolated
        PLAIN.replace("Plain", "a &lt;b&gt;").replace("Kenya", "Kenia"),
        PLAIN.replace("Plain", "a &lt;b&gt;").replace("Other", "Othe"),  # the neighbour's
        PLAIN.replace("Plain", "a &amp;lt;b&amp;gt;"),  # escaped twice
        PLAIN.replace("Plain", "a"),  # cut
        PLAIN.replace("Plain", "a &lt;b&gt;").replace('class="a"', 'class="a" onclick="x"'),
        PLAIN.replace("Plain", "a &lt;b&gt;").replace('class="a"', 'class="a <b>"'),
    ],
)
def test_differences_tell(leak):
    assert differences(page(PLAIN), page(leak), renamed) != []


def test_strange_and_outside_tell():
    known = kinds(page(PLAIN))
    assert strange(page(PLAIN.replace("Plain", "a &lt;b&gt;")), known) == []
    assert strange(page(PLAIN.replace("Plain", "a <b>")), known) == [("b",)]
    assert strange(page(PLAIN.replace("<li>", "<li onclick=x>")), known) == [("li", "onclick")]
    assert outside(page(PLAIN), "Plain") == []
    assert outside(page(PLAIN.replace("<bdi>Plain</bdi>", "Plain")), "Plain") == ["Plain, Kenya"]
