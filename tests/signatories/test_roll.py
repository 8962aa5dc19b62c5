import random
from datetime import UTC, datetime

from signatories import roll

AS_OF = datetime(2026, 9, 5, 16, tzinfo=UTC)
LINES = [
    ("Zebra Trust", "", "KE"),
    ("Élan", "", "KE"),
    ("Eland Society", "ES", "KE"),
    ("World Rivers", "WR", "001"),
    ("Ríos Libres", "", "CL"),
    ("منظمة النهر", "", "EG"),
    ("Lake Networks", "", "002"),
]


def test_build_groups_by_international_region_and_country():
    built = roll.build(LINES, withheld=2, language="en", as_of=AS_OF)
    assert [(group.title, [line.name for line in group.lines]) for group in built.groups] == [
        ("International", ["World Rivers"]),
        ("Africa (regional)", ["Lake Networks"]),
        ("Chile", ["Ríos Libres"]),
        ("Egypt", ["منظمة النهر"]),
        ("Kenya", ["Élan", "Eland Society", "Zebra Trust"]),
    ]
    assert (built.organizations, built.countries, built.withheld) == (7, 3, 2)


def test_build_does_not_depend_on_the_order_given():
    shuffled = random.Random(3).sample(LINES, len(LINES))
    assert roll.build(shuffled, withheld=0, language="en", as_of=AS_OF) == roll.build(
        LINES, withheld=0, language="en", as_of=AS_OF
    )


def test_roll_survives_the_freezer():
    built = roll.build(LINES, withheld=2, language="en", as_of=AS_OF)
    assert type(built).from_json(built.to_json()) == built


def test_told_in_another_language_has_the_same_lines():
    english, french = (roll.build(LINES, withheld=2, language=language, as_of=AS_OF) for language in ("en", "fr"))
    assert roll.told_in(english, "fr") == french != english
