"""What somebody says against a sign-on or a correction is reached from the overview, whatever the letter's phase."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import JournalEntry
from letters import services
from letters.models import Letter
from letters.views import following
from signatories.models import Objection, SecondContact
from tests.factories import LetterFactory, OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.desk import team_member, words
from tests.letters.following.pages import url
from tests.letters.test_amending import amended

pytestmark = pytest.mark.django_db

SAID_NO = "nobody was entitled to sign"
NOT_ASKED = "we did not ask for this"
AGAINST = "1 objection to a correction of the text"


@pytest.fixture(params=["open", "paused", "over", "closed", "archived"])
def letter(client, request):
    letter = OpenLetterFactory()
    team_member(client, letter)
    return in_phase(letter, request.param)


def in_phase(letter, phase):
    """The same letter, there; amended before."""
    one = SignatoryFactory(letter=letter, listed=True)
    amendment = amended(letter, "correction", title="For the bridge over the Linde")
    letter.refresh_from_db()
    letter.about = one, amendment
    if phase == "paused":
        services.pause(letter, by=UserFactory())
    elif phase == "over":
        Letter.objects.filter(pk=letter.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
    elif phase != "open":
        services.close(letter, by=UserFactory())
        if phase == "archived":
            Letter.objects.get().move_to(Letter.Status.ARCHIVED)
    return letter


def test_second_contact_that_objects_is_reached_until_somebody_decides(client, letter):
    signatory = SignatoryFactory(letter=letter, confirmed=True)
    second = SecondContact.objects.create(signatory=signatory, email="b@organization.example", email_hash="x")
    assert SAID_NO not in words(client.get(url(letter)))
    SecondContact.objects.filter(pk=second.pk).update(answer="wrong", answered_at=timezone.now())
    assert f"1 sign-on: {SAID_NO}" in words(client.get(url(letter)))
    address = url(letter, "signatories") + "?state=doubted"
    assert address in words(client.get(url(letter)))
    shown = words(client.get(address))
    assert (signatory.line.name in shown, letter.about[0].line.name in shown) == (True, False)
    decided = {"decided_at": timezone.now() + timedelta(seconds=1), "decided_by": UserFactory()}
    type(signatory).objects.filter(pk=signatory.pk).update(**decided)
    assert SAID_NO not in words(client.get(url(letter)))


def test_mailbox_that_did_not_ask_is_reached_for_a_week(client, letter, monkeypatch):
    signatory = SignatoryFactory(letter=letter, status="withdrawn")
    JournalEntry.objects.record("refused", SignatoryFactory(), letter=OpenLetterFactory().pk)
    assert NOT_ASKED not in words(client.get(url(letter)))
    JournalEntry.objects.record("refused", signatory, letter=letter.pk)
    assert f"1 mailbox has answered in the last week: {NOT_ASKED}" in words(client.get(url(letter)))
    shown = words(client.get(url(letter, "signatories") + "?state=disowned"))
    assert (signatory.line.name in shown, letter.about[0].line.name in shown) == (True, False)
    monkeypatch.setattr(following, "A_WEEK", timedelta(0))
    assert NOT_ASKED not in words(client.get(url(letter)))


def test_objection_to_a_correction_is_reached(client, letter):
    assert AGAINST not in words(client.get(url(letter)))
    signatory, amendment = letter.about
    Objection.objects.create(signatory=signatory, amendment=amendment, words="It is the Lind.")
    shown = words(client.get(url(letter)))
    answers = f"/desk/letters/{letter.slug}/answers/"
    assert (AGAINST in shown, f"{answers}#objections" in shown) == (True, True)
    assert "It is the Lind." in words(client.get(answers))


def test_closed_letter_says_that_amending_needs_opening_again(client):
    letter = OpenLetterFactory()
    team_member(client, letter)
    services.close(letter, by=UserFactory())
    assert "To amend it, open the letter again first" in words(client.get(url(letter)))
    told = words(client.post(url(letter, "prepare_amendment"), follow=True))
    assert "open it again first, once it is closed" in told


def test_amendment_that_closing_has_interrupted_waits(client):
    letter = OpenLetterFactory()
    user = team_member(client, letter)
    services.prepare_amendment(letter, by=user)
    services.close(letter, by=UserFactory())
    assert "An amendment was being prepared when sign-on closed." in words(client.get(url(letter)))
    assert "The amendment that was being prepared is kept" in words(client.get(url(letter, "amend"), follow=True))
    closes_at = timezone.now() + timedelta(days=3)
    services.reopen(letter, closes_at=closes_at, reason="To amend it", by=user)
    assert "Go on with the amendment" in words(client.get(url(letter)))


def test_draft_says_nothing_of_amending_or_objecting(client):
    letter = LetterFactory()
    team_member(client, letter)
    shown = words(client.get(url(letter)))
    assert ("To amend it" in shown, "Somebody objects" in shown) == (False, False)
