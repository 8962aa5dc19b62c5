"""Typesetting changes no digest; everything that is signed does."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import body, canonical
from letters.canonical import DASHES, DOUBLE_QUOTES, INVISIBLE, SINGLE_QUOTES, fold

DOCUMENT = Path(__file__).parents[2] / "docs" / "canonical-form.md"
TEXT = {
    "language": "en",
    "is_authentic": True,
    "title": "Open letter – on the Harbour Act",
    "re_line": "",
    "salutation": "Dear Minister,",
    "body": "",
    "closing": "Respectfully,",
}
RECIPIENT = {
    "line": "to",
    "honorific": "Mx",
    "name": "Ana Ferro",
    "office": "Minister of Ports",
    "organization": "Government of Exampleland",
    "address": "",
    "email": "",
}
BODY = (
    '<h2>Our concern</h2><p>We say “no” – it’s <em>wrong</em><sup data-footnote="">Bill 12</sup>, see'
    ' <a href="https://example.org/act">the Act</a>.</p><ul><li><p>Withdraw it.</p></li><li><p>Talk.</p></li></ul>'
)
SPACES = "\u00a0\u2009\u202f\u3000\t\n"


def digest(texts=(TEXT,), recipients=(RECIPIENT,)):
    return canonical.digest(canonical.canonical(texts, recipients))


def test_document_example_has_the_digest_it_claims():
    document = DOCUMENT.read_text()
    html, form, claimed = (
        re.search(rf"```{kind}\n(.*?)\n```", document, re.DOTALL)[1] for kind in ("html", "json", "text")
    )
    assert body.clean(html) == html
    assert canonical.canonical([TEXT | {"body": html}], [RECIPIENT]) == form
    assert canonical.digest(form) == claimed


def test_document_lists_every_folded_character():
    document = DOCUMENT.read_text()
    for target, characters in (
        (r"`\"`", DOUBLE_QUOTES),
        ("`'`", SINGLE_QUOTES),
        ("`-`", DASHES),
        ("nothing", INVISIBLE),
    ):
        row = re.search(rf"^ *\| (U\+.*) \| {target} \|$", document, re.MULTILINE)[1]
        listed = set()
        for first, last in re.findall(r"U\+(\w+)(?: to U\+(\w+))?", row):
            listed |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
        assert listed == set(characters)


@given(st.text(st.sampled_from("ab'\"-—… \u00a0«»´`:;!?%ée\u0301ﬁ\u200b\u0640‐“”") | st.characters()))
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“naming and shaming”", '"naming and shaming"'),
        ("« mot » : « autre » !", "“mot”: “autre”!"),
        ("„Wort“ und ‚Wort‘", "»Wort« und ›Wort‹"),
        ("it’s the States´ duty", "it's the States' duty"),
        ("rights — all of them – now", "rights - all of them--now"),
        ("the  no\u00a0break\u202fspace\n", "the no break space"),
        ("wait…", "wait..."),
        ("effi\u00adcient of\u200bfice", "eﬃcient oﬃce"),
        ("50 %", "50%"),
        ("5′ 30″", "5' 30\""),
        ("caf\u00e9", "cafe\u0301"),
        ("م\u0640\u0640رحبا \u200fبكم", "مرحبا بكم"),
        ("צה״ל", 'צה"ל'),
        ("м’ята", "мʼята"),
    ],
)
def test_fold_ignores_typesetting(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10²", "102"),
        ("½", "1/2"),
        ("we'll", "well"),
        ("re-sign", "resign"),
        ("State", "state"),
        ("naïve", "naive"),
        ("a, b", "a b"),
        ("می\u200cخواهم", "میخواهم"),
        ("therapist", "the rapist"),
        ("5'", '5"'),
        ("「重要」", "『重要』"),
    ],
)
def test_fold_keeps_what_changes_a_word(one, other):
    assert fold(one) != fold(other)


def test_typesetting_changes_no_digest():
    reset = (
        BODY.replace("“", '"')
        .replace("”", "″")
        .replace(" – ", "—")
        .replace("’", "'")
        .replace("the Act", "the\u00a0Act")
    )
    reset = reset.replace("<em>wrong</em>", "<strong>wrong</strong>").replace("Our concern", "Our <br>concern")
    assert reset != BODY
    assert digest([TEXT | {"body": body.clean(reset)}]) == digest([TEXT | {"body": BODY}])
    assert canonical.body_digest(body.clean(reset)) == canonical.body_digest(BODY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wrong", "right"),
        ("https://example.org/act", "https://example.org/other"),
        ('<a href="https://example.org/act">the Act</a>', "the Act"),
        ("Bill 12", "Bill 13"),
        ('<sup data-footnote="">Bill 12</sup>, see', ', see<sup data-footnote="">Bill 12</sup>'),
        ('<sup data-footnote="">Bill 12</sup>', "Bill 12"),
        ("<li><p>Withdraw it.</p></li><li><p>Talk.</p></li>", "<li><p>Talk.</p></li><li><p>Withdraw it.</p></li>"),
        ("</p></li><li><p>", "</p><p>"),
        ("<h2>Our concern</h2>", "<p>Our concern</p>"),
        ("<ul>", "<ol>"),
        ("it’s", "it is"),
    ],
)
def test_every_signed_change_in_the_body_changes_the_digest(old, new):
    assert old in BODY
    changed = body.clean(BODY.replace(old, new))
    assert canonical.body_digest(changed) != canonical.body_digest(BODY)
    assert digest([TEXT | {"body": changed}]) != digest([TEXT | {"body": BODY}])


@pytest.mark.parametrize("key", ["language", "title", "re_line", "salutation", "closing"])
def test_every_part_of_a_text_is_signed(key):
    assert digest([TEXT | {key: "other"}]) != digest()


@pytest.mark.parametrize("key", RECIPIENT)
def test_every_part_of_a_recipient_is_signed(key):
    assert digest(recipients=[RECIPIENT | {key: "other"}]) != digest()


def test_authentic_text_and_order_of_recipients_are_signed_and_order_of_texts_is_not():
    french, second = TEXT | {"language": "fr", "is_authentic": False}, RECIPIENT | {"line": "cc"}
    assert digest([TEXT | {"is_authentic": False}]) != digest()
    assert digest(recipients=[RECIPIENT, second]) != digest(recipients=[second, RECIPIENT])
    assert digest([TEXT, french]) == digest([french, TEXT])


def test_headline_place_and_date_are_not_signed():
    assert digest([TEXT | {"headline": "750+ organizations", "place": "Geneva", "date": "2018-09-05"}]) == digest()


WORDS = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_retypesetting_any_text_changes_no_digest(words, data):
    plain = unicodedata.normalize("NFC", " ".join(f'"{word}"' if len(word) == 3 else word for word in words))
    draw = data.draw
    reset = "".join(
        draw(st.sampled_from(SPACES)) if char == " " else draw(st.sampled_from(DOUBLE_QUOTES)) if char == '"' else char
        for char in unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), plain)
    )
    assert fold(reset) == fold(plain)
    assert canonical.body_digest(body.from_text(reset)) == canonical.body_digest(body.from_text(plain))


@given(WORDS, st.data())
def test_changing_any_word_changes_the_digest(words, data):
    position = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:position], words[position] + "x", *words[position + 1 :]]
    one, other = (body.clean(f"<p>{' '.join(letter)}</p>") for letter in (words, changed))
    assert canonical.body_digest(one) != canonical.body_digest(other)
