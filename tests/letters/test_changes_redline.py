"""A redline shows what changed and nothing else, in words, marks and structure."""

import re
import time
from html.parser import HTMLParser

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from letters import body, canonical
from letters.body import model
from letters.changes.alignment import units
from letters.changes.redline import redline, redline_line
from tests.letters.test_body_properties import BLOCKS, MARKUP, WORDS

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "ins", "del", "span"}
CLASSES = {"visually-hidden", "redline-label", "redline-note", "redline-target"}
COMMENTS = {"visually-hidden", "redline-label", "redline-target"}  # say what became of the words, and are none
UNSEEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')
CLEAN = (BLOCKS.map(model.write) | MARKUP).map(body.clean)


def seen(html):
    return UNSEEN.sub("", html)


def has_marks(html):
    return "<ins>" in html or "<del>" in html or "redline-label" in html


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Keep the old bridge.", "Keep the bridge.", "Keep the <del>old</del> bridge."),
        ("Keep the bridge.", "Keep the old bridge.", "Keep the <ins>old</ins> bridge."),
        ("Keep the old bridge.", "Keep the new bridge.", "Keep the <del>old</del> <ins>new</ins> bridge."),
        ("Old bridges", "Bridges", "<del>Old bridges</del> <ins>Bridges</ins>"),
        ("Old bridge", "bridge", "<del>Old</del> bridge"),
        ("violations of rights", "abuses of freedoms", "<del>violations of rights</del> <ins>abuses of freedoms</ins>"),
        ("a bridge, open", "a bridge; open", "a bridge<del>,</del><ins>;</ins> open"),
        ("Yes", "Yes.", "Yes<ins>.</ins>"),
        ("5 (five)", "5(five)", "5<del> (</del><ins>(</ins>five)"),
        ("ends in 1,000 days", "ends in 1,500 days", "ends in <del>1,000</del> <ins>1,500</ins> days"),
        ("therapist", "the rapist", "<del>therapist</del> <ins>the rapist</ins>"),
        ("我们要求大桥", "我们请求大桥", "我们<del>要</del><ins>请</ins>求大桥"),
        ("ภาษาไทยง่าย", "ภาษาไทยยาก", "ภาษาไทย<del>ง่าย</del> <ins>ยาก</ins>"),
        ("نطالب بفتح الجسر", "نطالب بإغلاق الجسر", "نطالب <del>بفتح</del> <ins>بإغلاق</ins> الجسر"),
        ("one\ntwo", "one\nthree", "one<br><del>two</del> <ins>three</ins>"),
        ("“It’s” – so", '"It\'s" - so', "&quot;It's&quot; - so"),
        ("Oui !", "Oui\u00a0!", "Oui&nbsp;!"),
        ("", "New", "<ins>New</ins>"),
        ("Old", "", "<del>Old</del>"),
        ("", "", ""),
        ("<b>&", "<i>&", "&lt;<del>b</del> <ins>i</ins>&gt;&amp;"),
    ],
)
def test_redline_line_marks_words(old, new, shown):
    assert seen(redline_line(old, new)) == shown


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("“so”", '"so"', "<del>“</del><ins>&quot;</ins>so<del>”</del><ins>&quot;</ins>"),
        ("a – b", "a - b", "a <del>–</del> <ins>-</ins> b"),
        ("a b", "a\u00a0b", "a<del> b</del><ins>&nbsp;b</ins>"),
    ],
)
def test_exact_redline_marks_typesetting_too(old, new, shown):
    assert seen(redline_line(old, new, exact=True)) == shown
    assert not has_marks(redline_line(old, new))


def test_exact_redline_marks_bold_and_line_breaks():
    old, new = "<p>one two three</p>", "<p>one <strong>two</strong> three</p>"
    assert seen(redline(old, new, exact=True)) == "<p>one <del>two</del> <ins><strong>two</strong></ins> three</p>"
    assert redline(old, new) == new
    assert has_marks(redline(old, "<p>one two<br>three</p>", exact=True))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("<p>Stay.</p><p>Gone away.</p>", "<p>Stay.</p>", "<p>Stay.</p><p><del>Gone away.</del></p>"),
        ("<p>Stay.</p>", "<h2>Come.</h2><p>Stay.</p>", "<h2><ins>Come.</ins></h2><p>Stay.</p>"),
        (
            "<ul><li><p>first of all</p></li><li><p>second</p></li></ul>",
            "<ul><li><p>second</p></li><li><p>third then</p></li></ul>",
            "<ul><li><p><del>first of all</del></p></li><li><p>second</p></li>"
            "<li><p><ins>third then</ins></p></li></ul>",
        ),
        (
            "<p>Our worry</p>",
            "<h2>Our worry</h2>",
            '<h2><span class="redline-label">[before: paragraph; now: heading]</span> Our worry</h2>',
        ),
        (
            "<ol><li><p>one</p><p>two</p></li></ol>",
            "<ol><li><p>one</p></li><li><p>two</p></li></ol>",
            '<ol><li><p>one</p></li><li><p><span class="redline-label">[before: paragraph; now: point of a numbered'
            " list]</span> two</p></li></ol>",
        ),
        (
            "<ol><li><p>one</p></li></ol>",
            '<ol start="3"><li><p>one</p></li></ol>',
            '<ol start="3"><li><p><span class="redline-label">[the list is set out otherwise]</span> one</p></li></ol>',
        ),
        (
            "<p>First this one.</p><p>Then the other.</p><p>And the last.</p>",
            "<p>And the last.</p><p>First this one.</p><p>Then the other.</p>",
            '<p><span class="redline-label">[moved here]</span> And the last.</p><p>First this one.</p>'
            '<p>Then the other.</p><p><span class="redline-label">[moved from here]</span>'
            " <del>And the last.</del></p>",
        ),
        (
            '<p>See <a href="https://a.example/">the Act</a>.</p>',
            '<p>See <a href="https://b.example/">the Act</a>.</p>',
            '<p>See <a href="https://b.example/">the Act</a> <span class="redline-target">[Link:'
            " <del>https://a.example/</del> <ins>https://b.example/</ins>]</span>.</p>",
        ),
        (
            '<p>It is so.<sup data-footnote="">Bill 12</sup></p>',
            '<p>It is so.<sup data-footnote="">Bill 13</sup></p>',
            '<p>It is so. <span class="redline-note">[Footnote: Bill <del>12</del> <ins>13</ins>]</span></p>',
        ),
        (
            "<p>It is so.</p>",
            '<p>It is so.<sup data-footnote="">Bill 13</sup></p>',
            '<p>It is so.<ins> <span class="redline-note">[Footnote: Bill 13]</span></ins></p>',
        ),
    ],
)
def test_redline_keeps_structure(old, new, shown):
    assert seen(redline(old, new)) == shown


def test_marks_are_said_in_the_language_of_the_reader():
    assert redline_line("a", "a b") == (
        'a <ins><span class="visually-hidden">[inserted: </span>b<span class="visually-hidden">]</span></ins>'
    )
    with translation.override("de"):
        assert "visually-hidden" in redline_line("a", "a b")


@given(CLEAN, CLEAN)
def test_redline_has_marks_if_and_only_if_the_digest_differs(old, new):
    assert has_marks(redline(old, new)) == (canonical.body_digest(old) != canonical.body_digest(new))


@given(CLEAN, st.data())
def test_redline_has_marks_for_every_small_change(old, data):
    """Bodies drawn apart differ anyway; here one is the other with a little cut out or put in."""
    place = data.draw(st.integers(0, len(old)))
    new = body.clean(old[:place] + data.draw(MARKUP | WORDS) + old[place + data.draw(st.integers(0, 9)) :])
    assert has_marks(redline(old, new)) == (canonical.body_digest(old) != canonical.body_digest(new))


class Reader(HTMLParser):
    """The words of one side of a redline, and everything that is not from the closed set."""

    def __init__(self, leaving_out):
        super().__init__()
        self.leaving_out, self.skipped, self.words, self.foreign, self.open = leaving_out, 0, [], [], []

    def handle_starttag(self, tag, attrs):
        self.foreign += [tag] if tag not in TAGS else [pair for pair in attrs if not is_known(tag, *pair)]
        if tag != "br":
            self.open.append((tag, dict(attrs).get("class")))
        self.skipped += tag == self.leaving_out or dict(attrs).get("class") in COMMENTS

    def handle_endtag(self, tag):
        name, klass = self.open.pop()
        assert name == tag
        self.skipped -= tag == self.leaving_out or klass in COMMENTS

    def handle_data(self, data):
        if not self.skipped:
            self.words.append(data)


def is_known(tag, name, value):
    return {
        ("span", "class"): value in CLASSES,
        ("ol", "start"): value.isdecimal(),
        ("a", "href"): value.startswith(("https://", "http://", "mailto:")),
    }.get((tag, name), False)


HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "&lt;script&gt;"]
    + ['<a href="javascript:alert(1)">x</a>', '<a href="https://x.org/\'><script>">y</a>', "</span></ins><b>", "]]>"]
    + ['<a href="data:text/html,x">z</a>', '<p onclick="a()">']
)


@given(st.lists(HOSTILE | MARKUP | WORDS, max_size=8), st.lists(HOSTILE | MARKUP | WORDS, max_size=8), st.booleans())
def test_redline_of_hostile_text_has_only_known_tags(old, new, exact):
    old, new = "".join(old), "".join(new)
    for html in (redline(old, new, exact=exact), redline_line(old, new, exact=exact)):
        reader = Reader("nothing")
        reader.feed(html)
        reader.close()
        assert (reader.foreign, reader.open) == ([], [])


@given(BLOCKS, BLOCKS)
def test_both_versions_can_be_read_from_a_redline(old, new):
    old, new = (body.clean(model.write(blocks)) for blocks in (old, new))
    html = redline(old, new)
    assume("moved" not in html)
    assert said_in(html, "ins", old) == said_in(html, "del", new) == (True, True)


def said_in(html, leaving_out, version):
    reader = Reader(leaving_out)
    reader.feed(html)
    words = "".join("".join(reader.words).replace("[Footnote: ", "(").replace("]", ")").split())
    expected = "".join("".join(unit.text for unit in units(version)).replace("]", ")").split())
    return canonical.fold(words) == canonical.fold(expected), reader.foreign == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>" + "a " * 20_000 + "</p>", "<p>" + "a b " * 10_000 + "</p>"),
        ("<p>a</p>" * 4_000, "<p>a</p><p>b</p>" * 2_000),
        ("<p>" + "(){}" * 10_000 + "</p>", "<p>" + "({)}" * 10_000 + "</p>"),
        ("<p>" + "x" * 40_000 + "</p>", "<p>" + "y" * 40_000 + "</p>"),
        ("<p>" + "' - " * 10_000 + "</p>", "<p>" + "- ' " * 10_000 + "x</p>"),
        ("<p>e" + "\u0301" * 20_000 + "</p>", "<p>e" + "\u0302" * 20_000 + "</p>"),
        ("<p>一二三" * 4_000, "<p>三二一" * 4_000),
    ],
    ids=["a word", "paragraphs", "marks", "one word", "quotes and dashes", "accents", "ideograms"],
)
def test_redline_takes_40_kilobytes_of_anything(old, new):
    """difflib does not: it is cubic on what repeats. The limit is many times what it takes, for slow machines."""
    started = time.perf_counter()
    assert has_marks(redline(old, new))
    assert time.perf_counter() - started < 20
