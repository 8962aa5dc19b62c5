"""Around the links: new ones by mail, questions, the second contact, and the mails one may do without."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import outbox, pausing
from campaigns.models import JournalEntry, Mail
from signatories import services
from signatories.models import Line, Purpose, SecondContact, Token
from signatories.services import asking, linking
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory, confirmation_token
from tests.signatories.own_page import fresh, mine, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("knows", [True, False])
def test_new_link_is_answered_alike_and_one_mail_goes_out(client, knows):
    signatory = SignatoryFactory(listed=True)
    address = signatory.contact_email if knows else "nobody@elsewhere.example"
    answer = client.post(reverse("signatories:new_link", args=[signatory.letter.slug]), {"email": address})
    assert "We write to the address you entered" in shown(answer)
    assert Mail.objects.get().kind == ("signatories.mine_link" if knows else "signatories.no_sign_on")


def test_new_link_is_new_and_ends_older_ones_once_somebody_says_so(client):
    signatory = SignatoryFactory(listed=True)
    old = mine(signatory)
    services.send_link(signatory.letter, email=signatory.contact_email, language="en")
    new = mine(signatory)
    assert new != old
    assert "Older links to this page work as well" in shown(client.get(new))
    assert "Older links to this page work as well" not in shown(client.get(old))
    end = f"{new}links/"
    client.get(end)
    assert "Tick the box" in shown(client.post(end))
    assert client.get(old).status_code == 200  # whoever asked for the new one may be a stranger
    assert client.post(end, {"sure": "on"}).url == f"{new}?done=ended"
    assert [client.get(link).status_code for link in (old, f"{old}data/", new)] == [404, 404, 200]
    assert client.get(end).url == new
    assert JournalEntry.objects.about(signatory).get().verb == "ended links"


def test_older_link_ends_no_newer_one_and_leads_to_none(client):
    signatory = SignatoryFactory(reviewing_since=timezone.now())
    old = mine(signatory)
    Token.objects.another(signatory)
    assert client.post(f"{old}links/", {"sure": "on"}).url == f"{old}?done=ended"
    assert client.get(mine(signatory)).status_code == 200
    assert client.post(f"{old}decide/", {"choice": "confirm", "revision": "1"}).url == old


def test_mails_bear_the_newest_link_and_say_that_older_ones_work_on(mailoutbox):
    signatory = SignatoryFactory(listed=True)
    Token.objects.mine(signatory)
    services.send_link(signatory.letter, email=signatory.contact_email, language="en")
    outbox.send_due()
    assert mine(signatory) in mailoutbox[0].body
    assert "Links in older mails work on until you end them on that page." in mailoutbox[0].body


@pytest.mark.parametrize(("waits_for", "answers"), [("board", 404), ("mailbox", 200)])
def test_ending_older_links_ends_the_first_mails_but_not_the_question_itself(client, waits_for, answers):
    signatory = SignatoryFactory(reviewing_since=timezone.now() if waits_for == "board" else None)
    asked = reverse("signatories:confirm", args=[confirmation_token(signatory)])
    services.end_older(Token.objects.another(signatory))
    assert client.get(asked).status_code == answers


def test_new_link_is_not_sent_for_a_page_of_another_site(client):
    signatory = SignatoryFactory(listed=True)
    address = reverse("signatories:new_link", args=[signatory.letter.slug])
    answers = {"email": signatory.contact_email}
    answer = client.post(address, answers, headers={"Sec-Fetch-Site": "cross-site"})
    assert (Mail.objects.count(), answer.context["form"]["email"].value()) == (0, signatory.contact_email)
    client.post(address, answers, headers={"Sec-Fetch-Site": "same-origin"})
    assert Mail.objects.count() == 1


def test_stranger_is_told_once_about_a_letter_and_few_are_told_in_an_hour(monkeypatch):
    letter, other = OpenLetterFactory(), OpenLetterFactory()
    for _ in range(3):
        services.send_link(letter, email="ama@river.example", language="en")
        services.send_link(letter, email="Ama+x@river.example", language="en")
    assert Mail.objects.count() == 1
    services.send_link(other, email="ama@river.example", language="en")
    assert Mail.objects.count() == 2
    monkeypatch.setattr(linking, "STRANGERS_AN_HOUR", 5)
    for number in range(9):
        services.send_link(letter, email=f"ama{number}@river{number}.example", language="en")
    assert Mail.objects.count() == 5


def test_few_strangers_are_told_for_one_place_and_those_who_signed_always(client):
    signatory = SignatoryFactory(listed=True)
    page = reverse("signatories:new_link", args=[signatory.letter.slug])

    def ask(number, place="192.0.2.7"):
        return client.post(page, {"email": f"ama@river{number}.example"}, REMOTE_ADDR=place).content

    answers = {ask(number) for number in range(linking.FROM_A_PLACE + 5)}
    assert (len(answers), Mail.objects.count()) == (1, linking.FROM_A_PLACE)
    ask("s", place="192.0.2.8")
    assert Mail.objects.count() == linking.FROM_A_PLACE + 1
    client.post(page, {"email": signatory.contact_email}, REMOTE_ADDR="192.0.2.7")
    assert Mail.objects.filter(kind="signatories.mine_link").count() == 1


def test_sign_on_is_kept_though_a_stranger_asked_for_links_before():
    letter = OpenLetterFactory()
    for _ in range(5):
        services.send_link(letter, email="ama@river.example", language="en")
    contact = services.Contact("Ama Mensah", "Director", "ama@river.example")
    line = Line("River Watch", "", "GH")
    services.sign_on(letter, line=line, visibility="public", scope="national", contact=contact, language="en")
    assert sorted(Mail.objects.values_list("kind", flat=True)) == ["signatories.confirm", "signatories.no_sign_on"]


def test_strangers_are_told_nothing_while_the_site_is_paused():
    letter = OpenLetterFactory()
    pausing.start(reason="A flood", by=UserFactory())
    services.send_link(letter, email="ama@river.example", language="en")
    assert Mail.objects.count() == 0


def test_question_is_answered_on_the_page(client):
    signatory = SignatoryFactory(confirmed=True)
    assert asking.ask(signatory, by=UserFactory(), words="Are you the branch in Orrinport?")
    assert not asking.ask(signatory, by=UserFactory(), words="And?")
    assert "We have a question." in shown(client.get(mine(signatory)))
    client.post(mine(signatory, "question"), {"words": "We are the national office."})
    assert signatory.questions.get().answer == "We are the national office."
    assert client.get(mine(signatory, "question")).status_code == 302


def test_second_contact_is_asked_once_the_first_has_confirmed(client):
    signatory = SignatoryFactory()
    SecondContact.objects.create(signatory=signatory, email="board@organization.example", email_hash="x")
    client.post(reverse("signatories:confirm", args=[confirmation_token(signatory)]), {"choice": "confirm"})
    assert Mail.objects.filter(kind="signatories.second_contact").count() == 1
    link = reverse("signatories:vouch", args=[signatory.tokens.get(purpose=Purpose.SECOND).secret])
    assert client.post(link).status_code == 200
    assert SecondContact.objects.get().answer == ""
    assert "see it before anything else" in shown(client.post(link, {"answer": "wrong"}))
    client.post(link, {"answer": "right"})
    assert SecondContact.objects.get().answer == "wrong"
    assert client.get(link).status_code == 404


def test_unsubscribing_takes_one_post_by_a_program_and_a_choice_by_a_person(client):
    signatory = SignatoryFactory(listed=True)
    link = reverse("signatories:unsubscribe", args=[Token.objects.unsubscribing(signatory).secret])
    assert client.get(link).status_code == client.post(link).status_code == 200
    assert fresh(signatory).unsubscribed_at is None
    client.post(link, {"List-Unsubscribe": "One-Click"})
    assert fresh(signatory).unsubscribed_at
    client.post(link, {"choice": "on"})
    assert fresh(signatory).unsubscribed_at is None
