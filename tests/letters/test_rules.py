"""Who may sign a letter, and what others may take of it."""

import pytest
from django.urls import reverse

from campaigns.models import JournalEntry
from letters import services
from letters.models import Letter
from tests.factories import LetterFactory, MembershipFactory, OpenLetterFactory, SignatoryFactory
from tests.letters.desk import fields, words
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

RULES = ("open_to", "may_be_indexed", "shares_list")


def rules(letter):
    return Letter.objects.values_list(*RULES).get(pk=letter.pk)


def send(client, address, **chosen):
    """What somebody chooses on the page as it is now."""
    return client.post(address, chosen | {"seen": fields(client.get(address))["seen"]})


@pytest.fixture
def desk(client):
    def of(letter, role="coordinator"):
        member = MembershipFactory(campaign=letter.campaign, role=role).user
        sign_in(client, member)
        return reverse("letters:rules", args=[letter.slug])

    return of


@pytest.mark.parametrize("make", [LetterFactory, OpenLetterFactory])
def test_rules_are_set_at_the_desk_before_and_after_opening(client, desk, make):
    letter = make()
    address = desk(letter)
    assert rules(letter) == ("organizations", True, True)
    shown = client.get(address).context["form"].initial
    assert {name: shown[name] for name in RULES} == dict(zip(RULES, ("organizations", True, True), strict=True))
    send(client, address, open_to="both")
    assert rules(letter) == ("both", False, False)
    send(client, address, open_to="organizations", may_be_indexed="on", shares_list="on")
    assert rules(letter) == ("organizations", True, True)
    assert JournalEntry.objects.filter(verb="ruled").count() == 2


def test_overview_leads_there(client, desk):
    address = desk(letter := LetterFactory())
    assert f'href="{address}"' in client.get(reverse("letters:overview", args=[letter.slug])).content.decode()


def test_rules_are_not_for_translators(client, desk):
    letter = LetterFactory()
    assert client.post(desk(letter, "translator"), {"open_to": "both"}).status_code == 404
    assert rules(letter) == ("organizations", True, True)


@pytest.mark.parametrize("standing", [{}, {"confirmed": True}, {"listed": True}, {"status": "invalid"}])
def test_a_letter_with_individuals_stays_open_to_them(client, desk, standing):
    letter = OpenLetterFactory(open_to="both")
    SignatoryFactory(letter=letter, kind="individual", **standing)
    address = desk(letter)
    assert "taking that back" in client.get(address).content.decode()
    answer = send(client, address, open_to="organizations")
    assert list(answer.context["form"].errors) == ["open_to"]
    assert rules(letter) == ("both", True, True)
    with pytest.raises(services.IndividualsHaveSigned):
        services.set_rules(
            letter, open_to="organizations", may_be_indexed=True, shares_list=True, by=letter.revision.created_by
        )
    send(client, address, open_to="both")  # the other rules are free
    assert rules(letter) == ("both", False, False)


def test_individuals_who_have_gone_hold_nobody_up(client, desk):
    letter = OpenLetterFactory(open_to="both")
    SignatoryFactory(letter=letter, kind="individual", status="withdrawn")
    send(client, desk(letter), open_to="organizations", may_be_indexed="on")
    assert rules(letter) == ("organizations", True, False)


def test_a_page_left_open_switches_nothing_back(client, desk):
    letter = OpenLetterFactory()
    address = desk(letter)
    stale = fields(client.get(address))
    send(client, address, open_to="organizations", shares_list="on")  # somebody else: not to be indexed
    assert rules(letter) == ("organizations", False, True)

    chosen = stale | {"open_to": "both"}
    answer = client.post(address, chosen)
    assert answer.status_code == 200
    assert rules(letter) == ("organizations", False, True)
    assert "Somebody has switched this off meanwhile" in words(answer)
    assert list(answer.context["form"].errors) == ["may_be_indexed"]  # the others have not changed
    kept = fields(answer)
    assert {name: kept[name] for name in RULES} == {name: chosen[name] for name in RULES}

    client.post(address, kept)  # having seen it
    assert rules(letter) == ("both", True, True)


def test_a_page_left_open_says_who_may_sign_now(client, desk):
    letter = LetterFactory()
    address = desk(letter)
    stale = fields(client.get(address))
    send(client, address, open_to="both", may_be_indexed="on", shares_list="on")
    answer = client.post(address, stale)
    assert f"Somebody has changed this meanwhile, to “{Letter.OpenTo.BOTH.label}”." in words(answer)
    assert rules(letter) == ("both", True, True)


def test_rules_sent_twice_are_set_once_without_a_complaint(client, desk):
    letter = OpenLetterFactory()
    address = desk(letter)
    sent = fields(client.get(address)) | {"open_to": "both"}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    assert rules(letter) == ("both", True, True)
    assert JournalEntry.objects.filter(verb="ruled").count() == 1
