"""The vetting desk, where it hears from signatories: answers, doubts, lines asked for, mailboxes that said no."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from campaigns import silence
from campaigns.models import Suppression
from signatories import services
from signatories.models import Line, Purpose, SecondContact, Signatory, Token
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:signatories_signatory_changelist")


@pytest.fixture
def vetter(client, settings):
    settings.DEBUG = True  # lets demonstration logins in without a second step
    user = UserFactory(is_staff=True, is_demonstration=True)
    user.user_permissions.set(Permission.objects.filter(codename="vet_signatory"))
    client.force_login(user)
    return user


def page(signatory):
    return reverse("admin:signatories_signatory_change", args=[signatory.pk])


def names(response):
    return [signatory.line.name for signatory in response.context["cl"].result_list]


def confirmed(name, age=0, **facts):
    when = timezone.now() - timedelta(days=age)
    return SignatoryFactory(confirmed=True, confirmed_at=when, line=Line(name, country="KE"), **facts)


def token_of(signatory):
    return Token.objects.found(Purpose.MINE, Token.objects.mine(signatory).secret)


def doubt(signatory):
    SecondContact.objects.create(signatory=signatory, email="board@rivers.example", email_hash="x")
    services.vouch(token_of(signatory), answer="wrong")


def test_queue_begins_with_doubts_and_answers(client, vetter):
    letter = OpenLetterFactory()
    confirmed("Oldest", 9, letter=letter)
    confirmed("Older", 8, letter=letter)
    answered, doubted = confirmed("Answered", 2, letter=letter), confirmed("Doubted", 1, letter=letter)
    services.ask(answered, by=vetter, words="Are you the branch?")
    assert names(client.get(QUEUE)) == ["Oldest", "Older", "Answered", "Doubted"]
    services.answer(token_of(answered), words="The national office.")
    doubt(doubted)
    response = client.get(QUEUE)
    assert names(response) == ["Doubted", "Answered", "Oldest", "Older"]
    assert "nobody was entitled to sign" in response.content.decode()
    assert "Has answered the question" in response.content.decode()
    assert "The national office." in client.get(page(answered)).content.decode()


def test_front_page_shows_doubts_and_answers_until_somebody_decides(client, vetter):
    def shown():
        blocks = client.get(reverse("admin:index")).context["queue"]
        return [item["label"] for block in blocks for item in block["items"] if item["label"] == "Lantern House"]

    signatory = confirmed("Lantern House")
    assert shown() == []
    doubt(signatory)
    services.ask(signatory, by=vetter, words="Are you the branch?")
    services.answer(token_of(signatory), words="Yes.")
    assert shown() == ["Lantern House"] * 2
    services.approve(Signatory.objects.all(), by=vetter)
    assert shown() == []


def test_asking_writes_a_mail_and_can_be_done_once_at_a_time(client, vetter):
    signatory = confirmed("Lantern House")
    deed = {"decision": "ask", "seen": "confirmed"}
    client.post(page(signatory), deed | {"ask-words": ""})
    assert not signatory.questions.exists()
    client.post(page(signatory), deed | {"ask-words": "Are you the branch?"})
    client.post(page(signatory), deed | {"ask-words": "And?"})
    assert [one.words for one in signatory.questions.all()] == ["Are you the branch?"]
    assert "No answer yet." in client.get(page(signatory)).content.decode()


@pytest.mark.parametrize(
    ("decision", "name"), [("accept_line", "Lantern House Lima"), ("refuse_line", "Lantern House")]
)
def test_line_asked_for_is_decided_on(client, vetter, decision, name):
    signatory = SignatoryFactory(listed=True, line=Line("Lantern House", country="KE"))
    line = Line("Lantern House Lima", country="KE")
    services.correct(token_of(signatory), line=line, kind=signatory.kind, contact_name="Ana", contact_role="Director")
    assert names(client.get(QUEUE)) == ["Lantern House"]
    assert "asks to be printed as" in client.get(page(signatory)).content.decode()
    asked = signatory.corrections.get().pk
    assert f'name="{decision}-asked" value="{asked}"' in client.get(page(signatory)).content.decode()
    client.post(page(signatory), {"decision": decision, "seen": "listed", f"{decision}-asked": asked})
    assert Signatory.objects.get().line.name == name
    assert names(client.get(QUEUE)) == []


def test_line_that_was_asked_for_since_is_not_printed_unseen(client, vetter):
    signatory = SignatoryFactory(listed=True, line=Line("Lantern House", country="KE"))
    contact = {"kind": signatory.kind, "contact_name": "Ana", "contact_role": "Director"}
    services.correct(token_of(signatory), line=Line("Lantern House Lima", country="KE"), **contact)
    seen = signatory.corrections.get()
    services.correct(token_of(signatory), line=Line("Ministry of Nonsense", country="KE"), **contact)
    answers = {"decision": "accept_line", "seen": "listed", "accept_line-asked": seen.pk}
    shown = client.post(page(signatory), answers, follow=True).content.decode()
    assert "Nothing was changed" in shown
    assert Signatory.objects.get().line.name == "Lantern House"
    assert not services.decide(seen, accept=True, by=vetter)


def test_page_shown_before_the_line_changed_approves_nothing(client, vetter):
    signatory = confirmed("Lantern House")
    shown_at = re.search(r'name="shown_at" value="([^"]+)"', client.get(page(signatory)).content.decode())[1]
    line = Line("Ministry of Lanterns", country="KE")
    services.correct(token_of(signatory), line=line, kind=signatory.kind, contact_name="Ana", contact_role="Director")
    client.post(page(signatory), {"decision": "approve", "seen": "confirmed", "shown_at": shown_at})
    assert Signatory.objects.get().status == "confirmed"


def test_refusal_is_shown_and_the_silence_can_be_lifted(client, vetter):
    signatory = SignatoryFactory()
    services.refuse(Token.objects.found(Purpose.CONFIRM, confirmation_token(signatory)))
    assert signatory.reference in client.get(reverse("admin:index")).content.decode()
    assert "we did not ask for this" in client.get(page(signatory)).content.decode()
    assert silence.is_kept(signatory.contact_email)
    suppressions = reverse("admin:campaigns_suppression_changelist")
    assert signatory.contact_email not in client.get(suppressions).content.decode()
    (one,) = Suppression.objects.all()
    client.post(reverse("admin:campaigns_suppression_delete", args=[one.pk]), {"post": "yes"})
    assert not silence.is_kept(signatory.contact_email)


def test_deleted_sign_on_has_words_in_the_queue(client, vetter):
    services.erase(token_of(confirmed("Lantern House")), keeps_line=False)
    assert ">deleted<" in client.get(QUEUE, {"state": "all"}).content.decode()
