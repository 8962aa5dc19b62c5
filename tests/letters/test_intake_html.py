"""Pasted HTML: Word's, Google Docs', hostile; and how long anything may take."""

import gc
import re
import time

import pytest

from letters import intake


def found_in(source):
    return intake.assemble(intake.read(source).pieces)


def repairs_in(source):
    return {repair.kind: repair.count for repair in intake.read(source).repairs}


def test_read_takes_word_and_google_docs_html():
    source = (
        '<b style="font-weight:normal" id="docs-internal-guid-1">'
        '<p><span style="font-weight:700">Open letter</span></p>'
        "<p>Dear Minister,</p><h2>Wells</h2><p>We write <i>to you</i>.</p><p>Sincerely,</p>"
        "<table><tr><td><p>Water</p></td><td><p>Kenya</p></td></tr><tr><td>Rivers</td><td></td></tr></table></b>"
    )
    found = found_in(source)
    assert (found.title, found.salutation, found.closing) == ("Open letter", "Dear Minister,", "Sincerely,")
    assert found.body == "<h2>Wells</h2><p>We write <em>to you</em>.</p>"
    assert found.signatories == ("Water, Kenya", "Rivers")
    assert repairs_in(source) == {"tables": 1}


@pytest.mark.parametrize(
    ("source", "is_text"),
    [
        ("if a<b and c>d", True),
        ("a <b>b</b>", False),
        ("see <https://example.org> & <a@b.org>", True),
        ("1 < 2 > 0", True),
    ],
)
def test_read_takes_no_plain_text_for_html(source, is_text):
    (piece,) = intake.read(source).pieces
    assert (piece.text == source) == is_text


def test_read_leaves_nothing_that_acts_in_hostile_html():
    one = (
        '<div onclick="x()" style="' + "a" * 2000 + '"><script>alert(1)</script><table><tr><td><table><tr><td>cell'
        ' <a href="javascript:alert(1)">link</a><img src=x onerror=alert(1)><a href="data:text/html,A">d</a>'
        '<a href="file:///etc/passwd">f</a></td></tr></table></td></tr></table><p>The text stays here.</p></div>'
    )
    source = (one * 200)[:300_000]
    before = time.process_time()
    reading = intake.read(source)
    assert time.process_time() - before < 1
    html = "".join(piece.html for piece in reading.pieces)
    assert set(re.findall("<[^/][^>]*>", html)) == {"<p>"}
    assert html.count("The text stays here.") == source.count("The text stays here.")
    assert {repair.kind for repair in reading.repairs} == {"images", "tables", "dropped_markup"}


@pytest.mark.parametrize(
    "source",
    ["[", "<", "word-\n", "<p>a", "1\n", "[1] ", "a", "<td>", "A,\n", "<p>ABC<table><tr><td>a<td>b"],
    ids="brackets angles hyphens paragraphs numbers calls letters cells names tables".split(),
)
def test_read_takes_time_in_proportion(source):
    """Four times as much takes about four times as long; where time grows with the square, sixteen times."""
    short, long = (shortest(source * (length // len(source))) for length in (10_000, 40_000))
    assert long < 9 * max(short, 0.05)


def shortest(source):
    """Seconds of processor time, the best of three; without the collector, whose turns cost what other tests left."""
    times = []
    gc.disable()
    try:
        for _ in range(3):
            before = time.process_time()
            intake.read(source)
            times.append(time.process_time() - before)
    finally:
        gc.enable()
    return min(times)


def test_read_of_nothing_is_nothing():
    assert intake.read(" \n") == intake.Reading((), ())
    assert intake.assemble(()).body == ""


def test_in_words_knows_every_repair():
    assert intake.in_words(intake.Repair("straight_quotes", 3)) == "3 straight quotes"
    assert intake.in_words(intake.Repair("joined_paragraphs", 2)) == "joined 2 paragraphs split by page breaks"
