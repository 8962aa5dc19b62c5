"""A vetter decides, about one and about many."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from campaigns.models import JournalEntry, Mail
from letters.models import Letter
from signatories import services
from signatories.models import Signatory
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.signatories.vetting_desk import QUEUE, confirmed, decide, demonstration, in_bulk, page, vetter

__all__ = ["demonstration", "vetter"]

pytestmark = pytest.mark.django_db

# --- One by one ---


def test_approve_lists_tells_and_logs(client, vetter):
    signatory = confirmed()
    assert decide(client, signatory, "approve").url == QUEUE
    signatory.refresh_from_db()
    assert (signatory.status, signatory.decided_by) == ("listed", vetter)
    assert [mail.kind for mail in Mail.objects.about(signatory)] == ["signatories.listed"]
    entry = JournalEntry.objects.about(signatory).get()
    assert (entry.actor_id, entry.data) == (vetter.pk, {"was": "confirmed", "now": "listed"})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "The contact is told by e-mail."),
        ({"contact_email": ""}, "No e-mail goes out: there is no address."),
        ({"amended": True}, "The contact is told by e-mail once it agrees to the text in force."),
    ],
)
def test_approve_says_which_mail_goes_out(client, vetter, facts, words):
    is_amended = facts.pop("amended", False)
    signatory = confirmed(**facts)
    if is_amended:
        Letter.objects.filter(pk=signatory.letter_id).update(substance=2)
    body = client.get(page(signatory)).content.decode()
    assert (words in body) == bool(facts or is_amended)
    told = client.get(decide(client, signatory, "approve").url).content.decode()
    assert f"Listed. {words}" in told
    assert Mail.objects.about(signatory).exists() != bool(facts or is_amended)


def test_decline_says_when_there_is_no_address(client, vetter):
    signatory = confirmed(contact_email="")
    answers = {"decline-reason": "not_eligible", "decline-note": ""}
    told = client.get(decide(client, signatory, "decline", **answers).url).content.decode()
    assert "Not accepted. No e-mail goes out: there is no address." in told


def test_decline_asks_for_a_reason(client, vetter):
    signatory = confirmed()
    response = decide(client, signatory, "decline")
    assert "Choose a reason: the contact is told." in response.content.decode()
    signatory.refresh_from_db()
    assert signatory.status == "confirmed"
    decide(client, signatory, "decline", **{"decline-reason": "not_eligible", "decline-note": "Sorry."})
    signatory.refresh_from_db()
    assert (signatory.decline_reason, signatory.decline_note) == ("not_eligible", "Sorry.")
    assert signatory.status == "declined"
    assert [mail.kind for mail in Mail.objects.about(signatory)] == ["signatories.not_accepted"]


def test_duplicate_is_set_aside_and_reconsidered(client, vetter):
    letter = OpenLetterFactory()
    kept = confirmed("Oremba Boat Families", letter=letter)
    double = confirmed("Boat Families Oremba", letter=letter)
    elsewhere = confirmed("Oremba Boat Families")
    decide(client, double, "duplicate", **{"duplicate-of": str(elsewhere.pk)})
    double.refresh_from_db()
    assert double.status == "confirmed"
    decide(client, double, "duplicate", **{"duplicate-of": str(kept.pk)})
    double.refresh_from_db()
    assert (double.status, double.duplicate_of) == ("duplicate", kept)
    decide(client, double, "reconsider")
    double.refresh_from_db()
    assert (double.status, double.duplicate_of) == ("confirmed", None)


def test_reconsider_says_when_another_one_stands(client, vetter):
    letter = OpenLetterFactory()
    declined = confirmed("Oremba Boat Families", letter=letter)
    services.decline(Signatory.objects.filter(pk=declined.pk), by=vetter, reason="other")
    confirmed("Oremba Boat Families", letter=letter)
    declined.refresh_from_db()
    response = client.post(page(declined), {"decision": "reconsider", "seen": "declined"}, follow=True)
    assert "another sign-on of the same organization" in response.content.decode()
    declined.refresh_from_db()
    assert declined.status == "declined"


@pytest.mark.parametrize("decision", ["decline", "duplicate", "approve"])
def test_second_vetter_is_told_and_undoes_nothing(client, vetter, decision):
    letter = OpenLetterFactory()
    kept = confirmed("Kept", letter=letter)
    signatory = confirmed("Contested", letter=letter)
    services.approve(Signatory.objects.filter(pk=signatory.pk), by=UserFactory())
    answers = {"decline-reason": "other", "duplicate-of": str(kept.pk)}
    response = client.post(page(signatory), {"decision": decision, "seen": "confirmed", **answers}, follow=True)
    assert "somebody else decided" in response.content.decode()
    signatory.refresh_from_db()
    assert signatory.status == "listed"
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("status", ["pending", "withdrawn", "lapsed"])
def test_page_offers_nothing_where_nothing_can_be_decided(client, vetter, status):
    signatory = SignatoryFactory(status=status)
    assert client.get(page(signatory)).context["decisions"] == []
    decide(client, signatory, "approve")
    signatory.refresh_from_db()
    assert signatory.status == status


def test_page_tells_the_story(client, vetter):
    signatory = confirmed("Oremba Boat Families", "OBF", website="boats.example")
    services.decline(Signatory.objects.filter(pk=signatory.pk), by=vetter, reason="other", note="No such street.")
    words = client.get(page(signatory)).content.decode()
    assert "https://boats.example" in words
    assert "No such street." in words
    assert re.search(rf"Not accepted\s+\(<bdi>{vetter.name}</bdi>\)", words)
    assert "waiting to be sent" in words


# --- In bulk ---


def test_bulk_approve_counts_the_mails_that_go(client, vetter):
    """Who came in a list may have no address, and who agreed to an older text is written to later."""
    letter = OpenLetterFactory()
    three = [confirmed("One", letter=letter), confirmed("Two", letter=letter), confirmed("Three", letter=letter)]
    Signatory.objects.filter(pk=three[1].pk).update(contact_email="", attestation="team")
    asked = in_bulk(client, "approve", three).content.decode()
    assert ("2 e-mails in all." in asked, "1 gets none: it has no address" in asked) == (True, True)
    told = client.get(in_bulk(client, "approve", three, sure="yes").url).content.decode()
    assert Mail.objects.filter(kind="signatories.listed").count() == 2
    assert "3 listed. E-mails go to 2: the other has no address" in told


def test_bulk_approve_says_first_what_will_happen(client, vetter):
    letter = OpenLetterFactory()
    two = [confirmed("One", letter=letter), confirmed("Two", letter=letter)]
    double = confirmed("Double", letter=letter)
    double.move_to("duplicate", duplicate_of=two[0])
    response = in_bulk(client, "approve", [*two, double])
    words = response.content.decode()
    assert "3 signatories chosen." in words
    assert "2 can be decided now." in words
    assert "1 stays as it is" in words
    assert "2 e-mails in all." in words
    assert set(Signatory.objects.values_list("status", flat=True)) == {"confirmed", "duplicate"}
    in_bulk(client, "approve", [*two, double], sure="yes")
    assert sorted(Signatory.objects.values_list("status", flat=True)) == ["duplicate", "listed", "listed"]
    assert Mail.objects.filter(kind="signatories.listed").count() == 2
    assert JournalEntry.objects.filter(actor_id=vetter.pk, data__now="listed").count() == 2


def test_bulk_of_everything_takes_only_what_was_shown(client, vetter):
    shown = confirmed("Shown")
    confirmed("Came later")
    in_bulk(client, "approve", [shown], sure="yes", select_across="1")
    assert dict(Signatory.objects.values_list("name", "status")) == {"Shown": "listed", "Came later": "confirmed"}
