"""What My sign-on says has been done: as far as it is so, whatever the address claims."""

import pytest
from django.utils import timezone, translation

from signatories import services
from signatories.models import Correction, Line, Token
from signatories.services import asking
from signatories.views import done
from tests.factories import SignatoryFactory, UserFactory
from tests.signatories.own_page import mine, shown, token_of

pytestmark = pytest.mark.django_db

KEPT = {"name": "Silvermoss", "country": "GH", "contact_name": "Ama", "contact_role": "Director"}


def told(answer):
    """The sentence, which is where the focus is when the page opens."""
    _, found, rest = shown(answer).partition('<div class="notice notice-ok" role="status" tabindex="-1" autofocus><p>')
    return rest.partition("</p>")[0] if found else ""


def test_answering_a_question_is_said(client):
    signatory = SignatoryFactory(confirmed=True)
    asking.ask(signatory, by=UserFactory(), words="Are you the branch?")
    assert told(client.get(mine(signatory) + "?done=answered")) == ""
    answer = client.post(mine(signatory, "question"), {"words": "No."}, follow=True)
    assert told(answer) == "Your answer has reached the vetters."
    asking.ask(signatory, by=UserFactory(), words="Where, then?")
    assert told(client.get(mine(signatory) + "?done=answered")) == ""


def test_choosing_who_sees_the_name_is_said_as_it_stands(client):
    signatory = SignatoryFactory(confirmed=True)
    answer = client.post(mine(signatory, "visibility"), {"visibility": "counted"}, follow=True)
    assert told(answer) == "This is your choice now: “Count us, withhold our name”."
    assert "Print our name" in told(client.get(mine(SignatoryFactory(confirmed=True)) + "?done=shown"))


def test_ending_older_links_is_said_while_there_are_none(client):
    signatory = SignatoryFactory(confirmed=True)
    Token.objects.mine(signatory)
    newer = Token.objects.another(signatory)
    page = f"/mine/{newer.secret}/"
    assert told(client.get(page + "?done=ended")) == ""
    answer = client.post(page + "links/", {"sure": "on"}, follow=True)
    assert told(answer).startswith("Older links to this page open nothing any more")


def test_correcting_is_said_and_that_a_vetter_looks_at_it_first(client):
    signatory = SignatoryFactory(confirmed=True, line=Line("Silver Moss", "", "GH"))
    answer = client.post(mine(signatory, "correct"), KEPT, follow=True)
    assert told(answer) == "The line below is the one that counts now."
    Correction.objects.create(signatory=signatory, sealed={"name": "Goldmoss", "country": "GH"}, kind="organization")
    assert told(client.get(mine(signatory) + "?done=corrected")).startswith("A vetter looks at another line first.")


def test_choosing_mails_is_said(client):
    signatory = SignatoryFactory(listed=True)
    answer = client.post(mine(signatory, "subscription"), {"choice": "off"}, follow=True)
    assert told(answer) == "You get no reminders and no news."
    services.subscribe(token_of(signatory))
    assert told(client.get(mine(signatory) + "?done=subscribed")) == "Reminders and news about this letter come to you."


def test_agreeing_is_said_of_the_revision_that_was_agreed_to(client):
    signatory = SignatoryFactory(listed=True)
    assert told(client.get(mine(signatory) + "?done=agreed")) == "You have agreed to revision 1 of the letter."
    letter = signatory.letter
    letter.substance += 1
    letter.save()
    assert told(client.get(mine(signatory) + "?done=agreed")) == ""
    assert told(client.get(mine(SignatoryFactory()) + "?done=agreed")) == ""


@pytest.mark.parametrize("status", ["withdrawn", "declined", "lapsed"])
@pytest.mark.parametrize("word", list(done.TOLD))
def test_of_who_is_not_on_the_letter_nothing_is_said(client, status, word):
    """Nor that a line counts, a choice is made, or mails come."""
    declined = {"decided_by": UserFactory(), "decided_at": timezone.now(), "decline_reason": "other"}
    facts = {"declined": declined, "withdrawn": {"withdrawn_at": timezone.now()}, "lapsed": {}}
    signatory = SignatoryFactory(status=status, **facts[status])
    assert told(client.get(mine(signatory), {"done": word})) == ""


@pytest.mark.parametrize("word", ["corrected", "shown", "subscribed"])
def test_of_who_is_on_the_letter_it_is_said(client, word):
    """The control."""
    assert told(client.get(mine(SignatoryFactory(listed=True)), {"done": word})) != ""


def test_individuals_have_not_chosen_who_sees_their_name(client):
    signatory = SignatoryFactory(confirmed=True, kind="individual", contact_role="")
    assert told(client.get(mine(signatory), {"done": "shown"})) == ""


def test_no_links_were_ended_where_there_was_one_alone(client):
    assert told(client.get(mine(SignatoryFactory(confirmed=True)), {"done": "ended"})) == ""


@pytest.mark.parametrize("word", ["", "withdrawn", "Your sign-on is gone", "__class__", "answered\0"])
def test_other_words_say_nothing(client, word):
    signatory = SignatoryFactory(listed=True)
    page = client.get(mine(signatory), {"done": word})
    assert told(page) == ""
    assert page.content == client.get(mine(signatory)).content


def test_sentences_are_in_the_language_of_the_page(client):
    signatory = SignatoryFactory(confirmed=True, language="ar")
    answer = client.post(mine(signatory, "visibility"), {"visibility": "counted"}, follow=True)
    assert answer.request["PATH_INFO"].startswith("/ar/mine/")
    with translation.override("ar"):
        signatory.refresh_from_db()
        expected = done.in_words("shown", token_of(signatory))
    assert told(answer) == expected
