"""A round of consultation: begun, extended and ended; partners invited, reminded, and their links withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import outbox
from campaigns.lifecycle import ForbiddenMove
from campaigns.models import JournalEntry, Mail
from letters import services
from letters.models import Comment, Consultation, Letter, Partner, Revision
from letters.services import consulting
from tests.factories import (
    CommentFactory,
    ConsultationFactory,
    LetterFactory,
    OpenLetterFactory,
    PartnerFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now
ADA = services.Invitee("Ada’s Bridge Watch", "Ada@Watch.example")


@pytest.fixture
def user():
    return UserFactory()


def begin(letter, user, **times):
    return services.begin_consultation(
        letter, by=user, **({"closes_at": NOW() + timedelta(days=7), "message": "Be frank."} | times)
    )


def status(letter):
    return Letter.objects.get(pk=letter.pk).status


def test_begin_keeps_what_partners_will_read(user):
    letter = LetterFactory()
    consultation = begin(letter, user)
    revision = Revision.objects.get()
    assert (revision.cause, revision.created_by) == (Revision.Cause.CONSULTED, user)
    assert status(letter) == Letter.Status.CONSULTATION
    assert consultation.takes_comments
    assert list(consultation.revisions) == [revision]


def test_partners_are_not_shown_what_was_written_before(user):
    letter = LetterFactory()
    for number, body in enumerate(("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>")):
        letter.texts.update(body=body)
        services.keep(letter, by=user)
        if number == 1:
            consultation = begin(letter, user)
    assert [revision.number for revision in consultation.revisions] == [2, 3]


def test_begin_later_takes_no_comments_yet(user):
    consultation = begin(LetterFactory(), user, opens_at=NOW() + timedelta(days=1))
    assert consultation.opens_later
    assert not consultation.takes_comments


@pytest.mark.parametrize(
    ("times", "fact"),
    [
        ({"closes_at": NOW() - timedelta(minutes=1)}, services.PastClosing),
        ({"opens_at": NOW() + timedelta(days=8)}, services.PastClosing),
    ],
)
def test_begin_refuses_impossible_times(user, times, fact):
    letter = LetterFactory()
    with pytest.raises(fact):
        begin(letter, user, **times)
    assert (status(letter), Consultation.objects.count()) == (Letter.Status.DRAFT, 0)


def test_begin_needs_something_to_comment_on(user):
    with pytest.raises(services.NotReady):
        begin(LetterFactory(text={"title": "T", "body": ""}), user)


def test_begin_refuses_an_open_letter(user):
    with pytest.raises(ForbiddenMove):
        begin(OpenLetterFactory(), user)


def test_one_round_at_a_time(user):
    letter = LetterFactory()
    begin(letter, user)
    with pytest.raises(services.AlreadyConsulting):
        begin(letter, user)


def test_begin_ends_a_round_whose_time_has_run_out(user):
    first = ConsultationFactory(closes_at=NOW() - timedelta(hours=1))
    second = begin(first.letter, user)
    first.refresh_from_db()
    assert first.ended_at == first.closes_at
    assert second.takes_comments
    assert status(first.letter) == Letter.Status.CONSULTATION


def test_end_gives_the_draft_back_once(user):
    consultation = ConsultationFactory()
    for _ in range(2):
        services.end_consultation(consultation, by=user)
    consultation.refresh_from_db()
    assert not consultation.takes_comments
    assert status(consultation.letter) == Letter.Status.DRAFT
    assert JournalEntry.objects.filter(verb="ended consultation").count() == 1


def test_opening_for_sign_on_ends_the_round(user):
    consultation = ConsultationFactory()
    consultation.letter.move_to(Letter.Status.OPEN, opens_at=NOW())
    services.end_consultation(consultation, by=user)
    assert status(consultation.letter) == Letter.Status.OPEN  # and ending it afterwards does not reopen the draft


def test_extend_gives_more_time_also_when_it_has_run_out(user):
    consultation = ConsultationFactory(closes_at=NOW() - timedelta(hours=1))
    services.extend_consultation(consultation, closes_at=NOW() + timedelta(days=1), by=user)
    assert Consultation.objects.get().takes_comments
    with pytest.raises(services.PastClosing):
        services.extend_consultation(consultation, closes_at=NOW() - timedelta(days=1), by=user)
    services.end_consultation(consultation, by=user)
    with pytest.raises(services.NotConsulting):
        services.extend_consultation(consultation, closes_at=NOW() + timedelta(days=1), by=user)


def test_invite_sends_a_link_that_the_database_does_not_hold(user, mailoutbox, settings):
    consultation = ConsultationFactory()
    assert services.invite_partners(consultation, [ADA], by=user) == []
    partner = Partner.objects.get()
    outbox.send_due()
    (mail,) = mailoutbox
    assert mail.to == ["ada@watch.example"]
    assert mail.reply_to == ["team@campaign.example"]
    assert f"{settings.SITE_URL}/comment/{partner.secret}/" in mail.body
    assert Partner.objects.found(partner.secret) == partner
    assert partner.secret not in str(list(Partner.objects.values()))


def test_invite_again_replaces_the_link(user, mailoutbox):
    consultation = ConsultationFactory()
    services.invite_partners(consultation, [ADA], by=user)
    first = Partner.objects.get().secret
    services.invite_partners(consultation, [services.Invitee("Ada’s Watch", "ada@watch.example", "fr")], by=user)
    second = Partner.objects.get()
    assert (second.organization, second.language) == ("Ada’s Watch", "fr")
    assert Partner.objects.found(first) is None
    assert Partner.objects.found(second.secret) == second
    outbox.send_due()
    assert len(mailoutbox) == 1  # the mail with the dead link has become pointless
    assert second.secret in mailoutbox[0].body


def test_pressing_twice_invites_once(user):
    consultation = ConsultationFactory()
    services.invite_partners(consultation, [ADA], by=user)
    secret = Partner.objects.get().secret
    services.invite_partners(consultation, [ADA], by=user)
    assert Partner.objects.get().secret == secret
    assert Mail.objects.count() == 1


def test_an_address_gets_five_mails_a_day(user):
    bo = services.Invitee("Bo", "bo@watch.example")
    for _ in range(consulting.MAILS_A_DAY):
        assert services.invite_partners(ConsultationFactory(), [ADA], by=user) == []
    last = ConsultationFactory()
    assert services.invite_partners(last, [ADA, bo], by=user) == [ADA]
    assert [partner.organization for partner in last.partners.all()] == ["Bo"]
    Mail.objects.update(created_at=NOW() - timedelta(hours=25))
    assert services.invite_partners(last, [ADA], by=user) == []


def test_invitations_to_a_later_round_wait_for_it(user, mailoutbox):
    consultation = begin(LetterFactory(), user, opens_at=NOW() + timedelta(days=1))
    services.invite_partners(consultation, [ADA], by=user)
    outbox.send_due()
    assert mailoutbox == []
    assert abs(Mail.objects.get().run_after - consultation.opens_at) < timedelta(seconds=5)


def test_nobody_is_invited_to_a_round_that_is_over(user):
    consultation = ConsultationFactory(closes_at=NOW() - timedelta(hours=1))
    with pytest.raises(services.NotConsulting):
        services.invite_partners(consultation, [ADA], by=user)


def test_revoke_ends_the_link_and_keeps_what_was_said(user):
    comment = CommentFactory()
    assert Partner.objects.found(comment.partner.secret) == comment.partner
    services.revoke_partner(comment.partner, by=user)
    assert Partner.objects.found(comment.partner.secret) is None
    assert list(Comment.objects.standing()) == [comment]
    again = services.Invitee("Back again", comment.partner.email)
    services.invite_partners(comment.partner.consultation, [again], by=user)
    assert Partner.objects.found(Partner.objects.get().secret) == comment.partner


def test_links_open_the_answers_for_a_while_after_the_round():
    def partner(days):
        ended = NOW() - timedelta(days=days)
        return PartnerFactory(consultation=ConsultationFactory(opens_at=ended - timedelta(days=1), closes_at=ended))

    recent, old = partner(89), partner(91)
    assert Partner.objects.found(recent.secret) == recent
    assert Partner.objects.found(old.secret) is None


def test_remind_writes_once_a_day_to_those_who_have_said_nothing(user, mailoutbox):
    consultation = ConsultationFactory()
    silent, spoke, stands, revoked, took_back = (PartnerFactory(consultation=consultation) for _ in range(5))
    CommentFactory(partner=spoke)
    CommentFactory(partner=took_back, withdrawn_at=NOW())
    services.state_position(stands, position=Partner.Position.SUPPORT)
    services.revoke_partner(revoked, by=user)
    assert services.remind_partners(consultation, by=user) == 2
    assert services.remind_partners(consultation, by=user) == 0
    outbox.send_due()
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([silent.email, took_back.email])
    Mail.objects.update(created_at=NOW() - timedelta(hours=25))
    assert services.remind_partners(consultation, by=user) == 2


def test_a_reminder_is_dropped_when_the_partner_speaks_first(user, mailoutbox):
    partner = PartnerFactory()
    services.remind_partners(partner.consultation, by=user)
    services.state_position(partner, position=Partner.Position.ACCEPT)
    outbox.send_due()
    assert mailoutbox == []


def test_nobody_is_reminded_of_a_round_that_is_over(user):
    with pytest.raises(services.NotConsulting):
        services.remind_partners(ConsultationFactory(closes_at=NOW() - timedelta(hours=1)), by=user)


def test_the_journal_names_nobody(user):
    consultation = ConsultationFactory()
    services.invite_partners(consultation, [ADA], by=user)
    services.remind_partners(consultation, by=user)
    services.revoke_partner(Partner.objects.get(), by=user)
    lines = str(list(JournalEntry.objects.values()))
    assert {"invited partner", "reminded", "revoked partner"} <= set(
        JournalEntry.objects.values_list("verb", flat=True)
    )
    assert "watch" not in lines.lower()
