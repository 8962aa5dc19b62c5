"""The units of a body, and where each of them went."""

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters import body
from letters.body import model
from letters.canonical import fold
from letters.changes import sequences, tokens
from letters.changes.alignment import align, carried, joined, moved, units
from tests.letters.test_body_properties import BLOCKS, MARKUP, WORDS

A = "We ask you to keep the bridge over the Lind open to everybody."
B = "It is the only one for forty kilometres in both directions."
C = "The ferry was given up two winters ago and will not come back."
D = "Four villages would lose their school, their doctor and their market."
LIST = (
    '<p>We ask:</p><ol start="3"><li><p>one</p><p>more</p><ul><li><p>deep</p></li></ul></li><li><p>two</p></li></ol>'
    "<blockquote><p>said</p></blockquote>"
)


def test_units_are_paragraphs_of_lists_and_quotes_too():
    assert [(unit.kind, unit.place, unit.opens, unit.html) for unit in units(LIST)] == [
        ("p", (), 0, "<p>We ask:</p>"),
        ("li", ("ol 3", "li"), 2, "<p>one</p>"),
        ("p", ("ol 3", "li"), 0, "<p>more</p>"),
        ("li", ("ol 3", "li", "ul", "li"), 2, "<p>deep</p>"),
        ("li", ("ol 3", "li"), 1, "<p>two</p>"),
        ("blockquote", ("blockquote",), 1, "<p>said</p>"),
    ]


def test_text_of_a_unit_holds_its_footnotes():
    (unit,) = units('<p>See<sup data-footnote="">Bill <em>12</em></sup>, please<br>do.</p>')
    assert unit.text == "See (Bill 12), please do."


@given(BLOCKS)
def test_joined_undoes_units(blocks):
    cleaned = body.clean(model.write(blocks))
    assert joined(units(cleaned)) == cleaned


@given(MARKUP)
def test_joined_undoes_units_after_pasting(html):
    cleaned = body.clean(html)
    assert joined(units(cleaned)) == cleaned


@given(BLOCKS, BLOCKS, st.randoms())
def test_joined_loses_no_word_of_units_of_several_bodies(one, other, chance):
    some = [unit for unit in units(model.write(one)) + units(model.write(other)) if chance.random() < 0.6]
    assert [unit.text for unit in units(joined(some))] == [unit.text for unit in some]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([A, B, C], [A, B, C], [(0, 0), (1, 1), (2, 2)]),
        ([A, B], [A, C, B], [(0, 0), (None, 1), (1, 2)]),
        ([A, B, C], [A, C], [(0, 0), (1, None), (2, 1)]),
        ([A, B, C], [C], [(0, None), (1, None), (2, 0)]),
        ([A, B], [C, D], [(0, None), (1, None), (None, 0), (None, 1)]),
        ([A, B, C], [A, B.replace("forty", "thirty"), C], [(0, 0), (1, 1), (2, 2)]),
        ([A, B], [D, A.replace("keep", "leave"), B.replace("only", "last")], [(None, 0), (0, 1), (1, 2)]),
        ([A, B, C], [C, A, B], [(2, 0), (0, 1), (1, 2)]),
        ([A, B, C], [B, C.replace("two", "three"), A.replace("keep", "leave")], [(1, 0), (2, 1), (0, 2)]),
        ([A + " " + B], [A, B], [(0, 0), (None, 1)]),
        (["Bakground", A], ["Background", A], [(0, 0), (1, 1)]),
        (["“It’s” – so"], ['"It\'s" - so'], [(0, 0)]),
        ([], [A], [(None, 0)]),
        ([A], [], [(0, None)]),
        ([], [], []),
    ],
)
def test_align_pairs_same_rewritten_and_moved_paragraphs(old, new, pairs):
    assert align(old, new) == pairs


def test_moved_are_the_fewest_that_explain_the_order():
    assert moved(align([A, B, C], [C, A, B])) == {0}
    assert moved(align([A, B, C], [A, B, C])) == set()


def test_carried_follows_a_paragraph_through_edits_and_moves():
    new = [D, C, A.replace("everybody", "all of us"), "Thank you."]
    assert carried([A, B, C], new) == [2, None, 1]


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_align_mentions_every_position_once(old, new):
    pairs = align(old, new)
    assert sorted(place for place, _ in pairs if place is not None) == list(range(len(old)))
    assert [place for _, place in pairs if place is not None] == list(range(len(new)))


@given(st.lists(WORDS, max_size=12))
def test_align_pairs_a_text_with_itself_in_order(texts):
    assert align(texts, texts) == [(place, place) for place in range(len(texts))]


def letter(count, words=60, seed=1):
    chance = random.Random(seed)
    vocabulary = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(2000)]
    return [" ".join(chance.choices(vocabulary, k=words)) for _ in range(count)]


def test_align_takes_400_paragraphs_all_rewritten():
    chance = random.Random(2)
    old = letter(400)
    new = [" ".join(word for word in text.split() if chance.random() < 0.8) for text in old]
    started = time.perf_counter()
    assert align(old, new) == [(place, place) for place in range(400)]
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["a"] * 8_000, ["a", "b"] * 4_000),
        ([str(n) for n in range(8_000)], [str(n) + "x" for n in range(8_000)]),
    ],
    ids=["the same again and again", "nothing in common"],
)
def test_align_takes_a_paste_of_very_many_paragraphs(old, new):
    started = time.perf_counter()
    assert len([pair for pair in align(old, new) if pair[1] is not None]) == 8_000
    assert time.perf_counter() - started < 20


@given(st.lists(st.integers(0, 3), max_size=20), st.lists(st.integers(0, 3), max_size=20))
def test_matched_finds_equal_items_in_rising_order(old, new):
    pairs = sequences.matched(old, new)
    assert [old[one] for one, _ in pairs] == [new[other] for _, other in pairs]
    assert pairs == sorted(set(pairs))
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)


@pytest.mark.parametrize("limit", ["EXACT", "LARGEST"])
def test_matched_keeps_what_is_equal_at_the_ends_of_long_sequences(monkeypatch, limit):
    monkeypatch.setattr(sequences, limit, 4)
    assert sequences.matched("abcdef", "abxyzef")[:2] == [(0, 0), (1, 1)]
    assert sequences.matched("abcdef", "abxyzef")[-2:] == [(4, 5), (5, 6)]


@given(st.lists(st.integers(0, 9), max_size=12))
def test_rising_is_rising(numbers):
    chosen = [numbers[place] for place in sorted(sequences.rising(numbers))]
    assert chosen == sorted(set(chosen))


SIGNS = st.text(
    st.sampled_from("ab1 .,'\"-—… \u00a0«»´`:;!?%ée\u0301ﬁ\u200b\u0640‐“”人ก가각\u1100\u1161\u11a8😀") | st.characters()
)


@given(SIGNS)
@example("\r\U000e0020")
def test_keys_and_spaces_of_tokens_are_the_folded_text(text):
    found = tokens.tokens([model.Run(text)])
    assert "".join(token.space + token.key for token in found) == fold(text)


@given(SIGNS, st.booleans())
def test_gaps_and_words_of_tokens_are_the_text(text, exact):
    found = tokens.tokens([model.Run(text)], exact)
    written = "".join(run.text for token in found for run in (*token.gap, *token.written))
    assert text.startswith(written)
    assert fold(written) == fold(text)


@given(SIGNS)
def test_traced_folding_is_the_folding_and_rises(text):
    folded, origins = tokens._traced(text)
    assert folded.strip() == fold(text)
    assert origins == sorted(origins)
    assert len(origins) == len(folded)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s 1,000.5 km – re-sign!", ["it's", "1,000.5", "km", "re", "sign"]),
        ("人権です", ["人", "権", "で", "す"]),
        ("ภาษาไทยง่าย", ["ภาษา", "ไทย", "ง่าย"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("a 😀 𐐀b c", ["a", "𐐨b", "c"]),
    ],
)
def test_words_end_as_their_script_has_it(text, words):
    assert tokens.words(text) == words
