"""The mails of a consultation: what they say, to whom, and how many there are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns import outbox
from campaigns.models import Mail
from letters import emails, services
from letters.models import Comment, Letter, Partner
from tests.factories import CommentFactory, ConsultationFactory, LetterFactory, PartnerFactory, TextFactory, UserFactory

pytestmark = pytest.mark.django_db
Answer, Position = Comment.Answer, Partner.Position


@pytest.fixture
def partner():
    return PartnerFactory(organization="Ferry & Friends", consultation__message="Be frank <please>.")


def later(**passed):
    """Let the outbox think that time has passed."""
    Mail.objects.unsent().update(run_after=timezone.now() - timedelta(seconds=1), **passed)
    outbox.send_due()


def html_of(mail):
    return mail.alternatives[0][0]


def invite(consultation, **more):
    return services.invite_partners(
        consultation, [services.Invitee("Ferry & Friends", "ferry@friends.example", **more)], by=UserFactory()
    )


def test_invitation_says_who_asks_what_and_until_when(partner, mailoutbox, settings):
    invite(partner.consultation)
    later()
    (mail,) = mailoutbox
    invited = Partner.objects.latest("pk")
    campaign = partner.consultation.letter.campaign
    link = f"{settings.SITE_URL}/comment/{invited.secret}/"
    assert mail.subject == f"{campaign} asks for your comments on “For the bridge over the Lind”"
    assert mail.reply_to == [campaign.contact_email]
    assert link in mail.body.splitlines()
    for said in ("Dear Ferry & Friends,", "please do not pass it on", "Be frank <please>.", "not for circulation"):
        assert said in mail.body
    assert "UTC." in mail.body
    assert f'<a href="{link}" dir="ltr">' in html_of(mail)
    assert "Be frank &lt;please&gt;." in html_of(mail)


def test_invitation_names_the_letter_in_the_partners_language(mailoutbox):
    letter = LetterFactory(status=Letter.Status.CONSULTATION)
    TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont")
    invite(ConsultationFactory(letter=letter), language="fr")
    later()
    assert mailoutbox[0].subject.endswith("vos commentaires sur « Pour le pont »")


@pytest.mark.parametrize("event", ["revoked", "ended"])
def test_invitation_is_dropped_when_it_has_become_pointless(partner, mailoutbox, event):
    invite(partner.consultation)
    if event == "revoked":
        services.revoke_partner(Partner.objects.latest("pk"), by=UserFactory())
    else:
        services.end_consultation(partner.consultation, by=UserFactory())
    later()
    assert mailoutbox == []


def test_reminder_has_the_same_link(partner, mailoutbox, settings):
    services.remind_partners(partner.consultation, by=UserFactory())
    later()
    (mail,) = mailoutbox
    assert f"{settings.SITE_URL}/comment/{partner.secret}/" in mail.body.splitlines()
    assert mail.reply_to == ["team@campaign.example"]
    assert "has not heard from you yet" in mail.body


def test_answers_go_out_together_after_a_while(partner, mailoutbox):
    said = [CommentFactory(partner=partner, words=words) for words in ("About <the> ferry.", "About the ford.")]
    services.answer(said[0], answer=Answer.ACCEPTED, by=UserFactory())
    services.answer(said[1], answer=Answer.DECLINED, words="There is <none>.", by=UserFactory())
    outbox.send_due()
    assert mailoutbox == []
    later()
    (mail,) = mailoutbox
    assert mail.to == [partner.email]
    for words in ("About <the> ferry.", "Accepted into the text", "About the ford.", "Not accepted: There is <none>."):
        assert words in mail.body
    assert "There is &lt;none&gt;." in html_of(mail)


def test_the_next_answers_are_a_mail_of_their_own(partner, mailoutbox):
    first, second = (CommentFactory(partner=partner, words=words) for words in ("The first.", "The second."))
    services.answer(first, answer=Answer.ACCEPTED, by=UserFactory())
    later()
    services.answer(second, answer=Answer.ACCEPTED, by=UserFactory())
    later()
    assert [("The first." in mail.body, "The second." in mail.body) for mail in mailoutbox] == [
        (True, False),
        (False, True),
    ]


def test_nobody_else_is_told_of_an_answer(partner, mailoutbox):
    PartnerFactory(consultation=partner.consultation)
    services.answer(CommentFactory(partner=partner), answer=Answer.ACCEPTED, by=UserFactory())
    later()
    assert [mail.to for mail in mailoutbox] == [[partner.email]]


def speak(partner, words="Why?"):
    revision = partner.consultation.letter.revision
    services.comment(partner, revision=revision, language="en", unit=0, words=words)


def test_team_is_told_once_for_what_is_said_within_minutes(partner, mailoutbox, settings):
    speak(partner, "My secret thought.")
    speak(partner, "Another one.")
    services.state_position(partner, position=Position.SUPPORT)
    outbox.send_due()
    assert mailoutbox == []
    later()
    (mail,) = mailoutbox
    letter = partner.consultation.letter
    assert mail.to == [letter.campaign.contact_email]
    assert mail.subject == "2 new comments on “For the bridge over the Lind”"
    assert "2 comments wait for an answer:" in mail.body
    assert "1 partner has stated its position." in mail.body
    assert f"{settings.SITE_URL}/desk/letters/{letter.slug}/consultation/" in mail.body.splitlines()
    for private in ("Ferry", "secret thought"):  # who said what is behind the login
        assert private not in mail.body + html_of(mail)


def test_team_is_told_of_a_position_alone(partner, mailoutbox):
    services.state_position(partner, position=Position.SUPPORT)
    later()
    assert mailoutbox[0].subject == "A partner’s position on “For the bridge over the Lind”"


def test_team_is_not_told_of_what_was_taken_back(partner, mailoutbox):
    speak(partner)
    services.withdraw_comment(Comment.objects.get())
    later()
    assert mailoutbox == []


def test_collected_mails_are_five_a_day(partner, mailoutbox):
    for number in range(emails.COLLECTED_A_DAY):
        speak(partner, f"Comment {number}.")
        later()
    assert len(mailoutbox) == emails.COLLECTED_A_DAY
    speak(partner, "One more.")
    speak(partner, "And another.")
    (waiting,) = Mail.objects.unsent()
    assert waiting.run_after > timezone.now() + timedelta(hours=23)
    later()
    assert mailoutbox[-1].subject.startswith("2 new comments")


def test_a_comment_made_while_the_mail_is_being_sent_is_told_in_another(partner, mailoutbox):
    speak(partner, "The first.")
    Mail.objects.update(state=Mail.State.SENDING, leased_until=timezone.now() + timedelta(minutes=1))
    speak(partner, "The second.")
    assert Mail.objects.filter(state=Mail.State.QUEUED).count() == 1
