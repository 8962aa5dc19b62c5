"""Which translated paragraphs are out of date."""

from letters.changes.staleness import Pair, paired

A = "<p>We ask you to keep the “bridge” open.</p>"
B = "<p>It is the only one for forty kilometres.</p>"
C = "<p>The ferry was given up two winters ago.</p>"


def test_paired_says_what_is_fresh_stale_missing_and_orphan():
    changed = A.replace("open", "open to everybody")
    assert paired([A, B], [changed, C]) == [Pair(0, 0, "stale"), Pair(1, None, "orphan"), Pair(None, 1, "missing")]
    assert paired([A, B], [A, C, B]) == [Pair(0, 0, "fresh"), Pair(None, 1, "missing"), Pair(1, 2, "fresh")]


def test_typesetting_makes_nothing_stale():
    assert paired([A], [A.replace("“", '"').replace("”", '"')]) == [Pair(0, 0, "fresh")]


def test_another_address_of_a_link_makes_stale():
    link = '<p>See <a href="https://a.example/">the Act</a>.</p>'
    assert paired([link], [link.replace("a.example", "b.example")]) == [Pair(0, 0, "stale")]


def test_a_unit_without_source_is_an_orphan():
    assert paired(["", A], [A]) == [Pair(1, 0, "fresh"), Pair(0, None, "orphan")]
    assert paired([""], [""]) == [Pair(None, 0, "missing"), Pair(0, None, "orphan")]


def test_a_moved_unit_stays_fresh():
    assert paired([A, B, C], [C, A, B]) == [Pair(2, 0, "fresh"), Pair(0, 1, "fresh"), Pair(1, 2, "fresh")]
