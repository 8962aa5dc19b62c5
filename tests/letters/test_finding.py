from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import areas, finding
from letters.document import Roll, RollGroup, RollLine

NOW = datetime(2031, 8, 30, tzinfo=UTC)


def roll(groups, individuals=()):
    """From {(code, title): names}."""
    made = [
        tuple(RollGroup(code, title, tuple(RollLine(*line) for line in lines)) for (code, title), lines in side.items())
        for side in (groups, dict(individuals))
    ]
    numbers = [sum(len(group.lines) for group in side) for side in made]
    return Roll(made[0], numbers[0], len(made[0]), 0, NOW, made[1], numbers[1])


ROLL = roll(
    {
        ("001", "International"): [("Amnistie", "AI")],
        ("145", "Western Asia"): [("شبكة الأنهار", "", "Rivers Network")],
        ("KE", "Kenya"): [("Mto Wetu", "MW"), ("Réseau des Rivières", "RdR", "", "zzz reading")],
        ("PL", "Poland"): [("Łódzka Sieć", "")],
        ("RU", "Russia"): [("Мемориал", "")],
        ("CN", "China"): [("中国河流", "")],
    },
    {("CO", "Colombia"): [("Ana Pérez", "", "", "", "Rector, Universidad del Río")]}.items(),
)


def names(words):
    return [one.line.name for one in finding.matching(finding.signed(ROLL), words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mto", ["Mto Wetu"]),
        ("WETU mto", ["Mto Wetu"]),
        ("mw", ["Mto Wetu"]),
        ("reseau riviere", ["Réseau des Rivières"]),
        ("RIVIÈRES", ["Réseau des Rivières"]),
        ("kenya", ["Mto Wetu", "Réseau des Rivières"]),
        ("kenya mto", ["Mto Wetu"]),
        ("lodz", ["Łódzka Sieć"]),
        ("łódz", ["Łódzka Sieć"]),
        ("memorial", ["Мемориал"]),
        ("МЕМОРИАЛ", ["Мемориал"]),
        ("الانهار", ["شبكة الأنهار"]),
        ("rivers network", ["شبكة الأنهار"]),
        ("河流", ["中国河流"]),
        ("江", []),
        ("universidad rio", ["Ana Pérez"]),
        ("zzz", []),
        ("mto memorial", []),
    ],
)
def test_finds_by_any_part_of_what_is_printed(words, found):
    assert names(words) == found


@pytest.mark.parametrize("words", ["", "  ", "… – ()"])
def test_nothing_to_look_for_finds_all(words):
    assert len(names(words)) == 8
    assert not finding.says_something(words)


@given(st.text(max_size=40))
def test_takes_any_words(words):
    assert set(names(words)) <= set(names(""))


@given(st.sampled_from([one.line.name for one in finding.signed(ROLL)]))
def test_each_name_finds_itself(name):
    assert name in names(name)


def titles(by, language="en"):
    found = finding.grouped(finding.signed(ROLL), by, language)
    return [(one.title, [line.line.name for line in one.signed], one.is_individuals) for one in found]


def test_groups_by_country_as_the_roll_does():
    assert [(title, names) for title, names, _ in titles("country")] == [
        (group.title, [line.name for line in group.lines]) for group in (*ROLL.groups, *ROLL.individuals)
    ]


def test_groups_by_region_of_the_united_nations():
    assert titles("region") == [
        ("International", ["Amnistie"], False),
        ("Africa", ["Mto Wetu", "Réseau des Rivières"], False),
        ("Asia", ["شبكة الأنهار", "中国河流"], False),
        ("Europe", ["Łódzka Sieć", "Мемориал"], False),
        ("Americas", ["Ana Pérez"], True),
    ]
    assert [title for title, _, _ in titles("region", "fr")] == [
        "International",
        "Afrique",
        "Asie",
        "Europe",
        "Amériques",
    ]


def test_groups_by_who_signs_and_by_name_alone():
    assert [(len(names), individuals) for _, names, individuals in titles("kind")] == [(7, False), (1, True)]
    ((title, found, _),) = titles("name")
    assert (title, found[:2]) == ("", ["Amnistie", "Ana Pérez"])
    assert titles("no such way") == titles("kind")


@pytest.mark.parametrize("by", finding.BY)
def test_no_line_is_lost_or_made_up(by):
    every = finding.signed(ROLL)
    found = [one for section in finding.grouped(every, by, "en") for one in section.signed]
    assert sorted(found, key=repr) == sorted(every, key=repr)


@pytest.mark.parametrize("by", finding.BY)
@pytest.mark.parametrize("most", [0, 1, 3, 100])
def test_beginning_is_that_of_the_whole(by, most):
    whole = finding.grouped(finding.signed(ROLL), by, "en")
    begun = finding.beginning(whole, most)
    lines = [[one for section in sections for one in section.signed] for sections in (whole, begun)]
    assert lines[1] == lines[0][:most]
    assert [(one.title, one.number) for one in begun] == [(one.title, one.number) for one in whole][: len(begun)]
    assert all(one.signed for one in begun)


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("KE", "002"),
        ("US", "019"),
        ("XK", "150"),
        ("TW", "142"),
        ("FJ", "009"),
        ("145", "142"),
        ("019", "019"),
        ("001", "001"),
        ("ZZ", "001"),
        ("?", "001"),
    ],
)
def test_region_of_a_country(code, region):
    assert areas.region(code) == region
