"""What partners say: while they are asked, about what they were shown, and where it is told."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from campaigns.models import JournalEntry, Mail
from letters import services
from letters.models import Comment, Partner
from tests.factories import (
    CommentFactory,
    RevisionFactory,
    UserFactory,
)
from tests.letters.commenting.said import Answer, Position, opened, say

pytestmark = pytest.mark.django_db

NOW = timezone.now


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
