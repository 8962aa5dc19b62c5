"""What becomes of a wording that a partner proposes."""

from dataclasses import replace

import pytest

from letters import changes, courtesy, services
from letters.models import Comment, Letter
from letters.services import placing, revisions
from tests.factories import (
    TextFactory,
    UserFactory,
)
from tests.letters.commenting.said import BODY, Answer, opened, say

pytestmark = pytest.mark.django_db

TEXT = {**dict.fromkeys(courtesy.LINES, ""), "body": ""}


def letter_of(partner):
    return Letter.objects.get(pk=partner.consultation.letter_id)


def rewrite(partner, body, language="en"):
    """Somebody writes on, and keeps it."""
    partner.consultation.letter.texts.filter(language=language).update(body=body)
    return revisions.keep(letter_of(partner), by=UserFactory())


def body_of(partner, language="en"):
    return letter_of(partner).texts.get(language=language).body


def test_the_second_to_answer_sees_the_first_answer(partner, user):
    made = say(partner)
    services.answer(made, answer=Answer.ACCEPTED, by=user)
    with pytest.raises(services.AnsweredMeanwhile):
        services.answer(made, answer=Answer.DECLINED, words="No.", by=user)
    services.answer(made, answer=Answer.DECLINED, words="No.", by=user, was=Answer.ACCEPTED)
    assert Comment.objects.get().answer == Answer.DECLINED


def test_a_wording_replaces_its_paragraph_and_nothing_else(partner, user):
    made = say(partner, words="", wording="We ask you to keep the bridge open.[^1]\n\n[^1]: All of it.")
    answered = services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    old = "<p>We ask you to keep the old bridge over the Lind open to everyone.</p>"
    new = '<p>We ask you to keep the bridge open.<sup data-footnote="">All of it.</sup></p>'
    assert body_of(partner) == BODY.replace(old, new)
    assert answered.answered_in == partner.consultation.letter.revision
    assert answered.answered_in.authentic["body"] == body_of(partner)
    assert Letter.objects.get().saved_by == user


@pytest.mark.parametrize(
    ("unit", "wording", "old", "new"),
    [
        (0, "What we ask for", "<h2>Our demands</h2>", "<h2>What we ask for</h2>"),
        (3, "Publish **all** reports.", "Publish the inspection report.", "Publish <strong>all</strong> reports."),
        (4, "None.\n\nNone.", "<p>It is the only crossing for forty miles.</p>", "<p>None.</p><p>None.</p>"),
        (2, "Repair.\n\nSoon.", "<p>Repair the northern pier before winter.</p>", "<p>Repair.</p><p>Soon.</p>"),
    ],
)  # fmt: skip
def test_a_wording_stays_what_its_paragraph_was(partner, user, unit, wording, old, new):
    """A heading, an item of a list, a quotation."""
    made = say(partner, unit=unit, wording=wording)
    services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    assert body_of(partner) == BODY.replace(old, new)


def test_a_wording_is_text_whatever_is_in_it(partner, user):
    made = say(partner, wording="<script>alert(1)</script> [x](javascript:alert(1))")
    services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    assert "<script" not in body_of(partner)
    assert "&lt;script&gt;" in body_of(partner)
    assert 'href="javascript' not in body_of(partner)


def test_a_wording_goes_where_the_paragraph_stands_now(partner, user):
    """Edited since, with others before it, and not even kept as a revision yet."""
    made = say(partner, wording="Keep it open.")
    edited = BODY.replace("<h2>", "<p>A preface, for once.</p><h2>").replace("everyone", "everyone, always")
    partner.consultation.letter.texts.update(body=edited)
    services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    old = "<p>We ask you to keep the old bridge over the Lind open to everyone, always.</p>"
    assert body_of(partner) == edited.replace(old, "<p>Keep it open.</p>")


def test_a_wording_without_its_paragraph_changes_nothing(partner, user):
    made = say(partner, wording="Keep it open.")
    gone = BODY.replace("<p>We ask you to keep the old bridge over the Lind open to everyone.</p>", "")
    rewrite(partner, gone)
    with pytest.raises(services.ParagraphGone):
        services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    made.refresh_from_db()
    assert (made.answer, body_of(partner)) == ("", gone)


@pytest.mark.parametrize("said", [{"unit": None, "wording": "Shorter."}, {"words": "Shorter."}])
def test_nothing_is_taken_where_no_wording_was_proposed(partner, user, said):
    made = say(partner, **said)
    with pytest.raises(services.ParagraphGone):
        services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)


def test_no_wording_goes_into_an_open_letter(partner, user):
    made = say(partner, wording="Keep it open.")
    opened(partner)
    with pytest.raises(services.NotDraft):
        services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    services.answer(made, answer=Answer.DECLINED, words="It has been opened.", by=user)
    assert body_of(partner) == BODY


@pytest.mark.parametrize("unit", range(5))
@pytest.mark.parametrize(("wording", "own"), [("Deux.", ["Deux."]), ("Deux.\n\nTrois.", ["Deux.", "Trois."])])
def test_a_wording_for_a_translation_leaves_the_other_paragraphs_checked(partner, user, unit, wording, own):
    letter = letter_of(partner)
    TextFactory(letter=letter, language="fr", is_authentic=False, body="", sources={})
    translated = [
        replace(one, own=one.authentic.replace(" ", " le "), source=one.authentic, state="fresh")
        for one in courtesy.beside({**TEXT, "sources": {}}, {**TEXT, "body": BODY})
    ]
    letter.texts.filter(language="fr").update(**courtesy.written(translated) | {"title": "Titre"})
    made = say(partner, revision=revisions.keep(letter, by=user), language="fr", unit=unit, wording=wording)
    services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    text = letter.texts.values().get(language="fr")
    beside = courtesy.beside(text, {**TEXT, "body": BODY})
    paragraphs = [one for one in beside if not one.is_line]
    assert [one.text for one in changes.units(paragraphs[unit].own)] == own
    assert [one.own for one in paragraphs if one.own != one.authentic.replace(" ", " le ")] == [paragraphs[unit].own]
    assert [one.state for one in paragraphs] == ["fresh"] * 5
    assert courtesy.written(beside)["body"] == text["body"]  # so they are pieces of this body
    assert body_of(partner) == BODY


def where(partner, *comments):
    text = partner.consultation.letter.texts.values("language", "body").get(language="en")
    rows = Comment.objects.select_related("revision", "answered_in").filter(pk__in=[one.pk for one in comments])
    found = placing.places(rows, text)
    return [found[one.pk] for one in comments]


def test_comments_survive_the_editing_of_their_paragraph(partner):
    heading, demand, pier, whole = say(partner, unit=0), say(partner), say(partner, unit=2), say(partner, unit=None)
    assert where(partner, heading, demand, pier, whole) == [0, 1, 2, None]
    edited = BODY.replace("<h2>Our demands</h2>", "<p>New.</p><p>Newer.</p>").replace("to everyone", "to all of us")
    rewrite(partner, edited)
    assert where(partner, heading, demand, pier, whole) == [None, 2, 3, None]


def test_a_comment_follows_its_wording_into_the_text(partner, user):
    """Even one that has no word in common with what it replaced."""
    made = say(partner, wording="Traffic must flow.")
    services.answer(made, answer=Answer.ACCEPTED, take_wording=True, by=user)
    rewrite(partner, body_of(partner).replace("<h2>", "<p>New.</p><h2>"))
    assert where(partner, made) == [2]
    Comment.objects.update(answered_in=None)  # the control
    assert where(partner, made) == [None]
