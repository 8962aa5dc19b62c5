"""What differs between two versions, in words and marks, as every page shows it."""

import pytest
from django.template.loader import render_to_string

from letters import changes
from letters.services.working import Working
from letters.templatetags.comparing import in_short
from letters.views.comparing import compared
from tests.letters.test_canonical import BODY, RECIPIENT, TEXT

TEXT = TEXT | {"headline": "", "body": BODY}
FRENCH = TEXT | {"language": "fr", "is_authentic": False, "title": "Lettre ouverte"}
OTHER = RECIPIENT | {"name": "Bo Lind", "office": "Speaker of the House", "organization": "Parliament"}
FRONT = {"place": "Geneva", "date": "2026-09-05", "date_precision": "day"}


def snapshot(*texts, recipients=(RECIPIENT,)):
    return {"texts": list(texts or [TEXT]), "recipients": list(recipients)}


def shown(old, new):
    html = render_to_string("letters/comparison.html", {"comparison": changes.compare(old, new)})
    return " ".join(html.split())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (snapshot(), snapshot(), "Nothing differs in what is signed."),
        (
            snapshot(),
            snapshot(TEXT | {"closing": "Sincerely,"}),
            "1 word inserted, 1 deleted.",
        ),
        (
            snapshot(),
            snapshot(TEXT | {"title": "Open letter – on the new Harbour Act"}),
            "1 word inserted.",
        ),
        (snapshot(), snapshot(TEXT | {"title": "Open letter – on the Act"}), "1 word deleted."),
        (
            snapshot(),
            snapshot(TEXT | {"title": "Open letter - on the Harbour Act"}),
            "Only typesetting differs, such as quotes, dashes and spaces. The digest is the same.",
        ),
        (
            snapshot(),
            snapshot(TEXT | {"closing": "Respectfully."}),
            "No words differ, but punctuation, links or the structure do.",
        ),
        (snapshot(), snapshot(recipients=[RECIPIENT, OTHER]), "Recipients changed."),
        (
            snapshot(),
            snapshot(TEXT | {"body": BODY.replace("example.org/act", "example.org/other")}),
            "No words differ, but punctuation, links or the structure do.",
        ),
        (snapshot(), snapshot(TEXT, FRENCH), "Text in French added."),
        (snapshot(TEXT, FRENCH), snapshot(), "Text in French removed."),
        (
            snapshot(TEXT, FRENCH),
            snapshot(TEXT | {"is_authentic": False}, FRENCH | {"is_authentic": True}),
            "French is the authentic text now.",
        ),
    ],
)
def test_in_short_says_what_differs(old, new, said):
    assert in_short(changes.compare(old, new)) == said


def test_comparison_shows_changed_parts_alone_in_their_own_direction():
    arabic = TEXT | {"language": "ar", "title": "من أجل الجسر"}
    html = shown(snapshot(arabic), snapshot(arabic | {"title": "من أجل الجسرين"}))
    assert '<p class="letter redline" lang="ar" dir="rtl">' in html
    assert "Title" in html
    assert "Body" not in html


def test_comparison_says_of_each_recipient_what_became_of_it():
    third = OTHER | {"name": "Cy Marsh", "office": "Clerk"}
    html = shown(
        snapshot(recipients=[RECIPIENT, OTHER]),
        snapshot(recipients=[OTHER | {"line": "cc", "office": "Former Speaker of the House"}, third]),
    )
    for words in ("Removed from place 1:", "Changed at place 1:", "Added at place 2:", "(to or copy to:"):
        assert words in html
    assert "Moved from place" in shown(snapshot(recipients=[RECIPIENT, OTHER]), snapshot(recipients=[OTHER, RECIPIENT]))


def test_comparison_folds_a_whole_new_text_away():
    html = shown(snapshot(), snapshot(TEXT, FRENCH))
    assert html.index("It was added.") < html.index("<details") < html.index("Lettre ouverte")


def test_comparison_writes_what_people_wrote_as_text():
    evil = '<script>alert("1")</script>'
    old = snapshot(TEXT | {"title": evil}, recipients=[RECIPIENT | {"name": evil}])
    html = shown(old, snapshot(TEXT | {"title": f"{evil} {evil}"}, recipients=[RECIPIENT | {"name": f"{evil} {evil}"}]))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_compared_shows_typesetting_where_nothing_else_changed():
    old, new = (Working([TEXT | {"title": title}], [RECIPIENT], FRONT) for title in ('The "Act"', "The “Act”"))
    found = compared(old, new)
    assert found["comparison"].is_typeset_only
    assert "<ins" in found["comparison"].texts[0].parts[0].html


def test_compared_tells_place_and_date_apart_from_what_is_signed():
    old, new = (Working([TEXT], [RECIPIENT], FRONT | front) for front in ({}, {"place": "Bern", "date": ""}))
    found = compared(old, new)
    assert found["comparison"].is_same
    assert [one.label for one in found["around"]] == ["Place", "Date"]
    assert "5 September 2026" in found["around"][1].html
