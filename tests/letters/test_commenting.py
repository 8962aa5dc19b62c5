"""What partners say, where it stands when the text moves on, and what becomes of a proposed wording."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters import changes, courtesy, services
from letters.models import Comment, Letter, Partner
from letters.services import placing, revisions
from tests.factories import (
    CommentFactory,
    ConsultationFactory,
    LetterFactory,
    PartnerFactory,
    RevisionFactory,
    TextFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
Answer, Position = Comment.Answer, Partner.Position
NOW = timezone.now
BODY = (
    "<h2>Our demands</h2><p>We ask you to keep the old bridge over the Lind open to everyone.</p>"
    "<ul><li><p>Repair the northern pier before winter.</p></li><li><p>Publish the inspection report.</p></li></ul>"
    "<blockquote><p>It is the only crossing for forty miles.</p></blockquote>"
)
TEXT = {**dict.fromkeys(courtesy.LINES, ""), "body": ""}


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def partner():
    letter = LetterFactory(status=Letter.Status.CONSULTATION, text={"body": BODY})
    return PartnerFactory(consultation=ConsultationFactory(letter=letter))


def letter_of(partner):
    return Letter.objects.get(pk=partner.consultation.letter_id)


def say(partner, **said):
    revision = partner.consultation.letter.revision
    return services.comment(partner, **({"revision": revision, "language": "en", "unit": 1, "words": "Why?"} | said))


def rewrite(partner, body, language="en"):
    """Somebody writes on, and keeps it."""
    partner.consultation.letter.texts.filter(language=language).update(body=body)
    return revisions.keep(letter_of(partner), by=UserFactory())


def body_of(partner, language="en"):
    return letter_of(partner).texts.get(language=language).body


def test_comment_is_kept_with_what_was_read(partner):
    made = say(partner, words=" Which bridge? ")
    assert (made.words, made.unit, made.revision) == ("Which bridge?", 1, partner.consultation.letter.revision)
    assert list(JournalEntry.objects.about(made).values_list("verb", "actor_id")) == [("commented", None)]


def test_the_same_words_within_minutes_are_one_comment(partner):
    first = say(partner)
    assert say(partner) == first
    assert say(partner, unit=2) != first
    Comment.objects.update(made_at=NOW() - timedelta(minutes=11))
    assert say(partner) != first


def over(partner):
    type(partner.consultation).objects.update(closes_at=NOW() - timedelta(seconds=1))


def not_begun(partner):
    type(partner.consultation).objects.update(opens_at=NOW() + timedelta(days=1))


def ended(partner):
    services.end_consultation(partner.consultation, by=UserFactory())


def revoked(partner):
    services.revoke_partner(partner, by=UserFactory())


def opened(partner):
    services.open_for_signing(partner.consultation.letter, by=UserFactory())


@pytest.mark.parametrize("end", [over, not_begun, ended, revoked, opened])
def test_a_partner_speaks_only_while_it_is_asked(partner, end):
    made = say(partner)  # the control: until then it may
    services.state_position(partner, position=Position.SUPPORT)
    end(partner)
    stale = Partner.objects.select_related("consultation__letter").get(pk=partner.pk)
    for act in (
        lambda: say(stale, words="Too late."),
        lambda: services.withdraw_comment(made),
        lambda: services.state_position(stale, position=Position.ACCEPT),
    ):
        with pytest.raises(services.NotConsulting):
            act()
    assert list(Comment.objects.standing()) == [made]
    assert Partner.objects.get().position == Position.SUPPORT


@pytest.mark.parametrize("said", [{"unit": 5}, {"unit": -1}, {"language": "fr"}])
def test_comment_refuses_what_is_not_there(partner, said):
    say(partner, unit=4)
    with pytest.raises(services.NotShown):
        say(partner, **said)


def test_comment_refuses_what_the_partner_was_never_shown(partner):
    """Otherwise the quotation beside the comment would show what the team wrote before."""
    letter = partner.consultation.letter
    later, earlier = letter.revision, partner.consultation.opens_at - timedelta(hours=1)
    type(partner.consultation).objects.update(opens_at=NOW())
    newest = RevisionFactory(letter=letter, number=2, created_at=NOW() - timedelta(minutes=1))
    partner.consultation.refresh_from_db()
    assert later.created_at > earlier
    assert say(partner, revision=newest).revision == newest
    with pytest.raises(services.NotShown):
        say(partner, revision=later)


def test_withdraw_while_unanswered(partner, user):
    made, answered = say(partner), say(partner, words="And why?")
    services.withdraw_comment(made)
    services.withdraw_comment(made)
    services.answer(answered, answer=Answer.PARTLY, by=user)
    with pytest.raises(services.AnsweredMeanwhile):
        services.withdraw_comment(answered)
    assert list(Comment.objects.standing()) == [answered]
    with pytest.raises(services.TakenBack):
        services.answer(made, answer=Answer.ACCEPTED, by=user)


def test_position_keeps_the_newest_word(partner):
    services.state_position(partner, position=Position.REFUSE, unless="The pier is named.")
    services.state_position(partner, position=Position.ACCEPT, unless="The pier is named.")
    partner.refresh_from_db()
    assert (partner.position, partner.unless) == (Position.ACCEPT, "")


def test_a_refusal_says_what_would_change_it(partner):
    with pytest.raises(services.ReasonMissing):
        services.state_position(partner, position=Position.REFUSE, unless="  ")
    with pytest.raises(IntegrityError), transaction.atomic():  # and the database says so too
        Partner.objects.update(position=Position.REFUSE, stated_at=NOW())


def test_declining_says_why(partner, user):
    made = say(partner)
    with pytest.raises(services.ReasonMissing):
        services.answer(made, answer=Answer.DECLINED, words=" ", by=user)
    services.answer(made, answer=Answer.DECLINED, words="It has been said.", by=user)
    made.refresh_from_db()
    assert (made.answer, made.answer_words, made.answered_by) == (Answer.DECLINED, "It has been said.", user)


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [0, 1])
def test_a_comment_and_the_end_of_the_round_come_one_after_the_other(partner, user, first):
    outcomes = []

    def commenting():
        try:
            outcomes.append(say(Partner.objects.get(pk=partner.pk)).pk)
        except services.NotConsulting:
            outcomes.append(None)
        finally:
            connection.close()

    def ending():
        services.end_consultation(partner.consultation, by=user)
        connection.close()

    threads = [Thread(target=act) for act in (commenting, ending)]
    for thread in threads[first:] + threads[:first]:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Comment.objects.values_list("pk", flat=True).first()]
    partner.consultation.refresh_from_db()
    assert partner.consultation.ended_at is not None
    assert all(made_at < partner.consultation.ended_at for made_at in Comment.objects.values_list("made_at", flat=True))


def test_nothing_that_was_said_is_in_the_journal(partner, user):
    services.state_position(partner, position=Position.REFUSE, unless="The secret pier.")
    made = say(partner, words="The secret pier.", wording="The secret pier.")
    services.answer(made, answer=Answer.DECLINED, words="The secret pier.", by=user)
    assert "secret" not in str(list(JournalEntry.objects.values()))
    assert partner.organization not in str(list(JournalEntry.objects.values()))


def test_a_revoked_partner_gets_no_more_mail(user):
    comment = CommentFactory()
    services.revoke_partner(comment.partner, by=user)
    services.answer(comment, answer=Answer.ACCEPTED, by=user)
    assert Mail.objects.filter(kind="letters.comment_answers").count() == 0
