"""Two vetters for one sign-on: by a campaign's rule, or because one of them asks another."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse

from campaigns.models import JournalEntry, Mail, Role
from signatories import services
from signatories.models import Line, Opinion, Signatory
from tests.factories import CampaignFactory, MembershipFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import fields
from tests.signatories.own_page import corrected, fresh, shown, token_of
from tests.signatories.vetting_desk import QUEUE, decide, demonstration, in_bulk, names, page

__all__ = ["demonstration"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return OpenLetterFactory(campaign=CampaignFactory(needs_two_vetters=True))


@pytest.fixture
def vetters():
    people = UserFactory.create_batch(3, is_staff=True, is_demonstration=True)
    for user in people:
        user.user_permissions.set(Permission.objects.filter(codename="vet_signatory"))
    return people


def confirmed(letter, **fields):
    return SignatoryFactory(letter=letter, confirmed=True, **fields)


def approve(signatory, by):
    return services.approve(Signatory.objects.filter(pk=signatory.pk), by=by)


# --- By the campaign's rule ---


def test_first_approval_is_noted_and_the_second_persons_lists(letter, vetters):
    one, other, _third = vetters
    signatory = confirmed(letter)
    assert [approve(signatory, by) for by in (one, one)] == [0, 0]
    assert (fresh(signatory).status, Mail.objects.count()) == ("confirmed", 0)
    assert [(opinion.by, opinion.says) for opinion in Opinion.objects.open()] == [(one, "approves")]
    assert approve(signatory, other) == 1
    assert (fresh(signatory).status, fresh(signatory).decided_by) == ("listed", other)
    assert list(Opinion.objects.open()) == []
    verbs = JournalEntry.objects.about(signatory).values_list("verb", "actor_id")
    assert list(verbs.order_by("pk")) == [("approved first", one.pk), ("moved", other.pk)]


def test_without_the_rule_one_vetter_lists(vetters):
    signatory = confirmed(OpenLetterFactory())
    assert approve(signatory, vetters[0]) == 1


def test_approval_holds_for_the_line_that_was_seen(letter, vetters, monkeypatch):
    monkeypatch.setattr("signatories.services.correcting.WHILE_SHOWN", timedelta())
    one, other, _third = vetters
    signatory = confirmed(letter, line=Line("River Wach", "", "KE"))
    approve(signatory, one)
    corrected(signatory, name="River Watch")
    assert approve(signatory, other) == 0
    assert services.has_approved(fresh(signatory), by=one) is False
    assert approve(signatory, one) == 1


def test_decision_taken_back_needs_two_again(letter, vetters):
    one, other, third = vetters
    signatory = confirmed(letter)
    approve(signatory, one)
    approve(signatory, other)
    services.reconsider(Signatory.objects.all(), by=third)
    assert approve(signatory, third) == 0


@pytest.mark.parametrize("end", ["decline", "duplicate", "decline_together"])
def test_other_decisions_need_one_and_settle_what_was_said(letter, vetters, end):
    one, other, _third = vetters
    kept, signatory = confirmed(letter), confirmed(letter)
    approve(signatory, one)
    if end == "decline":
        services.decline(Signatory.objects.filter(pk=signatory.pk), by=other, reason="other")
    elif end == "duplicate":
        services.mark_duplicate(fresh(signatory), of=kept, by=other)
    else:
        (made,) = services.decline_together({signatory.pk: "confirmed"}, reason="other", by=other)
    assert list(Opinion.objects.open()) == []
    if end == "decline_together":
        services.undo(made, by=other)
        assert [opinion.by for opinion in Opinion.objects.open()] == [one]


def test_rule_lists_nobody_where_two_vetters_look():
    campaign = CampaignFactory.build(lists_known=True)
    assert campaign.lists_by_rule
    campaign.needs_two_vetters = True
    assert not campaign.lists_by_rule


def test_many_approved_at_once_are_noted_and_then_listed(client, letter, vetters):
    one, other, _third = vetters
    crowd = [confirmed(letter), confirmed(letter)]
    free = confirmed(OpenLetterFactory())
    client.force_login(one)
    words = in_bulk(client, "approve", [*crowd, free]).content.decode()
    assert "Of 2 only your approval is noted" in words
    assert "1 e-mail in all." in words
    told = shown(client.get(in_bulk(client, "approve", [*crowd, free], sure="yes").url))
    assert "The approval of 2 is noted" in told
    assert "left as it is" not in told
    assert [fresh(signatory).status for signatory in (*crowd, free)] == ["confirmed", "confirmed", "listed"]
    client.force_login(other)
    in_bulk(client, "approve", crowd, sure="yes")
    assert {fresh(signatory).status for signatory in crowd} == {"listed"}


def test_page_says_whose_approval_is_noted(client, letter, vetters):
    one, other, _third = vetters
    signatory = confirmed(letter)
    client.force_login(one)
    assert "once another vetter has approved it too" in shown(client.get(page(signatory)))
    told = shown(client.get(decide(client, signatory, "approve").url))
    assert "Noted. It is listed once another vetter has approved it too." in told
    assert [one.name for one in client.get(page(signatory)).context["decisions"]] == [
        *("decline", "duplicate", "ask", "recall"),
    ]
    decide(client, signatory, "approve")
    assert fresh(signatory).status == "confirmed"
    client.force_login(other)
    assert f"<bdi>{one}</bdi>: Has approved it" in client.get(QUEUE).content.decode()
    assert names(client.get(QUEUE, {"second": "approved"})) == [signatory.line.name]
    assert names(client.get(QUEUE, {"second": "mine"})) == []
    told = shown(client.get(decide(client, signatory, "approve").url))
    assert "Listed. The contact is told by e-mail." in told


def test_own_approval_can_be_taken_back(client, letter, vetters):
    one, other, _third = vetters
    signatory = confirmed(letter)
    client.force_login(one)
    decide(client, signatory, "approve")
    decide(client, signatory, "recall")
    assert approve(signatory, other) == 0


# --- Asked for ---


def test_who_asks_for_another_opinion_does_not_list_alone(vetters):
    one, other, _third = vetters
    signatory = confirmed(OpenLetterFactory())
    assert services.ask_second(signatory, by=one, note="Who are they?")
    assert approve(signatory, one) == 0
    assert approve(signatory, other) == 1


def test_other_vetters_see_that_they_are_asked(client, vetters):
    one, other, _third = vetters
    signatory = confirmed(OpenLetterFactory())
    confirmed(signatory.letter)
    client.force_login(one)
    decide(client, signatory, "second", **{"second-note": "Is this the same house?"})
    client.force_login(other)
    assert "Asks for a second opinion" in client.get(QUEUE).content.decode()
    assert names(client.get(QUEUE))[0] == signatory.line.name
    assert names(client.get(QUEUE, {"second": "asked"})) == [signatory.line.name]
    assert "Is this the same house?" in shown(client.get(page(signatory)))
    blocks = {block["title"]: block["items"] for block in client.get(reverse("admin:index")).context["queue"]}
    assert [item["label"] for item in blocks["A second opinion is asked for"]] == [signatory.line.name]


def test_listed_one_comes_into_the_queue_and_may_stay_as_it_is(client, vetters):
    one, other, _third = vetters
    signatory = SignatoryFactory(listed=True)
    services.ask_second(signatory, by=one, note="")
    client.force_login(one)
    assert "settle" not in [decision.name for decision in client.get(page(signatory)).context["decisions"]]
    client.force_login(other)
    assert names(client.get(QUEUE)) == [signatory.line.name]
    decide(client, signatory, "settle")
    assert names(client.get(QUEUE)) == []
    assert fresh(signatory).status == "listed"


def test_note_is_encrypted_in_no_journal_and_goes_with_the_contact(vetters):
    signatory = SignatoryFactory(listed=True)
    services.ask_second(signatory, by=vetters[0], note="Canary Street 5")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM signatories_opinion")
        assert "Canary" not in cursor.fetchone()[0]
    assert [entry for entry in JournalEntry.objects.all() if "Canary" in str(entry.data)] == []
    services.erase(token_of(signatory), keeps_line=True)
    assert Opinion.objects.count() == 0


def test_nothing_is_asked_about_what_is_over(vetters):
    assert services.ask_second(SignatoryFactory(status="withdrawn"), by=vetters[0], note="") is False


def test_contact_sees_nothing_of_what_vetters_say(client, letter, vetters):
    signatory = confirmed(letter)
    address = reverse("signatories:mine", args=[token_of(signatory).secret])
    before = client.get(address).content
    services.ask_second(signatory, by=vetters[0], note="Canary")
    approve(signatory, vetters[1])
    assert client.get(address).content == before


# --- Who says that two look ---


@pytest.mark.parametrize(("role", "now"), [(Role.OWNER, True), (Role.COORDINATOR, False)])
def test_owners_alone_choose_that_two_look(client, role, now):
    member = MembershipFactory(role=role)
    client.force_login(member.user)
    campaign = member.campaign
    address = reverse("campaigns:campaign", args=[campaign.slug])
    client.post(address, fields(client.get(address)) | {"needs_two_vetters": "on"})
    campaign.refresh_from_db()
    assert campaign.needs_two_vetters is now
    assert JournalEntry.objects.filter(verb="needs two vetters").count() == int(now)
