"""Who was printed in the edition before and has withdrawn since: in the next one, in every document of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx as python_docx
import pytest

from letters import docx
from letters.document import Departure, Roll, RollLine
from letters.pdf import typesetting
from signatories.roll import told_in
from tests.letters.documents import document, roll

GONE = Departure(RollLine("جمعية المنارة", "JM"), 1, datetime(2031, 8, 1, 23, 30, tzinfo=UTC))
ROLLS = {
    "few": roll({"KE": ["Harbour Light"]}),
    "many": roll({"KE": [f"Harbour Light {number}" for number in range(30)]}),
    "withheld alone": roll({}, withheld=3),
    "nobody": roll({}),
}


@pytest.mark.parametrize("names", ROLLS)
def test_departures_are_printed_once_with_their_day(names):
    html = typesetting.typeset(document(roll=replace(ROLLS[names], departures=(GONE,))))
    assert html.count("Withdrawn since edition 1:") == 1
    assert '<bdi dir="rtl">جمعية المنارة (JM)</bdi>' in html
    assert ">1 August 2031</bdi>" in html
    assert "Withdrawn" not in typesetting.typeset(document(roll=ROLLS[names]))


@pytest.mark.parametrize("names", ROLLS)
def test_departures_stand_in_the_word_file(names):
    def lines(printed):
        paragraphs = python_docx.Document(BytesIO(docx.write(document(roll=printed)))).paragraphs
        return [one.text for one in paragraphs if "Withdrawn" in one.text]

    (line,) = lines(replace(ROLLS[names], departures=(GONE,)))
    assert "جمعية المنارة (JM)" in line
    assert line.endswith("1 August 2031")
    assert lines(ROLLS[names]) == []


def test_departures_are_frozen_and_told_in_other_languages():
    printed = replace(ROLLS["few"], departures=(GONE,))
    frozen = json.loads(json.dumps(printed.to_json()))
    assert Roll.from_json(frozen) == printed
    assert told_in(printed, "fr").departures == (GONE,)
    del frozen["departures"]  # as editions were before there were any
    assert Roll.from_json(frozen).departures == ()
