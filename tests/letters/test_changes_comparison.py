"""What compare says about a whole letter."""

from letters.changes.redline import compare
from tests.letters.test_canonical import BODY, RECIPIENT, TEXT
from tests.letters.test_changes_redline import seen

TEXT = TEXT | {"headline": "", "body": BODY}
OTHER = RECIPIENT | {"name": "Bo Lind", "office": "Speaker of the House", "organization": "Parliament"}


def snapshot(texts=(TEXT,), recipients=(RECIPIENT,)):
    return {"texts": list(texts), "recipients": list(recipients)}


def parts(change):
    return {part.name: seen(part.html) for part in change.parts if part.is_changed}


def test_compare_of_equals_finds_nothing():
    found = compare(snapshot(), snapshot())
    assert (found.is_same, found.is_typeset_only, found.inserted, found.deleted) == (True, False, 0, 0)
    assert [text.state for text in found.texts] == ["same"]
    assert [recipient.state for recipient in found.recipients] == ["same"]
    assert [part.name for part in found.texts[0].parts] == ["title", "salutation", "body", "closing"]


def test_compare_marks_parts_and_counts_words():
    changed = TEXT | {"title": "Open letter – on the new Harbour Act", "body": BODY.replace("wrong", "plainly unjust")}
    found = compare(snapshot(), snapshot([changed]))
    assert (found.is_same, found.inserted, found.deleted) == (False, 3, 1)
    (text,) = found.texts
    assert text.state == "changed"
    assert sorted(parts(text)) == ["body", "title"]
    assert parts(text)["title"] == "Open letter – on the <ins>new</ins> Harbour Act"


def test_compare_says_when_only_typesetting_differs():
    found = compare(snapshot(), snapshot([TEXT | {"title": "Open letter - on the Harbour Act"}]))
    assert (found.is_same, found.is_typeset_only, found.texts[0].state) == (True, True, "same")
    exact = compare(snapshot(), snapshot([TEXT | {"title": "Open letter - on the Harbour Act"}]), exact=True)
    assert parts(exact.texts[0]) == {"title": "Open letter <del>–</del> <ins>-</ins> on the Harbour Act"}


def test_compare_shows_a_headline_although_it_is_not_signed():
    found = compare(snapshot(), snapshot([TEXT | {"headline": "750+ organizations"}]))
    assert (found.is_same, found.is_typeset_only, found.texts[0].state) == (True, True, "changed")
    assert parts(found.texts[0]) == {"headline": "<ins>750+ organizations</ins>"}


def test_compare_names_languages_added_and_removed():
    french, arabic = ({**TEXT, "language": language, "is_authentic": False} for language in ("fr", "ar"))
    found = compare(snapshot([TEXT, french]), snapshot([TEXT, arabic]))
    assert [(text.language, text.state) for text in found.texts] == [("en", "same"), ("ar", "added"), ("fr", "removed")]


def test_compare_says_which_text_was_and_is_authentic():
    french = TEXT | {"language": "fr", "is_authentic": False}
    turned = [TEXT | {"is_authentic": False}, french | {"is_authentic": True}]
    found = compare(snapshot([TEXT, french]), snapshot(turned))
    assert [(text.language, text.was_authentic, text.is_authentic) for text in found.texts] == [
        ("en", True, False),
        ("fr", False, True),
    ]


def test_compare_follows_recipients():
    changed = RECIPIENT | {"office": "Minister of Roads"}
    third = RECIPIENT | {"name": "Cy Marsh", "office": "Ombudsperson", "organization": "", "line": "cc"}
    found = compare(snapshot(recipients=[RECIPIENT, OTHER]), snapshot(recipients=[OTHER, changed, third]))
    told = [(one.state, one.old_place, one.place) for one in found.recipients]
    assert told == [("same", 2, 1), ("changed", 1, 2), ("added", 0, 3)]
    assert sum(one.is_moved for one in found.recipients) == 1
    (office,) = (field for field in found.recipients[1].fields if field.is_changed)
    assert (office.name, seen(office.html)) == ("office", "Minister of <del>Ports</del> <ins>Roads</ins>")
    gone = compare(snapshot(recipients=[RECIPIENT, OTHER]), snapshot(recipients=[RECIPIENT]))
    assert [one.state for one in gone.recipients] == ["same", "removed"]
