import json
import random
from datetime import UTC, datetime

import pytest

from letters import collation
from letters.document import GROUPINGS, NONE, NUMBERINGS, Arrangement, Roll
from signatories import roll

AS_OF = datetime(2026, 9, 5, 16, tzinfo=UTC)
LINES = [
    roll.Entry(*line)
    for line in [
        ("Zebra Trust", "", "KE"),
        ("Élan", "", "KE"),
        ("Eland Society", "ES", "KE"),
        ("World Rivers", "WR", "001"),
        ("Ríos Libres", "", "CL"),
        ("منظمة النهر", "", "EG"),
        ("Lake Networks", "", "002"),
    ]
]


def test_build_groups_by_international_region_and_country():
    made = roll.build(LINES, withheld=2, language="en", as_of=AS_OF)
    assert [(group.title, [line.name for line in group.lines]) for group in made.groups] == [
        ("International", ["World Rivers"]),
        ("Africa (regional)", ["Lake Networks"]),
        ("Chile", ["Ríos Libres"]),
        ("Egypt", ["منظمة النهر"]),
        ("Kenya", ["Élan", "Eland Society", "Zebra Trust"]),
    ]
    assert (made.organizations, made.countries, made.withheld) == (7, 3, 2)


def test_build_does_not_depend_on_the_order_given():
    shuffled = random.Random(3).sample(LINES, len(LINES))
    assert roll.build(shuffled, withheld=0, language="en", as_of=AS_OF) == roll.build(
        LINES, withheld=0, language="en", as_of=AS_OF
    )


def test_roll_survives_the_freezer():
    made = roll.build(LINES, withheld=2, language="en", as_of=AS_OF)
    assert type(made).from_json(made.to_json()) == made


def test_told_in_another_language_has_the_same_lines():
    english, french = (roll.build(LINES, withheld=2, language=language, as_of=AS_OF) for language in ("en", "fr"))
    assert roll.told_in(english, "fr") == french != english


def test_build_sets_individuals_apart_and_counts_each_country_once():
    people = [
        roll.Entry("Ama Doe", country="KE", affiliation="Professor, Lake University", kind="individual"),
        roll.Entry("Zoé Exemple", country="BE", kind="individual"),
    ]
    made = roll.build([*LINES, *people], withheld=0, language="en", as_of=AS_OF)
    assert [(group.title, [line.name for line in group.lines]) for group in made.individuals] == [
        ("Belgium", ["Zoé Exemple"]),
        ("Kenya", ["Ama Doe"]),
    ]
    assert (made.organizations, made.persons, made.countries) == (7, 2, 4)


def test_build_sorts_by_the_reading_where_there_is_one():
    lines = [
        roll.Entry("山の会", country="JP", reading="やまのかい"),
        roll.Entry("川の会", country="JP", reading="かわのかい"),
    ]
    made = roll.build(lines, withheld=0, language="ja", as_of=AS_OF)
    assert [line.name for line in made.groups[0].lines] == ["川の会", "山の会"]


def built(*entries, language="en", people=(), **arrangement):
    every = [*(roll.Entry(*one) if isinstance(one, tuple) else one for one in entries), *people]
    return roll.build(every, withheld=0, language=language, as_of=AS_OF, arrangement=Arrangement(**arrangement))


def shown(made):
    return [
        (group.title, [(line.number, line.name, line.country_name) for line in group.lines])
        for group in (*made.groups, *made.individuals)
    ]


MIXED = [
    roll.Entry("The Amber Fund", country="KE", scope="national"),
    roll.Entry("Bridge", country="FR", scope="local"),
    roll.Entry("Zebra Trust", country="EG", scope="international", is_initiator=True),
    roll.Entry("World Rivers", country="001", scope="international"),
]
PERSON = roll.Entry("Ama Doe", country="KE", kind="individual")


def test_arranges_in_one_list_with_articles_skipped_and_numbers():
    assert shown(built(*MIXED, people=[PERSON], group_by="none", skips_articles=True, numbering="continuous")) == [
        ("Initiators", [(1, "Zebra Trust", "Egypt")]),
        ("", [(2, "The Amber Fund", "Kenya"), (3, "Bridge", "France"), (4, "World Rivers", "International")]),
        ("", [(5, "Ama Doe", "Kenya")]),
    ]


def test_arranges_by_region_and_numbers_each_anew():
    assert shown(built(*MIXED, group_by="region", initiators_first=False, numbering="per_group")) == [
        ("International", [(1, "World Rivers", "International")]),
        ("Africa", [(1, "The Amber Fund", "Kenya"), (2, "Zebra Trust", "Egypt")]),
        ("Europe", [(1, "Bridge", "France")]),
    ]


def test_arranges_by_scope_what_says_none_at_the_end():
    """A sign-on that came in a list says nothing of where it works; where none does there is nothing to head."""
    brought = roll.Entry("Anchor", country="KE")
    groups = built(*MIXED, brought, group_by="scope").groups
    assert (groups[-1].title, [line.name for line in groups[-1].lines]) == ("Other organizations", ["Anchor"])
    assert [group.title for group in built(brought, group_by="scope").groups] == [""]


def test_arranges_by_scope_from_the_widest():
    assert [title for title, _ in shown(built(*MIXED, people=[PERSON], group_by="scope", initiators_first=False))] == [
        "International organizations",
        "National organizations",
        "Local organizations",
        "",
    ]


def test_arranges_by_kind():
    made = built(*MIXED, people=[PERSON], group_by="kind", initiators_first=False)
    assert [title for title, _ in shown(made)] == ["Organizations", "Individuals"]
    assert not made.heads_individuals


def test_articles_count_unless_the_letter_skips_them_and_a_reading_is_taken_as_it_is():
    def order(**arrangement):
        entries = [("The Amber Fund",), ("Bridge",), ("The Zoo", "", "", "", "The Ark")]
        return [name for _, lines in shown(built(*entries, group_by="none", **arrangement)) for _, name, _ in lines]

    assert order() == ["Bridge", "The Amber Fund", "The Zoo"]
    assert order(skips_articles=True) == ["The Amber Fund", "Bridge", "The Zoo"]


def test_a_person_is_no_initiator():
    assert [title for title, _ in shown(built(people=[PERSON._replace(is_initiator=True)]))] == ["Kenya"]


@pytest.mark.parametrize("group_by", GROUPINGS)
@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_whatever_the_arrangement_it_freezes_and_is_told_in_other_languages(group_by, numbering):
    rule = {"group_by": group_by, "numbering": numbering, "skips_articles": True}
    english, french = (built(*MIXED, people=[PERSON], language=one, **rule) for one in ("en", "fr"))
    frozen = Roll.from_json(json.loads(json.dumps(english.to_json())))
    assert frozen == english
    assert roll.told_in(frozen, "fr") == french
    assert (english.organizations, english.persons, english.countries) == (4, 1, 3)
    assert sorted(line.name for *_, line in english.every()) == sorted(one.name for one in [*MIXED, PERSON])
    assert {roll.names.fold(one.name) for one in [*MIXED, PERSON]} == {name for name, _ in roll.printed(english)}


def test_an_edition_frozen_before_there_were_arrangements_reads_as_it_was():
    made = built(*MIXED, initiators_first=True)
    data = built(*(one._replace(is_initiator=False) for one in MIXED)).to_json()
    del data["arrangement"]
    for group in data["groups"]:
        del group["by"]
        for line in group["lines"]:
            del line["country"], line["country_name"], line["number"]
    assert Roll.from_json(data) == built(*(one._replace(is_initiator=False) for one in MIXED)) != made


def test_no_country_is_none():
    entries = [roll.Entry("Quay Choir"), roll.Entry("Wells", country="KE")]
    made = roll.build(entries, withheld=0, language="en", as_of=AS_OF)
    assert (made.organizations, made.countries) == (2, 1)


KEEPING = (roll._arranged_lately, collation.key, collation.without_article)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_kept_of_names_that_are_withheld(language):
    """In the process, where they would stay after they are deleted everywhere else."""
    for one in KEEPING:
        one.cache_clear()
    rules = {"withheld": 0, "as_of": AS_OF, "arrangement": Arrangement(group_by=NONE, skips_articles=True)}
    made = roll.told_in(roll.build(LINES, language="en", is_kept=False, **rules), language, is_kept=False)
    assert [one.cache_info().currsize for one in KEEPING] == [0, len({"en", language}), 0]  # the heading
    assert made == roll.told_in(roll.build(LINES, language="en", **rules), language)
    assert all(one.cache_info().currsize for one in KEEPING)  # the control: of others it is
