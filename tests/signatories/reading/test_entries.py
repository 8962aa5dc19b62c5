"""Entries: name, acronym, country, and what is put aside."""

import pytest

from signatories.reading import Certainty, Code
from tests.signatories.reading.pasted import codes, names_of, parts, pasted


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Wells for All (WFA), Kenya", ("Wells for All", "WFA", "KE")),
        ("Wells for All (WFA, Kenya)", ("Wells for All", "WFA", "KE")),
        ("Wells for All [United Kingdom]", ("Wells for All", "", "GB")),
        ("Wells for All (WFA)-Kenya", ("Wells for All", "WFA", "KE")),
        ("WFA – Wells for All", ("Wells for All", "WFA", "")),
        ("Wells for All- WFA", ("Wells for All", "WFA", "")),
        ("WFA: Wells for All", ("Wells for All", "WFA", "")),
        ("Wells for All, WFA", ("Wells for All", "WFA", "")),
        ("Wefora - Wells for Rabat", ("Wells for Rabat", "Wefora", "")),
        ("Fórum das Águas – RJ", ("Fórum das Águas – RJ", "", "")),
        ("Lake Society – Bulgaria", ("Lake Society – Bulgaria", "", "BG")),
        ("qnetz – Verein für Quellen", ("qnetz – Verein für Quellen", "", "")),
        ("Quellen (Brunnengruppe)", ("Quellen (Brunnengruppe)", "", "")),
        ("水の友(難民の会)、日本", ("水の友(難民の会)", "", "JP")),
        ("جمعية الماء، تونس", ("جمعية الماء", "", "TN")),
        ("WFA", ("WFA", "WFA", "")),
    ],
)
def test_an_entry_is_taken_apart(line, told):
    assert parts(line, "Pond Aid", "Lake Aid", "River Aid") == told


def test_addresses_marks_and_roles_are_put_aside():
    row = pasted("Pond Aid (secretariat)* <ana@ponds.example> https://ponds.example", "Lake Aid").entries[0]
    assert (row.organization, row.email, row.website) == ("Pond Aid", "ana@ponds.example", "https://ponds.example")
    assert (row.note, codes(row)) == ("secretariat", [Code.MARK, Code.ROLE])


def test_capitals_say_nothing_in_a_list_of_capitals():
    assert parts("PONDS", "LAKES FOR ALL", "RIVERS OF THE NORTH", "SPRING AID")[1] == ""


def test_a_country_behind_dashes_is_the_habit_of_a_list_or_part_of_the_name():
    lines = ["Pond Aid – Kenya", "Lake Aid – Peru", "River Aid – India"]
    assert names_of(*lines) == ["Pond Aid", "Lake Aid", "River Aid"]
    assert names_of(lines[0], *(f"Forum {number}" for number in range(20)))[0] == "Pond Aid – Kenya"


def test_acronyms_of_scripts_without_capitals():
    assert parts("국제평화연대(국평연)", "강물사랑")[:2] == ("국제평화연대", "국평연")
    assert parts("الشبكة العربية لحرية التعبير (شعت)، لبنان") == ("الشبكة العربية لحرية التعبير", "شعت", "LB")
    assert parts("바다와사람들(서울)", "강물사랑")[:2] == ("바다와사람들(서울)", "")


def test_a_city_is_left_out_where_the_list_has_them():
    alone = parts("Law Clinic, Orm, Kenya", "Open Delta, Egypt", "Radio Sol, Peru", "Mekong Voices, Laos")
    assert alone == ("Law Clinic, Orm", "", "KE")
    among = parts("Law Clinic, Orm, Kenya", "Open Delta, Cairo, Egypt", "Radio Sol, Lima, Peru")
    assert among == ("Law Clinic", "", "KE")


def test_an_institution_is_no_city():
    others = ("Open Delta, Cairo, Egypt", "Radio Sol, Lima, Peru", "Mekong Voices, Luang Prabang, Laos")
    assert parts("Law Clinic, Orm University, Kenya", *others)[0] == "Law Clinic, Orm University"


@pytest.mark.parametrize(
    "lines",
    [
        ("Pond Aid, Congo",),
        ("Pond Aid (Kongo)",),
        ("Pond Aid – Nairobi, Niger – member",),
        ("Pond Aid / Georgia",),
        ("Georgia", "Pond Aid"),
        ("Organization,Country", "Pond Aid,Korea", "Lake Aid,Kenya"),
    ],
)
def test_which_country_is_asked_where_two_have_that_name(lines):
    row = pasted(*lines, *(["Lake Aid, Kenya"] if "," not in lines[0] else [])).entries[0]
    assert (row.organization, bool(row.country)) == ("Pond Aid", True)
    assert (Code.PLACES in codes(row), row.certainty) == (True, Certainty.DOUBTFUL)


def test_which_country_is_not_asked_where_one_has_that_name():
    rows = pasted("Pond Aid, Republic of the Congo", "Lake Aid, Nigeria", "Hill Aid, South Korea").entries
    assert [codes(row) for row in rows] == [[], [], []]


def test_a_remark_in_brackets_is_no_part_of_the_name():
    row = pasted("Hill Shelter (please do not publish), Peru").entries[0]
    assert (row.organization, row.country, row.note) == ("Hill Shelter", "PE", "please do not publish")
