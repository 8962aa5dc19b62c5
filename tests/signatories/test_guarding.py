"""The marks of a form: what is ours, what is too fast, and what is a sum done."""

import re
import time
from pathlib import Path

import pytest

from signatories import guarding
from signatories.guarding import Marks

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("began", "is_hasty"),
    [
        (guarding.stamp(NOW - 3.1), False),
        (guarding.stamp(NOW - 2.9), True),
        (guarding.stamp(NOW - 6 * 86400), False),  # a page that lay open for days
        (guarding.stamp(NOW - 7 * 86400), True),  # one view would do for any number of programs
        (guarding.stamp(NOW + 60), True),
        ("", True),
        ("4321.", True),
        (".", True),
        ("é.é", True),
        (guarding.stamp(NOW - 60)[:-1] + "x", True),
        ("0" + guarding.stamp(NOW - 60), True),
    ],
)
def test_is_hasty_below_three_seconds_and_without_a_stamp_of_ours(began, is_hasty):
    assert guarding.is_hasty(began, NOW) == is_hasty


def test_is_proved_by_the_right_number_for_this_subject_and_in_time():
    given = guarding.challenge("7", NOW, bits=8)
    proof = guarding.solve(given)
    assert guarding.is_proved(Marks(challenge=given, proof=proof), "7", NOW)
    assert not guarding.is_proved(Marks(challenge=given, proof=proof), "8", NOW)
    assert not guarding.is_proved(Marks(challenge=given, proof=proof), "7", NOW + guarding.CHALLENGE_LASTS + 1)


def test_is_proved_by_nothing_else():
    given = guarding.challenge("7", NOW, bits=12)
    wrong = str(int(guarding.solve(given)) - 1)
    easier = given.replace(".12.", ".1.")
    others = ["", "-1", "٣", "1" * 17, "x", wrong]
    assert [proof for proof in others if guarding.is_proved(Marks(challenge=given, proof=proof), "7", NOW)] == []
    assert not guarding.is_proved(Marks(challenge=easier, proof=guarding.solve(easier)), "7", NOW)
    assert not guarding.is_proved(Marks(challenge="", proof="1"), "7", NOW)
    assert not guarding.is_proved(Marks(challenge="..é", proof="1"), "7", NOW)


def test_marks_are_cut_to_what_they_may_be():
    assert guarding.marks({"remarks": "x" * 999, "began": "b"}) == Marks(trap="x" * 200, began="b")


def test_stamp_is_of_now():
    assert guarding.is_hasty(guarding.stamp()) is True
    assert guarding.is_hasty(guarding.stamp(time.time() - 4)) is False


def test_sum_is_small_enough_for_a_slow_line():
    script = Path(__file__).resolve().parents[2] / "static/js/proof.js"
    assert len(script.read_bytes()) <= 2048
    assert not re.search(r"https?://|eval|innerHTML", script.read_text())
