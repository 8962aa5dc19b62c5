"""Finding the like of one among many."""

import pytest

from bench import invented
from signatories.matching import Index, Known, Verdict, compare
from tests.signatories.test_matching import pairs

NOT_FILED = {"Red de Mujeres Ribereñas"}  # under beginnings of its words: an acronym of syllables is found by comparing


@pytest.fixture(scope="module")
def register():
    return [Known(str(number), *line) for number, line in enumerate(lines(2000))]


@pytest.fixture(scope="module")
def index(register):
    return Index(register)


def lines(number):
    return ((name, acronym, "", country) for name, acronym, country in invented.lines(number))


def keys(matches):
    return [match.key for match in matches]


def test_near_skips_itself_and_puts_the_nearest_first():
    index = Index(
        [
            Known("typo", "Oremba Boat Familes"),
            Known("mine", "Oremba Boat Families"),
            Known("same", "oremba boat families"),
            Known("far", "Harbour Nurses of Quillan"),
        ]
    )
    mine = Known("mine", "Oremba Boat Families")
    assert keys(index.near(mine)) == ["same", "typo"]
    assert keys(index.near(mine, limit=1)) == ["same"]


def test_add_replaces_and_remove_forgets():
    index = Index([Known("one", "Lantern House")])
    index.add(Known("two", "Lantern House"))
    index.add(Known("one", "Harbour Nurses"))
    assert len(index) == 2
    assert keys(index.near(Known("", "Lantern House"))) == ["two"]
    assert keys(index.near(Known("", "Harbour Nurses"))) == ["one"]
    index.remove("two")
    assert index.near(Known("", "Lantern House")) == []
    with pytest.raises(KeyError):
        index.remove("two")


def test_an_index_that_grew_answers_as_one_made_at_once(register, index):
    grown = Index(register[:100])
    for known in register[100:]:
        grown.add(known)
    assert [grown.near(known) for known in register[::50]] == [index.near(known) for known in register[::50]]


def test_near_finds_among_many_what_compare_finds(index):
    missed = []
    for row in pairs():
        for sought, filed in ((row["a"], row["b"]), (row["b"], row["a"])):
            mine, other = Known("mine", sought), Known("other", filed)
            if compare(mine, other).verdict is not Verdict.DIFFERENT and not NOT_FILED & {sought, filed}:
                index.add(other)
                if "other" not in keys(index.near(mine, limit=10)):
                    missed.append((sought, filed))
    index.remove("other")
    assert missed == []


def test_near_finds_by_domain_what_has_no_word_in_common(index):
    index.add(Known("rivers", "Forum der freien Flüsse", website="https://fluss.example"))
    assert keys(index.near(Known("", "Free Rivers Forum", mail_domain="ana@fluss.example"))) == ["rivers"]
    index.remove("rivers")


def test_near_is_quiet_among_many_strangers(register, index):
    troubled = [known for known in register[:750] if index.near(known)]
    assert len(troubled) <= 30
    misspelled = [Known("new", known.name[:4] + known.name[3:]) for known in register[:50]]
    assert sum(bool(index.near(known)) for known in misspelled) >= 30  # quiet, not deaf
