"""Which class of amendment is proposed: in doubt the heavier one."""

import pytest

from letters.changes import spelling
from letters.changes.weight import proposed
from tests.letters.test_canonical import RECIPIENT, TEXT

BODY = (
    "<p>The <strong>goverment</strong> should not not build before 5 May.</p><ul><li><p>We we ask for independant"
    " acheivement.</p></li></ul><p>See <a href=\"https://a.example/\">the Act</a>.<sup data-footnote=\"\">Its sixth"
    " artcle.</sup></p>"
)  # fmt: skip
TEXT = TEXT | {"headline": "", "body": BODY}
FRENCH = TEXT | {"language": "fr", "is_authentic": False, "body": "<p>Lettre</p>"}
OTHER = RECIPIENT | {"name": "Bo Lind"}


def snapshot(texts=(TEXT,), recipients=(RECIPIENT,)):
    return {"texts": list(texts), "recipients": list(recipients)}


def proposed_for(*changes, language="en"):
    changed = BODY
    for old, new in changes:
        assert old in changed
        changed = changed.replace(old, new, 1)
    text = TEXT | {"language": language}
    return proposed(snapshot([text]), snapshot([text | {"body": changed}])).klass


@pytest.mark.parametrize(
    "changes",
    [
        [("<strong>goverment</strong>", "goverment")],
        [("acheivement.", "acheivement\u200b.")],
        [("The ", "The\u00a0")],
    ],
)
def test_typesetting_is_typographic(changes):
    assert proposed_for(*changes) == "typographic"


@pytest.mark.parametrize(
    "changes",
    [
        [("goverment", "government")],
        [("acheivement", "achievement")],
        [("independant", "independent")],
        [("We we", "We")],
        [("artcle", "article")],
        [("goverment", "government"), ("acheivement", "achievement"), ("We we", "We"), ("artcle", "article")],
    ],
)
def test_spelling_is_a_correction(changes):
    assert proposed_for(*changes) == "correction"


@pytest.mark.parametrize(
    "changes",
    [
        [("not not", "not")],
        [("not not", "")],
        [("should", "shall")],
        [("should", "must")],
        [("5 May", "6 May")],
        [("5 May", "5 June")],
        [("build", "builds")],
        [("build", "rebuild")],
        [("We we", "They")],
        [("acheivement.", "acheivement!")],
        [("acheivement.", "acheivement")],
        [("build before", "build, before")],
        [("a.example", "b.example")],
        [("the Act</a>", "the</a> Act")],
        [("Its sixth", "Its tenth")],
        [('<sup data-footnote="">Its sixth artcle.</sup>', "")],
        [("<ul><li><p>", "<p>"), ("</p></li></ul>", "</p>")],
        [("<ul>", "<ol>"), ("</ul>", "</ol>")],
        [("</p></li></ul><p>", " ")],
        [("</p><ul>", "</p><p>And more.</p><ul>")],
        [("The <strong>", "<strong>The "), ("build", "sing")],
        [("goverment", "government"), ("acheivement", "achievement"), ("5 May", "7 May")],
    ],
)
def test_anything_else_in_the_authentic_body_is_substance(changes):
    assert proposed_for(*changes) == "substance"


def test_spelling_in_a_language_whose_words_of_force_we_do_not_know_is_substance():
    assert proposed_for(("goverment", "government"), language="en-GB") == "correction"
    assert proposed_for(("goverment", "government"), language="sw") == "substance"


def test_many_corrections_are_substance():
    wrong = [f"independant{letter}ly" for letter in "abcdef"]
    old, new = (f"<p>{' '.join(words)}</p>" for words in (wrong, [word.replace("ant", "ent") for word in wrong]))
    few = (f"<p>{' '.join(words)}</p>" for words in (wrong[:5], [word.replace("ant", "ent") for word in wrong[:5]]))
    assert [
        proposed(snapshot([TEXT | {"body": one}]), snapshot([TEXT | {"body": other}])).klass
        for one, other in ((old, new), few)
    ] == ["substance", "correction"]


@pytest.mark.parametrize("part", ["title", "re_line", "salutation", "closing"])
def test_words_of_any_line_are_substance(part):
    assert proposed(snapshot(), snapshot([TEXT | {part: TEXT[part] + " indeed"}])).klass == "substance"


@pytest.mark.parametrize(
    "recipients",
    [[], [OTHER], [RECIPIENT, OTHER], [RECIPIENT | {"line": "cc"}], [RECIPIENT | {"email": "a@b.org"}]],
)
def test_any_change_of_recipients_is_forced_substance(recipients):
    found = proposed(snapshot(), snapshot(recipients=recipients))
    assert (found.klass, found.is_forced, found.reasons) == ("substance", True, ("The recipients change.",))


def test_order_of_recipients_is_forced_substance():
    found = proposed(snapshot(recipients=[RECIPIENT, OTHER]), snapshot(recipients=[OTHER, RECIPIENT]))
    assert (found.klass, found.is_forced) == ("substance", True)


@pytest.mark.parametrize(
    ("old", "new", "klass", "needs_reason"),
    [
        ([TEXT], [TEXT, FRENCH], "typographic", True),
        ([TEXT, FRENCH], [TEXT], "correction", False),
        ([TEXT, FRENCH], [TEXT, FRENCH | {"body": "<p>Autre</p>"}], "correction", False),
        ([TEXT, FRENCH], [TEXT, FRENCH | {"title": "Autre"}], "correction", False),
        ([TEXT], [TEXT | {"body": BODY.replace("acheivement", "achievement")}, FRENCH], "correction", False),
        ([TEXT], [TEXT | {"body": "<p>New.</p>"}, FRENCH], "substance", False),
        ([TEXT, FRENCH], [TEXT | {"is_authentic": False}, FRENCH | {"is_authentic": True}], "substance", False),
        ([TEXT], [TEXT | {"language": "fr"}], "substance", False),
        ([TEXT], [TEXT | {"is_authentic": False}], "substance", False),
        ([TEXT], [], "substance", False),
        ([TEXT], [TEXT | {"headline": "750+"}], "typographic", False),
    ],
)
def test_languages_weigh_as_they_are_authentic_or_not(old, new, klass, needs_reason):
    found = proposed(snapshot(old), snapshot(new))
    assert (found.klass, found.needs_reason) == (klass, needs_reason)


@pytest.mark.parametrize(
    ("new", "allowed"),
    [
        ([TEXT | {"title": "Other"}], ("correction", "substance")),
        ([TEXT, FRENCH], ("typographic", "correction", "substance")),
        ([TEXT | {"language": "fr"}], ("substance",)),
        ([TEXT | {"is_authentic": False}], ("substance",)),
    ],
)
def test_no_other_word_passes_as_typesetting(new, allowed):
    assert proposed(snapshot([TEXT]), snapshot(new)).allowed == allowed


def test_reasons_name_the_heaviest_first():
    found = proposed(snapshot(), snapshot([TEXT | {"title": "Other"}, FRENCH], [OTHER]))
    assert found.reasons == (
        "The recipients change.",
        "The title changes.",
        "A courtesy translation is added (fr).",
    )


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("goverment", "government", "en"),
        ("Goverment", "Government", "en"),
        ("comission", "commission", "en"),
        ("recieve", "receive", "en"),
        ("definately", "definitely", "en"),
        ("developpement", "développement", "fr"),
        ("responsabillités", "responsabilités", "fr"),
        ("Menchenrechte", "Menschenrechte", "de"),
        ("правителство", "правительство", "ru"),
    ],
)
def test_mistakes_inside_long_words_are_corrected(old, new, language):
    assert spelling.is_corrected(old, new, language)


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("country", "county", "en"),
        ("mediation", "meditation", "en"),
        ("moral", "amoral", "en"),
        ("legal", "illegal", "en"),
        ("State", "States", "en"),
        ("employer", "employee", "en"),
        ("affect", "effect", "en"),
        ("adopt", "adapt", "en"),
        ("Niger", "Nigeria", "en"),
        ("Austria", "Australia", "en"),
        ("now", "not", "en"),
        ("should", "shoud", "en"),
        ("1,000", "1,500", "en"),
        ("it's", "its", "en"),
        ("same", "same", "en"),
        ("State", "state", "en"),
        ("pourrait", "pourait", "fr"),
        ("nicht", "niicht", "de"),
        ("حكومه", "حكومة", "ar"),
        ("سياسية", "سياسة", "en"),
    ],
)
def test_what_may_be_another_word_is_not_corrected(old, new, language):
    assert not spelling.is_corrected(old, new, language)
    assert not spelling.is_corrected(new, old, language)


@pytest.mark.parametrize("language", spelling.FORCES)
def test_words_of_force_are_never_corrected(language):
    for word in spelling.FORCES[language]:
        assert not spelling.is_corrected(word[:2] + word[1:], word, language)
        assert not spelling.is_written_twice(word, word, language)
