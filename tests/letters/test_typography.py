"""Typographic signs by language; whatever they do, what is signed stays the same."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import body, canonical, typography
from letters.body import model
from letters.body.model import Break, Note, Paragraph, Run
from letters.typography import Counts, typographic, typographic_line

LANGUAGES = "en fr fr-CA fr-CH de es it ru uk pl nl sv hu ar fa he tr hi zh zh-Hant ja ko xx".split()


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", '"We ask," she said - "don\'t you?"', "“We ask,” she said – “don’t you?”"),
        ("en", "the organizations' right, 'as of right'...", "the organizations’ right, ‘as of right’…"),
        ("en", "'tis so since the '90s", "’tis so since the ’90s"),
        ("en", '("Annex")', "(“Annex”)"),
        ("de", "Er sagte: \"Das ist 'wahr'\" - ja", "Er sagte: „Das ist ‚wahr‘“ – ja"),
        ("es", '"Hola "tú" y yo"', "«Hola “tú” y yo»"),
        ("ru", '"Река - это "мы"" - да', "«Река\u00a0— это „мы“»\u00a0— да"),
        ("pl", '"Tak"', "„Tak”"),
        ("nl", "\"Ja\" en 'nee'", "“Ja” en ‘nee’"),
        ("sv", '"Ja"', "”Ja”"),
        ("uk", "п'ять", "п’ять"),
        ("ar", 'قال "نعم"، ثم مضى...', "قال «نعم»، ثم مضى…"),
        ("he", 'או"ם אמר', "או״ם אמר"),
        ("zh", '他说"你好"。她说"再见"', "他说“你好”。她说“再见”"),
        ("ja", '彼は"はい"と「いいえ」', "彼は“はい”と「いいえ」"),
    ],
)
def test_typographic_line_sets_the_signs_of_the_language(language, typed, expected):
    assert typographic_line(typed, language)[0] == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "«\u00a0Oui\u202f!\u00a0» dit-elle\u00a0: l’eau\u202f; «\u00a0et nous\u202f?\u00a0» à 12:30"),
        ("fr-CA", "«\u00a0Oui!\u00a0» dit-elle\u00a0: l’eau ; «\u00a0et nous?\u00a0» à 12:30"),
        ("en", "“Oui!” dit-elle: l’eau ; « et nous?» à 12:30"),
    ],
)
def test_typographic_line_sets_the_spaces_of_french_only(language, expected):
    assert typographic_line('"Oui!" dit-elle: l\'eau ; « et nous?» à 12:30', language)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://records.example/a?b=\"c\"&d='e'...",
        'Write to o\'brien@records.example, run `grep "x" - ...` or --flag',
        "He is 5'10\" tall, she 6'.",
        'a lonely " quote',
        "two-word word-joined 10-12",
        "- a dialogue, or a point",
        "....",
        "“set” ‘already’ – and «here»…",
        "",
    ],
)
def test_typographic_line_leaves_other_things_alone(text):
    assert typographic_line(text, "en") == (text, Counts())


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_typographic_line_leaves_dashes_and_dots_that_mean_something_else(language):
    assert typographic_line("这 - 那...", language) == ("这 - 那...", Counts())


def test_typographic_sets_quotes_that_open_in_one_style_and_close_in_another():
    typed = '<p>We <strong>say "no</strong> <a href="https://x.example/a-b">more</a>" - <em>ever</em>...</p>'
    done, counts = typographic(body.clean(typed), "en")
    assert done == ('<p>We <strong>say “no</strong> <a href="https://x.example/a-b">more</a>” – <em>ever</em>…</p>')
    assert counts == Counts(quotes=2, dashes=1, spaces=0, dots=1)


def test_typographic_sets_every_block_and_footnote():
    typed = (
        '<h2>It\'s</h2><ul><li><p>"One"</p></li></ul><blockquote><p>"Two"<br>it\'s</p></blockquote>'
        '<p>Three<sup data-footnote="">It\'s "four"</sup>.</p>'
    )
    done, counts = typographic(body.clean(typed), "en")
    assert done == (
        "<h2>It’s</h2><ul><li><p>“One”</p></li></ul><blockquote><p>“Two”<br>it’s</p></blockquote>"
        '<p>Three<sup data-footnote="">It’s “four”</sup>.</p>'
    )
    assert counts == Counts(quotes=9)


def test_typographic_counts_nothing_where_nothing_is_done():
    html = body.clean("<p>“Set” already – it’s done…</p>")
    assert typographic(html, "en") == (html, Counts())
    assert not Counts()
    assert Counts(quotes=1) + Counts(quotes=2, dots=1) == Counts(quotes=3, dots=1)


def test_typographic_gives_way_to_the_canonical_form():
    """The control: a rule that would change what is signed (a dash that is no dash) is not followed."""
    paragraph = Paragraph("p", (Run('"Yes" - no'),))
    rules = typography._Rules.of("en")
    followed, refused = typography._Setter(rules), typography._Setter(replace(rules, dash="~"))
    assert followed.block(paragraph) == Paragraph("p", (Run("“Yes” – no"),))
    assert refused.block(paragraph) == paragraph
    assert (followed.counts, refused.counts) == (Counts(quotes=2, dashes=1), Counts())


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_of_every_language_fold_to_what_was_typed(language):
    outer, inner, single = typography._marks(language, language.lower().partition("-")[0])
    assert [canonical.fold(marks) for marks in (outer, inner, single)] == ['""', '""', "''"]


WORDS = st.text(st.sampled_from("ab1 \"'\"' -.;:!?«»“”’(\u00a0\u202f漢א`=/"), max_size=9)
RUNS = st.builds(Run, WORDS, st.booleans(), st.booleans(), st.sampled_from(["", "", "https://x.example/a-b"]))
INLINES = st.lists(RUNS | RUNS | st.builds(Break) | st.builds(Note, st.lists(RUNS, max_size=3).map(tuple)), max_size=6)


@given(INLINES, st.sampled_from(LANGUAGES))
def test_typographic_changes_no_digest_and_is_done_once(inlines, language):
    html = body.clean(model.write([Paragraph("p", tuple(inlines))]))
    done, _counts = typographic(html, language)
    assert canonical.body_digest(done) == canonical.body_digest(html)
    assert body.clean(done) == done
    assert typographic(done, language) == (done, Counts())


@given(WORDS, st.sampled_from(LANGUAGES))
def test_typographic_line_changes_no_digest_and_is_done_once(text, language):
    done, _counts = typographic_line(text, language)
    assert canonical.fold(done) == canonical.fold(text)
    assert typographic_line(done, language) == (done, Counts())
